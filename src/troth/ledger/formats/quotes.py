"""A quotation mark that is never closed would swallow the rest of a CSV file."""

from __future__ import annotations

from troth.ledger.raw import Refusal


def close_open_quote(text: bytes, delimiter: str) -> tuple[bytes, list[Refusal]]:
    """Blank the record whose quotation mark is never closed, so that those after it are read.

    Args:
        text: CSV in UTF-8.
        delimiter: one character.

    Returns:
        The text with that line blank, so that later records keep their numbers, and the refusal.
    """
    if text.count(b'"') % 2 == 0:
        return text, []
    lines = text.split(b"\n")
    opened, row = _line_left_open(lines, delimiter.encode())
    if opened < 0:
        return text, []
    record = lines[opened].rstrip(b"\r").decode(errors="replace")
    lines[opened] = b""
    return b"\n".join(lines), [Refusal(row, "", "quote_open", {}, record)]


def _line_left_open(lines: list[bytes], delimiter: bytes) -> tuple[int, int]:
    """Index of the line whose quote runs to the end of the file, or −1, and its record number."""
    opened, record = -1, 0
    for index, line in enumerate(lines):
        if opened < 0:
            record += 1
        if b'"' in line and _open_after(line, delimiter, within=opened >= 0):
            opened = index if opened < 0 else opened
        elif opened >= 0 and b'"' in line:
            opened = -1
    return opened, record


def _open_after(line: bytes, delimiter: bytes, *, within: bool) -> bool:
    """Whether a quoted cell is still open at the end of ``line``.

    A quotation mark opens a cell only as its first character; elsewhere it is text.
    """
    position = 0
    while True:
        if not within:
            if line[position : position + 1] != b'"':
                position = line.find(delimiter, position) + 1
                if position == 0:
                    return False
                continue
            within, position = True, position + 1
        position = line.find(b'"', position) + 1
        if position == 0:
            return True
        if line[position : position + 1] == b'"':
            position += 1
        else:
            within = False
            position = line.find(delimiter, position) + 1
            if position == 0:
                return False
