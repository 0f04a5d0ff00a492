"""Train a reader on dialogues that people have rated, and say how well it does on those held out."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from troth.reading.learning import Material, learn, material
from troth.reading.outlook import mean_grade, nmd, rsnod
from troth.reading.reader import Reader
from troth.reading.schema import TARGETS, Dialogue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from troth.reading.trained import Trained
    from troth.types import BoolArray, FloatArray

LEAST_DIALOGUES: Final = 40
_FIFTH: Final = 5
_BINS: Final = 5


def train(
    dialogues: Sequence[Dialogue], seed: int = 0,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> tuple[Reader, dict[str, Any]]:  # fmt: skip
    """Train on all dialogues, after measuring on a fifth that was held out.

    Args:
        dialogues: labelled ones (see `troth.reading.schema.Dialogue`); others are left out.
        seed: of what is held out and of every draw.
        progress: called with "train", how much is done and how much there is.

    Returns:
        The reader, and a report: ``dialogues``, ``held_out``, ``targets`` (by target, figures of the
        ``model`` and of a ``baseline`` that always says the training mean) and ``calibration``.

    Raises:
        ValueError: there are under forty labelled dialogues.
    """
    labelled = [dialogue for dialogue in dialogues if dialogue.labels and dialogue.turns]
    if len(labelled) < LEAST_DIALOGUES:
        raise ValueError(
            f"{len(labelled)} labelled dialogues; a reader needs at least {LEAST_DIALOGUES}"
        )
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        progress("train", 50 + min(done, 9) * 5, 100)

    rows = material(labelled, lambda at, of: progress("train", 50 * at // max(of, 1), 100))
    held = held_out([dialogue.id for dialogue in labelled], seed)
    report = judge(learn(rows, ~held, seed, step), rows, held)
    trained = learn(rows, np.ones(len(labelled), bool), seed, step)
    progress("train", 100, 100)
    stamp = trained.stamp | {"held_out": report["held_out"], "figures": report["targets"]}
    return Reader(replace(trained, stamp=stamp)), report


def held_out(ids: Sequence[str], seed: int) -> BoolArray:
    """(n,) about a fifth of the dialogues, by a hash of seed and id, the same wherever they stand."""
    return np.array(
        [
            int.from_bytes(hashlib.blake2b(f"{seed}:{i}".encode("utf-8", "replace")).digest()[:8], "big")
            % _FIFTH == 0
            for i in ids
        ]
    )  # fmt: skip


def judge(trained: Trained, rows: Material, held: BoolArray) -> dict[str, Any]:
    """Figures of heads on dialogues they have not seen, beside the mean of those they have.

    Args:
        trained: heads.
        rows: all material.
        held: (n,) the dialogues to judge on.

    Returns:
        As `train` reports.
    """
    unseen = [dialogue for dialogue, h in zip(rows.dialogues, held, strict=True) if h]
    report: dict[str, Any] = {
        "dialogues": len(rows.dialogues), "held_out": len(unseen), "targets": {}, "calibration": {},
    }  # fmt: skip
    outlook = trained.outlook(unseen, trained.shares(unseen))
    for target in TARGETS:
        rated = rows.shares[target]
        known: BoolArray = np.isfinite(rated[:, 0])
        own = known[held]
        if target not in outlook or not own.any():
            continue
        true, mean = rated[held & known], rated[~held & known].mean(0)
        said = outlook[target][own]
        report["targets"][target] = {
            "model": _figures(said, true),
            "baseline": _figures(np.tile(mean, (len(true), 1)), true),
        }
        report["calibration"][target] = _calibration(said[:, 3:].sum(1), true[:, 3:].sum(1))
    if trained.turns is not None:
        report["targets"]["turns"] = _judge_turns(trained, rows, held)
    return report


def _figures(said: FloatArray, true: FloatArray) -> dict[str, float]:
    grades = mean_grade(said), mean_grade(true)
    varied = min(grades[0].std(), grades[1].std()) > 0
    return {
        "count": len(true),
        "nmd": float(nmd(said, true).mean()),
        "rsnod": float(rsnod(said, true).mean()),
        "pearson": float(np.corrcoef(*grades)[0, 1]) if varied else 0.0,
    }


def _judge_turns(trained: Trained, rows: Material, held: BoolArray) -> dict[str, Any]:
    assert trained.turns is not None
    assert rows.prefix_rows is not None
    at = np.flatnonzero(held[rows.prefix_of])
    said = np.clip(trained.turns.predict(rows.prefix_rows.take(at))[:, 0], 0.0, 1.0)
    true = rows.prefix_share[at]
    mean = rows.prefix_share[~held[rows.prefix_of]].mean()
    varied = at.size > 1 and min(said.std(), true.std()) > 0
    return {
        "model": {
            "count": int(at.size), "mae": float(np.abs(said - true).mean()),
            "pearson": float(np.corrcoef(said, true)[0, 1]) if varied else 0.0,
        },
        "baseline": {"count": int(at.size), "mae": float(np.abs(mean - true).mean()), "pearson": 0.0},
    }  # fmt: skip


def _calibration(said: FloatArray, true: FloatArray) -> list[dict[str, float]]:
    """Forecast and rated share of satisfied raters, in bins of equal count."""
    order = np.argsort(said, kind="stable")
    return [
        {
            "from": float(said[part].min()), "to": float(said[part].max()),
            "forecast": float(said[part].mean()), "observed": float(true[part].mean()),
            "count": int(part.size),
        }
        for part in np.array_split(order, _BINS)
        if part.size
    ]  # fmt: skip
