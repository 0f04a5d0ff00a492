"""What the shape of somebody's own messages hints at; off unless a house and the person both agreed.

Nothing here looks at what a message says: no trait, no mood, no culture, only how long people write.
"""

from __future__ import annotations

import re
from statistics import median
from typing import TYPE_CHECKING, Final

from troth.people.known import Known

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Fewer messages of their own hint at nothing.
LEAST: Final = 8
#: Shorter than this share of what is usual in the house: short answers suit; longer than that: full ones.
SHORT, FULL = 0.6, 1.6
_PIECE: Final = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")


def size_of(text: str) -> float:
    """How much a message says: its words; a Chinese character counts as two thirds of one.

    Args:
        text: of any language.

    >>> size_of("See you at 3"), size_of("三点见")
    (4.0, 2.0)
    """
    pieces: list[str] = _PIECE.findall(text)
    chinese = sum(piece[0] >= "\u3400" for piece in pieces)
    return len(pieces) - chinese / 3


def inferred(
    own: Sequence[str], usual: Sequence[str], at_us: int, until_us: int
) -> tuple[Known, ...]:
    """How much detail somebody may like, by how much they write themselves.

    Args:
        own: their messages.
        usual: messages that customers of the house write.
        at_us: now, microseconds UTC.
        until_us: when their consent ends.

    Returns:
        One statement of origin ``inferred``, or nothing.

    Source: our choice, decision 0027.
    """
    if len(own) < LEAST or len(usual) < LEAST:
        return ()
    middle = median(size_of(text) for text in usual)
    share = median(size_of(text) for text in own) / middle if middle else 1.0
    if SHORT < share < FULL:
        return ()
    value = "short" if share <= SHORT else "full"
    return (Known("detail", value, "inferred", at_us, "", until_us),)
