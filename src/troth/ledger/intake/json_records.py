"""JSON whose damage costs its own record only: one list, lines, pages, cut short or spoilt."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson

from troth.ledger.decode import to_utf8

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A list is read through a window of so many bytes; a record that is longer gets the larger one.
_WINDOW: Final = 1 << 18
_WIDE: Final = 1 << 22
#: So many bytes are looked at in vain; then the rest of a damaged file is refused as one record.
_PATIENCE: Final = 1 << 33
#: So much is shown of a record that cannot be read.
_SHOWN: Final = 10_000
_NEXT: Final = re.compile(rb"[}\]]\s*,?\s*(?=\{)")
_GAP: Final = re.compile(rb"[\s,]*")
_LIST: Final = re.compile(rb'\s*(?:\{[^{}\[\]]{0,2000}?"(\w+)"\s*:\s*)?\[')


class Item(NamedTuple):
    """One value of a file.

    Attributes:
        row: its line in a file of lines, else its place.
        value: what it says; None where it cannot be read.
        written: the text of what cannot be read.
    """

    row: int
    value: Any
    written: bytes = b""


class JsonFile:
    """A file of JSON in UTF-8, GB18030 or a mixture by line.

    Attributes:
        undecodable: whether some bytes were in neither encoding.
    """

    def __init__(self, data: bytes) -> None:
        self._text, self.undecodable = to_utf8(data)

    def items(self) -> Iterator[Item]:
        """Every value: the entries of one list, the lines of a file, or the one object.

        A list is read entry by entry, so that no more than one is in memory.

        Yields:
            Values in the order of the file, those that cannot be read among them.
        """
        text = self._text
        first = _GAP.match(text)
        start = first.end() if first else 0
        if text[start : start + 1] == b"{":
            line = text[start : _end_of_line(text, start)]
            if start + len(line) < len(text.rstrip()) and _is_object(line):
                yield from _lines(text)
                return
            try:
                yield Item(1, orjson.loads(text))
            except orjson.JSONDecodeError:
                yield from _entries(text)
            return
        yield from _entries(text)


def _end_of_line(text: bytes, start: int) -> int:
    end = text.find(b"\n", start)
    return len(text) if end < 0 else end


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _lines(text: bytes) -> Iterator[Item]:
    start, row = 0, 0
    while start < len(text):
        end = _end_of_line(text, start)
        line, start, row = text[start:end], end + 1, row + 1
        if not line.strip():
            continue
        try:
            yield Item(row, orjson.loads(line))
        except orjson.JSONDecodeError:
            yield Item(row, None, line)


def _entries(text: bytes) -> Iterator[Item]:
    """The entries of a list, perhaps damaged, each read by itself."""
    opening = _LIST.match(text)
    place = opening.end() if opening else 0
    row, patience = 0, _PATIENCE
    window = _Window(text)
    while True:
        gap = _GAP.match(text, place)
        place = gap.end() if gap else place
        if place >= len(text) or text[place] in b"]}":
            return
        row += 1
        value, end = window.value_at(place)
        if end is not None:
            yield Item(row, value)
            place = end
            continue
        patience -= window.cost
        following = _NEXT.search(text, place + 1) if patience > 0 else None
        end = following.end() if following else len(text)
        yield Item(row, None, text[place : min(end, place + _SHOWN)])
        place = end


def _refuse_constant(constant: str) -> None:
    """NaN and infinities are no JSON."""
    raise ValueError(constant)


_DECODER: Final = json.JSONDecoder(parse_constant=_refuse_constant)


class _Window:
    """A part of the text as the standard decoder reads it.

    The decoder counts the lines before an error, and looks for the end of a string to the end of the
    text, so that damage would cost the square of the file's length without a window.

    Attributes:
        cost: so many bytes were looked at for the last value.
    """

    def __init__(self, text: bytes) -> None:
        self._text = text
        self.cost = 0
        self._open(0, 0)

    def value_at(self, place: int) -> tuple[Any, int | None]:
        """The value that begins at a byte, and the byte at which it ends; None where it is none."""
        self.cost = 0
        local = self._local(place)
        if local is not None:
            value, end, _ = self._try(local)
            if end is not None:
                return value, end
        for width in (_WINDOW, _WIDE):
            self._open(place, width)
            value, end, whole = self._try(0)
            if end is not None or whole:
                return value, end
        return None, None

    def _open(self, start: int, width: int) -> None:
        self._start = self._read = start
        self._chars = 0
        # Half a character at the end belongs to a value that the window cuts anyhow.
        self._part = self._text[start : start + width].decode(errors="ignore")
        self._whole = start + width >= len(self._text)
        self.cost += width

    def _local(self, place: int) -> int | None:
        """The character of the window at a byte; None where it lies beyond."""
        between = self._text[self._read : place].decode(errors="ignore")
        self._chars += len(between)
        self._read = place
        return self._chars if self._chars < len(self._part) else None

    def _try(self, local: int) -> tuple[Any, int | None, bool]:
        """The value, the byte at which it ends, and whether a wider window would say the same."""
        try:
            value, end = _DECODER.raw_decode(self._part, local)
        except json.JSONDecodeError as error:
            cut = error.msg.startswith("Unterminated") or error.pos > len(self._part) - 16
            return None, None, self._whole or not cut
        except (ValueError, RecursionError):
            return None, None, True
        if end == len(self._part) and not self._whole and not isinstance(value, dict | list | str):
            return None, None, False
        self._read += len(self._part[local:end].encode(errors="replace"))
        self._chars = end
        return value, self._read, True
