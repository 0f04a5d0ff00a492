"""From labelled dialogues to heads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.reading.heads.forecaster import fit_forecaster
from troth.reading.outlook import cumulated
from troth.reading.rows import dialogue_rows, turn_rows
from troth.reading.schema import CUSTOMER, GRADES, STAFF, TARGETS, Dialogue
from troth.reading.trained import ActHead, Trained, act_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from troth.reading.heads.forecaster import Inputs
    from troth.reading.rows import TurnRows
    from troth.types import BoolArray, FloatArray, IntArray

#: An act is learned where at least so many turns show it.
LEAST_TURNS: Final = 20


@dataclass(frozen=True)
class Material:
    """n labelled dialogues as rows, made once and used for every fit.

    Attributes:
        dialogues: the dialogues.
        rows: one row each.
        turns: by side, the rows of its turns; a side without labelled acts is absent.
        shares: by target, (n, 5) rated distributions, NaN where not rated.
        prefix_rows: dialogues as they stood at rated turns.
        prefix_of: (p,) which dialogue.
        prefix_share: (p,) rated satisfaction 0–1.
    """

    dialogues: Sequence[Dialogue]
    rows: Inputs
    turns: dict[str, TurnRows]
    shares: dict[str, FloatArray]
    prefix_rows: Inputs | None
    prefix_of: IntArray
    prefix_share: FloatArray


def material(dialogues: Sequence[Dialogue], tell: Callable[[int, int], None]) -> Material:
    """Make rows of dialogues.

    Args:
        dialogues: labelled ones.
        tell: called with how many texts of the dialogues are encoded and how many there are.

    Returns:
        The rows with their labels.
    """
    rated = [
        (d, t, label["satisfaction"])
        for d, dialogue in enumerate(dialogues)
        for t, label in enumerate(dialogue.labels.get("turns", ()))
        if "satisfaction" in label
    ]
    sides = {
        dialogue.turns[t].speaker
        for dialogue in dialogues
        for t, label in enumerate(dialogue.labels.get("turns", ()))
        if "acts" in label
    }
    stood = [Dialogue(dialogues[d].id, dialogues[d].turns[: t + 1]) for d, t, _ in rated]
    return Material(
        dialogues, dialogue_rows(dialogues, tell=tell),
        {side: turn_rows(dialogues, side) for side in (CUSTOMER, STAFF) if side in sides},
        {target: _rated(dialogues, target) for target in TARGETS},
        dialogue_rows(stood) if stood else None,
        np.array([d for d, _, _ in rated], np.int64), np.array([share for _, _, share in rated]),
    )  # fmt: skip


def _rated(dialogues: Sequence[Dialogue], target: str) -> FloatArray:
    return np.array(
        [[d.labels.get(target, {}).get(grade, np.nan) for grade in GRADES] for d in dialogues],
        float,
    ).reshape(-1, len(GRADES))


def learn(rows: Material, chosen: BoolArray, seed: int, tell: Callable[[], None]) -> Trained:
    """Fit every head for which there are labels.

    Args:
        rows: all material.
        chosen: (n,) dialogues to learn from.
        seed: of every draw.
        tell: called after each head.

    Returns:
        The heads.
    """
    acts, shares = {}, {}
    for side, turns in rows.turns.items():
        found = _learn_acts(rows, turns, chosen, seed)
        tell()
        if found:
            acts[side], shares[side] = found
    where = np.flatnonzero(chosen)
    more = act_columns(len(rows.dialogues), shares)
    inputs = rows.rows.take(where)
    if more is not None:
        inputs = replace(inputs, columns=np.concatenate([inputs.columns, more[where]], axis=1))
    outlooks = []
    for targets in _together({t: s[where] for t, s in rows.shares.items()}):
        own = np.flatnonzero(~np.isnan(rows.shares[targets[0]][where]).any(axis=1))
        y = np.concatenate([cumulated(rows.shares[t][where][own]) for t in targets], axis=1)
        head, _ = fit_forecaster(inputs.take(own), y, np.arange(own.size), seed)
        outlooks.append((targets, _resolution(rows, targets, where[own]), head))
        tell()
    turns_head = None
    at = np.flatnonzero(chosen[rows.prefix_of]) if rows.prefix_rows else np.zeros(0, np.int64)
    if rows.prefix_rows and at.size:
        share = rows.prefix_share[at][:, None]
        turns_head, _ = fit_forecaster(rows.prefix_rows.take(at), share, rows.prefix_of[at], seed)
        tell()
    return Trained(
        acts, tuple(outlooks), turns_head, {"seed": seed, "dialogues": int(chosen.sum())}
    )


def _together(shares: dict[str, FloatArray]) -> list[tuple[str, ...]]:
    """Targets that were rated in the same dialogues are forecast by one head."""
    rated = {t: ~np.isnan(s).any(axis=1) for t, s in shares.items()}
    rated = {t: r for t, r in rated.items() if r.any()}
    first = next(iter(rated.values()), None)
    if first is not None and all((r == first).all() for r in rated.values()):
        return [tuple(rated)]
    return [(target,) for target in rated]


def _resolution(rows: Material, targets: tuple[str, ...], where: IntArray) -> float:
    """The smallest share that was given, as a rule one rater's; a fiftieth at least."""
    given = np.concatenate([rows.shares[t][where].ravel() for t in targets])
    return float(np.clip(np.quantile(given[given > 0], 0.05), 0.02, 0.2))


def _learn_acts(
    rows: Material, turns: TurnRows, chosen: BoolArray, seed: int
) -> tuple[ActHead, tuple[TurnRows, FloatArray]] | None:
    """The head of one side's acts, and what it says of turns it has not seen."""
    labels = [_shown(rows.dialogues[d], t) for d, t in zip(turns.dialogue, turns.turn, strict=True)]
    known = np.array([label is not None for label in labels]) & chosen[turns.dialogue]
    seen = sorted(
        {name for label, k in zip(labels, known, strict=True) if k for name in label or ()}
    )
    y = np.array([[(label or {}).get(name, 0.0) for name in seen] for label in labels], float)
    keep = [i for i in range(len(seen)) if (y[known, i] >= 0.5).sum() >= LEAST_TURNS]  # fmt: skip
    if not keep:
        return None
    y, names = y[:, keep], tuple(seen[i] for i in keep)
    at = np.flatnonzero(known)
    head, left_out = fit_forecaster(
        turns.inputs.take(at), y[at], turns.dialogue[at], seed, stacked=False
    )
    least = np.array([_threshold(left_out[:, i], y[at, i] >= 0.5) for i in range(len(names))])
    share = np.zeros(y.shape)
    share[at] = np.clip(left_out, 0.0, 1.0)
    return ActHead(names, head, least), (turns, share)


def _shown(dialogue: Dialogue, turn: int) -> dict[str, float] | None:
    """By act, the share of raters who saw it in a turn; None where nobody was asked."""
    labels = dialogue.labels.get("turns", ())
    shown = labels[turn].get("acts") if turn < len(labels) else None
    return dict.fromkeys(shown, 1.0) if isinstance(shown, list) else shown


def _threshold(said: FloatArray, true: BoolArray) -> float:
    """The share from which saying 'there' gives the best F1."""
    order = np.argsort(-said)
    hits = np.cumsum(true[order])
    f1 = 2 * hits / (np.arange(1, said.size + 1) + true.sum())
    return float(np.clip(said[order][int(np.argmax(f1))], 0.05, 0.95))
