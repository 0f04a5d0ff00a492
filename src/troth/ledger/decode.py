"""Bytes of unknown encoding into UTF-8, line by line where a file mixes encodings."""

from __future__ import annotations

from typing import Final

#: Stands for bytes in no known encoding. A noncharacter, which no honest text holds.
MARK: Final = "\ufdd0"
_UTF8_BOM: Final = b"\xef\xbb\xbf"
_UTF16_BOMS: Final = (b"\xff\xfe", b"\xfe\xff")


def to_utf8(data: bytes) -> tuple[bytes, bool]:
    """Bring text to UTF-8 without a byte-order mark.

    UTF-8 is tried first, for the whole and then for each line; a line that is not UTF-8 is taken as
    GB18030. Neither encoding has a line feed's byte inside a character, so lines are cut first.

    Args:
        data: the bytes of a text file.

    Returns:
        UTF-8 bytes, and whether some of them stand for bytes in neither encoding (``MARK``).
    """
    if data.startswith(_UTF16_BOMS):
        text = data.decode("utf-16", errors="replace").replace("\ufffd", MARK)
        return text.encode(), MARK in text
    data = data.removeprefix(_UTF8_BOM)
    if data.isascii():
        return data, False
    try:
        data.decode()
    except UnicodeDecodeError:
        lines = [_line_to_utf8(line) for line in data.split(b"\n")]
        return b"\n".join(lines), any(MARK.encode() in line for line in lines)
    return data, False


def _line_to_utf8(line: bytes) -> bytes:
    return to_utf8_cell(line.removeprefix(_UTF8_BOM)).encode()


def to_utf8_cell(data: bytes) -> str:
    """Text from bytes in UTF-8 or GB18030; ``MARK`` stands for those in neither."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace").replace("\ufffd", MARK)
