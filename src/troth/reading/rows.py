"""Dialogues and turns as rows that heads learn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from troth.reading.cleaned import cleaned
from troth.reading.cue_columns import cue_columns
from troth.reading.heads.forecaster import Inputs
from troth.reading.heads.points import SIZE, points
from troth.reading.schema import Dialogue
from troth.reading.structure import structure_of, views_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from troth.types import FloatArray, IntArray


def dialogue_rows(
    dialogues: Sequence[Dialogue], more: FloatArray | None = None,
    tell: Callable[[int, int], None] | None = None,
) -> Inputs:  # fmt: skip
    """One row a dialogue, as far as it has gone.

    Args:
        dialogues: n dialogues.
        more: (n, q) further columns.
        tell: called with how many texts are encoded and how many there are.

    Returns:
        Seven views (see `troth.reading.structure.Views`), structure and cues as columns.
    """
    views = [[cleaned(t) for t in views_of(dialogue).texts()] for dialogue in dialogues]
    by_view = [list(texts) for texts in zip(*views, strict=True)]
    lie = points([text for own in by_view for text in own], tell)
    structure = np.array([structure_of(dialogue.turns) for dialogue in dialogues])
    columns = [structure, cue_columns([dialogue.turns for dialogue in dialogues])]
    if more is not None:
        columns.append(more)
    places = lie.reshape(len(by_view), len(dialogues), SIZE).swapaxes(0, 1)
    return Inputs(by_view, places, np.concatenate(columns, axis=1))


@dataclass(frozen=True)
class TurnRows:
    """Rows of the turns of one side.

    Attributes:
        inputs: three views: the turn itself, the one before, the one after.
        dialogue: (n,) which dialogue.
        turn: (n,) which turn of it.
    """

    inputs: Inputs
    dialogue: IntArray
    turn: IntArray


def turn_rows(
    dialogues: Sequence[Dialogue], side: str, tell: Callable[[int, int], None] | None = None
) -> TurnRows:
    """One row a turn of one side.

    Args:
        dialogues: any dialogues.
        side: ``customer`` or ``staff``.
        tell: called with how many texts are encoded and how many there are.

    Returns:
        The rows, by dialogue and turn.
    """
    where = [
        (d, t)
        for d, dialogue in enumerate(dialogues)
        for t, turn in enumerate(dialogue.turns)
        if turn.speaker == side
    ]
    shifted = [[_text(dialogues[d], t + step) for d, t in where] for step in (0, -1, 1)]
    lie = points([text for own in shifted for text in own], tell)
    columns = np.array([_position(dialogues[d], t) for d, t in where]).reshape(len(where), -1)
    acts = cue_columns([(dialogues[d].turns[t],) for d, t in where])
    inputs = Inputs(
        shifted,
        lie.reshape(3, len(where), SIZE).swapaxes(0, 1),
        np.concatenate([columns, acts[:, : acts.shape[1] // 2]], axis=1),
    )
    places = np.array(where, np.int64).reshape(-1, 2)
    return TurnRows(inputs, places[:, 0], places[:, 1])


def prefixes(dialogues: Sequence[Dialogue]) -> list[Dialogue]:
    """Every dialogue as it stood after each of its turns."""
    return [
        Dialogue(dialogue.id, dialogue.turns[: end + 1])
        for dialogue in dialogues
        for end in range(len(dialogue.turns))
    ]


def _text(dialogue: Dialogue, turn: int) -> str:
    return cleaned(dialogue.turns[turn].text) if 0 <= turn < len(dialogue.turns) else ""


def _position(dialogue: Dialogue, turn: int) -> tuple[float, ...]:
    """Where a turn stands: from the front, from the back, length, whether it is its side's last."""
    n = len(dialogue.turns)
    rest = dialogue.turns[turn + 1 :]
    own_last = all(other.speaker != dialogue.turns[turn].speaker for other in rest)
    length = float(np.log1p(len(dialogue.turns[turn].text)))
    return turn, n - 1 - turn, n, float(turn == 0), float(own_last), float(turn == n - 1), length
