"""A message in the terminal with marks under the words that do something."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.text import Text

from troth.content.acts import acts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.reading.schema import ActSpan

#: One cell each, so that a label fits under any word.
LABELS: Final = "123456789abcdefghijklmnopqrstuvwxyz"
_MARK: Final = "^"
_BREAKS: Final = "\n\r\u2028\u2029\x85"


def style_of(act: str) -> str:
    """The colour of an act: red for harm, yellow for a customer's trouble, green for good."""
    known = acts().get(act)
    if known is None or known.valence == 0:
        return "cyan"
    if known.harm:
        return "red"
    return "green" if known.valence > 0 else "yellow"


def marked_lines(text: str, spans: Sequence[ActSpan], width: int) -> list[Text]:
    """The text broken into lines, each followed by marks under the spans that lie in it.

    Args:
        text: any text; what steers a terminal is shown as a space.
        spans: in order; those beyond the labels are coloured but not marked.
        width: cells of a line.

    Returns:
        Lines of text and of marks, legible without colour.
    """
    signs = [_shown(character) for character in text]
    lines: list[Text] = []
    for first, last in _rows(text, signs, width):
        styled, places = [], []
        for place in range(first, last):
            style = next((style_of(s.act) for s in spans if s.start <= place < s.end), "")
            styled.append((signs[place], f"{style} underline" if style else ""))
            places += [place] * cell_len(signs[place])
        lines += [_line(styled), *_marks(places, spans)]
    return lines


def _marks(places: list[int], spans: Sequence[ActSpan]) -> list[Text]:
    """Lines of marks under the characters that stand in these cells; spans that overlap share none."""
    lanes: list[list[tuple[str, str]]] = []
    for label, span in zip(LABELS, spans, strict=False):
        cells = [i for i, place in enumerate(places) if span.start <= place < span.end]
        if not cells:
            continue
        lane = next((lane for lane in lanes if all(lane[i][0] == " " for i in cells)), None)
        if lane is None:
            lane = [(" ", "")] * len(places)
            lanes.append(lane)
        for i in cells:
            lane[i] = (label if i == cells[0] else _MARK, style_of(span.act))
    lines = [_line(lane) for lane in lanes]
    for line in lines:
        line.rstrip()
    return lines


def _line(styled: list[tuple[str, str]]) -> Text:
    line = Text()
    for style, signs in groupby(styled, itemgetter(1)):
        line.append("".join(sign for sign, _ in signs), style)
    return line


def _shown(character: str) -> str:
    """A character as it is shown: in its place, and never steering the terminal."""
    kind = unicodedata.category(character)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    if kind == "Cs":
        return "?"
    return "" if kind == "Cf" else character


def _rows(text: str, signs: list[str], width: int) -> list[tuple[int, int]]:
    """Where lines begin and end: at line breaks, else before the word that no longer fits."""
    rows, first, cells, space = [], 0, 0, 0
    for place, sign in enumerate(signs):
        if text[place] in _BREAKS:
            if place > first:
                rows.append((first, place))
            first, cells, space = place + 1, 0, place + 1
            continue
        cells += cell_len(sign)
        if cells > width:
            cut = space if space > first else place
            rows.append((first, cut))
            first, cells = cut, sum(cell_len(s) for s in signs[cut : place + 1])
        if sign == " " or cell_len(sign) > 1:
            space = place + 1
    if first < len(signs):
        rows.append((first, len(signs)))
    return rows
