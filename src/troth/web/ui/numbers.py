"""Numbers as forms and addresses send them."""

from __future__ import annotations

from typing import Final

#: Longer ones no database counts to.
_MOST_DIGITS: Final = 18


def number_of(text: str) -> int:
    """A number as forms and addresses send it; 0 where it is none.

    >>> number_of("17"), number_of("-1"), number_of("٣"), number_of("9" * 5000)
    (17, 0, 0, 0)
    """
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS else 0
