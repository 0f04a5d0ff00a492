"""Texts as points of the sentence encoder, each text once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from troth.reading.cleaned import cleaned
from troth.reading.heads.encoder import dense

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from troth.types import AnyArray

SIZE: Final = 1792
_BATCH: Final = 64
_LONGEST: Final = 400


def points(texts: Sequence[str], tell: Callable[[int, int], None] | None = None) -> AnyArray:
    """Where texts lie.

    Args:
        texts: n texts; their first 400 characters count.
        tell: called with how many are done and how many there are.

    Returns:
        (n, 1792) float16; zeros for texts without words.
    """
    wanted = [cleaned(text)[:_LONGEST] for text in texts]
    unique = sorted({t for t in wanted if t.strip()}, key=lambda t: (len(t), t))
    lie = np.zeros((len(unique) + 1, SIZE), np.float16)
    for first in range(0, len(unique), _BATCH):
        part = unique[first : first + _BATCH]
        lie[first : first + len(part)] = dense(part)
        if tell:
            tell(first + len(part), len(unique))
    place = {text: at for at, text in enumerate(unique)}
    found: AnyArray = lie[[place.get(text, len(unique)) for text in wanted]]
    return found
