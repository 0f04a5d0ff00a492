"""The acts of dialogues as columns for learned heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.acts import SIDES, acts
from troth.reading.acts import NAMES, cue_reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.reading.schema import Turn
    from troth.types import FloatArray

#: Who can do what, in order.
DOINGS: Final = tuple((side, act.name) for act in acts().values() for side in act.sides)
_COLUMN: Final = np.full((len(SIDES), len(NAMES)), -1)
for _place, (_side, _act) in enumerate(DOINGS):
    _COLUMN[SIDES.index(_side), NAMES.index(_act)] = _place


def cue_columns(dialogues: Sequence[Sequence[Turn]]) -> FloatArray:
    """How strongly each act is shown.

    Args:
        dialogues: n dialogues, as far as they have gone.

    Returns:
        (n, 2 · len(DOINGS)) the strongest of any turn of that side, then of its last turn.
    """
    shown = np.zeros((len(dialogues), 2, len(DOINGS)))
    turns = [turn for dialogue in dialogues for turn in dialogue]
    if turns:
        of = np.repeat(np.arange(len(dialogues)), [len(dialogue) for dialogue in dialogues])
        side = np.array([SIDES.index(turn.speaker) for turn in turns])
        last = np.full((len(dialogues), len(SIDES)), -1)
        last[of, side] = np.arange(len(turns))  # the last assignment stays
        found = cue_reader().find([t.text for t in turns], [t.speaker for t in turns])
        column = _COLUMN[side[found.message], found.act]
        rows = of[found.message]
        at_end = last[rows, side[found.message]] == found.message
        np.maximum.at(shown[:, 0], (rows, column), found.strength)
        np.maximum.at(shown[:, 1], (rows[at_end], column[at_end]), found.strength[at_end])
    return shown.reshape(len(dialogues), -1)
