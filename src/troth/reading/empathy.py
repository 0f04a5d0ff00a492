"""Empathy on the three axes of EPITOME: levels, strengths and the words that show them.

Source: sharma2020 (the axes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from troth.reading.schema import EMPATHY, Empathy
from troth.reading.tones import AXES

if TYPE_CHECKING:
    from troth.reading.layout import Layout
    from troth.reading.tones import Tones
    from troth.types import BoolArray

#: How surely one wording of level 1 or 2 shows its axis.
_SURE: Final = {1: 0.5, 2: 0.75}


def no_empathy() -> dict[str, Empathy]:
    """Level 0 on every axis."""
    return {axis: Empathy(level=0, strength=0.0, spans=[]) for axis in EMPATHY}


def empathy_of(laid: Layout, tones: Tones, read: BoolArray) -> list[dict[str, Empathy]]:
    """The empathy of messages.

    Args:
        laid: m messages.
        tones: their wording.
        read: (m,) which messages are read; the others show none.

    Returns:
        m mappings by axis; wordings of two kinds raise the strength, the highest is the level.
        What is denied or quoted shows nothing.
    """
    found = [no_empathy() for _ in range(laid.starts.size - 1)]
    for axis, kind in AXES.items():
        own = tones.places(kind)
        kept = ~(tones.around.negated[own] | tones.around.quoted[own])
        hits = tones.hits.take(own).take(kept)
        levels = tones.worth[own][kept].astype(int).tolist()
        message = np.searchsorted(laid.starts, hits.start, "right") - 1
        base = laid.starts[message]
        starts, ends = (hits.start - base).tolist(), (hits.end - base).tolist()
        for place, level, start, end in zip(message.tolist(), levels, starts, ends, strict=True):
            if not read[place]:
                continue
            shown = found[place][axis]
            shown["level"] = max(shown["level"], level)
            sure = _SURE.get(level, 0.5)
            shown["strength"] = round(1 - (1 - shown["strength"]) * (1 - sure), 3)
            shown["spans"].append((start, end))
    return found
