"""Sentiment and dialogue acts of Chinese television dialogue: fitted on valid, scored on test.

No show is on both sides. A line is read with the two lines before it and with what earlier heads said
of the earlier lines of its dialogue; nothing after the line is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.truth.reading.measure import SEED, cheap_plan, f1_figures, material, show, table
from troth.reading.heads.features import Grams
from troth.reading.heads.folds import grouped_folds
from troth.reading.heads.material import Material
from troth.reading.heads.stack import Plan, fit_head
from troth.reading.heads.views import BendView, GramView

if TYPE_CHECKING:
    import pandas as pd

_MEANING = 512
VIEWS = (
    GramView(Grams("chars", 1, 3), 2.0),
    GramView(Grams("words", 1, 2), 2.0),
    GramView(Grams("chars", 1, 2), 3.0, "before"),
    BendView(1200, 0.5, 2.0),
    BendView(1200, 0.5, 2.0, "around"),
)
SAID_BEFORE = {"Sentiment": ("Sentiment", "Emotion"), "DA": ("DA",)}


def _earlier(dialogue: np.ndarray, steps: int) -> np.ndarray:
    """The row so many lines before in the same dialogue, or -1."""
    row = np.arange(len(dialogue)) - steps
    same = row >= 0
    same[same] = dialogue[row[same]] == dialogue[np.flatnonzero(same)]
    return np.where(same, row, -1)


def _at(rows: np.ndarray, number: np.ndarray) -> np.ndarray:
    return np.where((number >= 0)[:, None], rows[np.maximum(number, 0)], 0.0)


def _fading(rows: np.ndarray, keys: np.ndarray, keep: float) -> np.ndarray:
    """The fading mean of earlier rows with the same key."""
    means: dict[str, np.ndarray] = {}
    out = np.zeros_like(rows)
    for at, key in enumerate(keys):
        before = means.get(key, np.zeros(rows.shape[1]))
        out[at] = before
        means[key] = keep * before + (1 - keep) * rows[at]
    return out


def _lines(frame: pd.DataFrame) -> Material:
    texts, dialogue = frame["Utterance"].tolist(), frame["Dialogue_ID"].to_numpy(dtype=str)
    speaker = frame["Speaker"].to_numpy(dtype=str)
    one, two = _earlier(dialogue, 1), _earlier(dialogue, 2)
    own = np.column_stack([frame["Utterance"].str.len().to_numpy(dtype=float)])
    ends = [[text.rstrip().endswith(("?", "?")), "!" in text or "!" in text] for text in texts]
    place = frame.groupby("Dialogue_ID").cumcount().to_numpy()
    same = [(one >= 0) & (speaker == speaker[one]), (two >= 0) & (speaker == speaker[two])]
    shape = np.column_stack([np.log1p(own), ends, np.log1p(place), *same]).astype(float)
    rows = material(texts, shape=shape)
    before = [" ".join(texts[at] for at in pair if at >= 0) for pair in zip(two, one, strict=True)]
    meaning = rows.numbers["encoder"][:, :_MEANING]
    around = np.hstack([meaning, 0.7 * _at(meaning, one), 0.5 * _at(meaning, two)])
    return Material(
        {**rows.texts, "before": before}, {**rows.numbers, "around": around.astype(np.float32)}
    )


def _context(frame: pd.DataFrame, chances: np.ndarray) -> np.ndarray:
    """What heads said of this line and of the earlier lines of its dialogue."""
    logs = np.log(np.maximum(chances, 1e-4))
    dialogue = frame["Dialogue_ID"].to_numpy(dtype=str)
    person = dialogue + "\t" + frame["Speaker"].to_numpy(dtype=str)
    steps = [_at(logs, _earlier(dialogue, at)) for at in (1, 2, 3)]
    means = [_fading(logs, dialogue, 0.8), _fading(logs, dialogue, 0.5), _fading(logs, person, 0.6)]
    return np.hstack([logs, *steps, *means])


def cped() -> dict[str, Any]:
    """Macro-F1 of sentiment (3) and dialogue acts (19), beside the baseline's."""
    frames = [table("cped/valid.csv.gz"), table("cped/test.csv.gz")]
    train, test = (_lines(frame) for frame in frames)
    dialogues = [frame["Dialogue_ID"].to_numpy(dtype=str) for frame in frames]
    folds = grouped_folds(dialogues[0], 5, SEED)
    figures: dict[str, Any] = {"data": "cped", "split": "valid to test", "seed": SEED}
    figures |= {"train": len(train), "test": len(test)}
    first = Plan("classes", VIEWS, ("shape",), 20.0, SEED)
    for target, helpers in SAID_BEFORE.items():
        truth, number = _classes(frames, target)
        unseen, said = [], []
        for helper in helpers:
            labels, size = _classes(frames, helper)
            head, fresh = fit_head(first, train, np.eye(size)[labels[0]], folds)
            unseen.append(_context(frames[0], fresh))
            said.append(_context(frames[1], head.says(test)))
        second = Plan("classes", VIEWS, ("shape", "context"), 20.0, SEED)
        figures[target] = {"baseline": {}, "head": {}}
        plans = {"baseline": cheap_plan("zh", "classes"), "head": second}
        told = [_told(train, unseen), _told(test, said)]
        for name, plan in plans.items():
            head, _ = fit_head(plan, told[0], np.eye(number)[truth[0]], folds)
            picked = head.classes(told[1])
            figures[target][name] = f1_figures(truth[1], picked, number, dialogues[1])
    return figures


def _classes(frames: list[pd.DataFrame], target: str) -> tuple[list[np.ndarray], int]:
    names = sorted(set(frames[0][target]))
    return [frame[target].map(names.index).to_numpy() for frame in frames], len(names)


def _told(rows: Material, context: list[np.ndarray]) -> Material:
    return Material(rows.texts, {**rows.numbers, "context": np.hstack(context)})


if __name__ == "__main__":
    show(cped())
