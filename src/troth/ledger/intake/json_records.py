"""JSON whose damage costs its own record only: one list, lines, pages, cut short or spoilt."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from troth.ledger.decode import to_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A record longer than this is not looked for in a damaged file: no record is that long.
_LONGEST: Final = 4_000_000
#: After so many damaged records the rest of a file is refused as one.
_MOST_DAMAGE: Final = 1_000
_NEXT: Final = re.compile(r"[}\]]\s*[,\n]?\s*(?=\{)")
_GAP: Final = re.compile(r"[\s,]*")
_LIST: Final = re.compile(r'\s*(?:\{[^{}\[\]]{0,2000}?"(\w+)"\s*:\s*)?\[')


class Item(NamedTuple):
    """One value of a file.

    Attributes:
        row: its line in a file of lines, else its place.
        value: what it says; None where it cannot be read.
        written: the text of what cannot be read.
    """

    row: int
    value: Any
    written: bytes | str = b""


class JsonFile:
    """A file of JSON in UTF-8, GB18030 or a mixture by line.

    Attributes:
        undecodable: whether some bytes were in neither encoding.
    """

    def __init__(self, data: bytes) -> None:
        self._text, self.undecodable = to_utf8(data)

    def items(self) -> Iterator[Item]:
        """Every value: the entries of one list, the lines of a file, or the one object.

        Yields:
            Values in the order of the file, those that cannot be read among them.
        """
        text = self._text.strip()
        lines = text[:1] == b"{" and _is_whole(text.partition(b"\n")[0]) and b"\n" in text
        if lines:
            yield from _lines(self._text)
            return
        try:
            loaded = orjson.loads(text)
        except orjson.JSONDecodeError:
            yield from _salvaged(text.decode(errors="replace"))
            return
        values = loaded if isinstance(loaded, list) else [loaded]
        yield from (Item(row, value) for row, value in enumerate(values, start=1))


def _is_whole(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _lines(text: bytes) -> Iterator[Item]:
    start, row = 0, 0
    while start <= len(text):
        end = text.find(b"\n", start)
        end = len(text) if end < 0 else end
        line, start, row = text[start:end], end + 1, row + 1
        if not line.strip():
            continue
        try:
            yield Item(row, orjson.loads(line))
        except orjson.JSONDecodeError:
            yield Item(row, None, line)


def _salvaged(text: str) -> Iterator[Item]:
    """The values that are left of a damaged list, each read by itself."""
    opening = _LIST.match(text)
    place = opening.end() if opening else 0
    row = damage = 0
    while True:
        place = _GAP.match(text, place).end()  # type: ignore[union-attr] # matches nothing at least
        if place >= len(text) or text[place] in "]}":
            return
        row += 1
        value, end = _value_at(text, place)
        if end is not None:
            yield Item(row, value)
            place = end
            continue
        damage += 1
        following = _NEXT.search(text, place + 1) if damage < _MOST_DAMAGE else None
        end = following.end() if following else len(text)
        yield Item(row, None, text[place : min(end, place + _LONGEST)])
        place = end


def _refuse_constant(constant: str) -> None:
    """NaN and infinities are no JSON."""
    raise ValueError(constant)


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)


def _value_at(text: str, place: int) -> tuple[Any, int | None]:
    """The value that begins at a place, and where it ends; None where it is none."""
    window = text[place : place + _LONGEST]
    try:
        value, length = _DECODER.raw_decode(window)
    except (ValueError, RecursionError):
        return None, None
    return value, place + length
