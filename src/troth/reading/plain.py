"""One spelling for all: simplified, half-width, lower case; each character keeps its place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.characters import simplified_of

if TYPE_CHECKING:
    from troth.types import AnyArray

_PLANE: Final = 0x10000
_APOSTROPHES: Final = "’‘ʼ`´′"
_REPLACED: Final = 0xFFFD
#: Where Unicode keeps letters with two cases, and spaces; to ask every code point takes .1 s.
_CASED: Final = (*range(0x2E80), *range(0xA640, 0xAC00))
_SPACED: Final = range(0x3001)


@cache
def _table() -> AnyArray:
    """(65536,) code point → plain code point."""
    table = np.arange(_PLANE, dtype=np.uint32)
    for code in _CASED:
        lower = chr(code).lower()
        if len(lower) == 1:
            table[code] = ord(lower)
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F)
    table[0xFF21:0xFF3B] = np.arange(0x61, 0x7B)
    for traditional, simplified in simplified_of().items():
        table[ord(traditional)] = ord(simplified)
    for apostrophe in _APOSTROPHES:
        table[ord(apostrophe)] = ord("'")
    for code in _SPACED:
        if chr(code).isspace() and chr(code) not in "\n\r\u2028\u2029\x85":
            table[code] = ord(" ")
    table[0xD800:0xE000] = _REPLACED  # halves of pairs, which no other program takes
    return table


def plain_codes(text: str) -> AnyArray:
    """The plain code points of a text.

    Args:
        text: any text, lone surrogates too.

    Returns:
        (len(text),) uint32.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    table = _table()
    if codes.size and codes.max() >= _PLANE:
        return np.where(codes < _PLANE, table[np.minimum(codes, _PLANE - 1)], codes)
    plained: AnyArray = table[codes]
    return plained


def text_of(codes: AnyArray) -> str:
    """The text of plain code points."""
    return codes.astype("<u4").tobytes().decode("utf-32-le")


def plain(text: str) -> str:
    """The text in one spelling, as long as it was.

    >>> plain("請問ＡＢＣ，It’s")
    "请问abc,it's"
    """
    return text_of(plain_codes(text))
