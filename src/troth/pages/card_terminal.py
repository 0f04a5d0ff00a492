"""The model card in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from troth import __version__
from troth.content.text import phrase
from troth.pages.blocks import heading

if TYPE_CHECKING:
    from rich.console import Console

    from troth.reading.card import Card


def render_card(card: Card, lang: str, console: Console) -> None:
    """Print the card.

    Args:
        card: from ``troth.reading.card.card``.
        lang: ``zh`` or ``en``.
        console: where to print.

    Raises:
        ValueError: ``lang`` is not a language we speak.
    """
    console.print(heading(phrase("reading.card.title", lang, name=card.name[lang])))
    stamp = phrase("reading.card.stamp", lang, version=__version__, weights=card.weights)
    console.print(Padding(Text(stamp, "dim"), (0, 0, 0, 2)))
    for section in card.sections:
        console.print()
        console.print(heading(section.title[lang]))
        console.print(Padding(Text(section.text[lang].strip()), (0, 0, 0, 2)))
    console.print()
    console.print(heading(phrase("reading.card.figures", lang)))
    if not card.figures:
        console.print(Padding(Text(phrase("reading.card.unmeasured", lang)), (0, 0, 0, 2)))
        return
    console.print(
        Padding(Text(phrase("reading.card.date", lang, date=card.date), "dim"), (0, 0, 0, 2))
    )
    table = Table(box=SIMPLE_HEAD)
    for column in ("data", "lang", "split", "measure"):
        table.add_column(phrase(f"reading.card.{column}", lang), overflow="fold")
    table.add_column("troth", justify="right")
    table.add_column(phrase("reading.baseline", lang), justify="right")
    for row in card.figures:
        baseline = "" if row.baseline is None else f"{row.baseline:.3f}"
        table.add_row(row.data, row.lang, row.split, row.measure, f"{row.value:.3f}", baseline)
    console.print(table)
