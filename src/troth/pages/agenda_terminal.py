"""The day's list in the terminal: 80 columns, legible without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from troth.pages.agenda import sections_of
from troth.pages.words import Words

if TYPE_CHECKING:
    from datetime import tzinfo

    from rich.console import Console

    from troth.guidance.today import Today
    from troth.pages.agenda import Line
    from troth.pages.words import Names


def render_today(today: Today, names: Names, lang: str, zone: tzinfo, console: Console) -> None:
    """Print what to do today, section by section.

    Args:
        today: from ``troth.guidance.today.todays_list``.
        names: display names by id, one spelling or one a language.
        lang: ``zh`` or ``en``.
        zone: of the times shown.
        console: where to print.

    Raises:
        ValueError: ``lang`` is not a language we speak.
    """
    words = Words(lang, zone, names)
    title = Text(words.say("today.title"), style="bold").append(
        f"  {words.moment(today.at_us)}", "not bold dim"
    )
    console.print(title)
    sections = sections_of(today, words)
    if not sections:
        console.print(words.say("today.nothing"))
    for section in sections:
        console.print()
        console.print(Text(f"{section.title} ({len(section.lines)})", style="bold"))
        console.print(Text(section.note, style="dim"))
        for line in section.lines:
            _print_line(line, console)
        if section.more:
            console.print(Padding(Text(section.more, style="dim"), (0, 0, 0, 2)))


def _print_line(line: Line, console: Console) -> None:
    head = Table.grid(expand=True, padding=(0, 1))
    head.add_column(ratio=1)
    head.add_column(justify="right")
    who = (
        Text("! " if line.urgent else "  ")
        .append(line.who, "bold")
        .append(f" · {line.house}", "dim")
    )
    head.add_row(who, Text(line.figure, "bold red" if line.urgent else ""))
    width = min(console.width, 96)
    console.print(head, width=width)
    if line.quote:
        console.print(Padding(Text(line.quote, "italic"), (0, 0, 0, 4)), width=width)
    console.print(Padding(Text(line.about, "dim"), (0, 0, 0, 4)), width=width)
    action = Table.grid(padding=(0, 1))
    action.add_row("→", line.action)
    console.print(Padding(action, (0, 0, 0, 4), expand=False), width=width)
