"""The installed reader's model card: what it is, from what, how good, and where it fails."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import troth.content
from troth.content.yaml_files import ContentError, both_languages, load_mapping

FILE: Final = Path(troth.content.__path__[0]) / "reader_card.yaml"
_FIELDS: Final = ("name", "weights", "date", "sections", "figures")
_FIGURE: Final = ("data", "lang", "split", "measure", "value", "baseline")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the card in words.

    Attributes:
        name: snake_case.
        title: by language.
        text: by language; paragraphs are parted by a blank line.
    """

    name: str
    title: dict[str, str]
    text: dict[str, str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    Attributes:
        data: the public data set, by the name that docs/reference/data.md gives it.
        lang: language of the data.
        split: what was held out.
        measure: such as ``r`` or ``macro-F1``.
        value: of the installed reader.
        baseline: of the cheap baseline named in the docs; None where there is none.
    """

    data: str
    lang: str
    split: str
    measure: str
    value: float
    baseline: float | None


@dataclass(frozen=True, slots=True)
class Card:
    """The whole card.

    Attributes:
        name: by language.
        weights: name of the installed weights.
        date: of the figures, ISO 8601; empty before any were taken.
        sections: in order.
        figures: in order.
    """

    name: dict[str, str]
    weights: str
    date: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]

    def to_json(self) -> dict[str, Any]:
        """As JSON's own types."""
        return {
            "name": self.name, "weights": self.weights, "date": self.date,
            "sections": [{"name": s.name, "title": s.title, "text": s.text} for s in self.sections],
            "figures": [{key: getattr(f, key) for key in _FIGURE} for f in self.figures],
        }  # fmt: skip


@cache
def card(file: Path = FILE) -> Card:
    """The card.

    Args:
        file: a mapping of ``name``, ``weights``, ``date``, ``sections`` and ``figures``.

    Returns:
        The card.

    Raises:
        ContentError: a field is missing, unknown or impossible.

    >>> card().sections[0].name
    'what'
    """
    found = load_mapping(file)
    for field in (*_FIELDS, *found):
        if field not in found or field not in _FIELDS:
            raise ContentError(file, field, "is missing or unknown")
    sections = tuple(_section(file, name, parts) for name, parts in found["sections"].items())
    figures = tuple(_figure(file, i, row) for i, row in enumerate(found["figures"], start=1))
    name = both_languages(file, "name", found["name"])
    return Card(name, str(found["weights"]), str(found["date"]), sections, figures)


def _section(file: Path, name: str, parts: Any) -> Section:
    field = f"sections.{name}"
    if not isinstance(parts, dict) or set(parts) != {"title", "text"}:
        raise ContentError(file, field, "must have title and text")
    title = both_languages(file, f"{field}.title", parts["title"])
    return Section(name, title, both_languages(file, f"{field}.text", parts["text"]))


def _figure(file: Path, place: int, row: Any) -> Figure:
    field = f"figures.{place}"
    if not isinstance(row, dict) or set(row) != set(_FIGURE):
        raise ContentError(file, field, f"must have {', '.join(_FIGURE)}")
    if not isinstance(row["value"], float):
        raise ContentError(file, f"{field}.value", "must be a number")
    return Figure(**row)
