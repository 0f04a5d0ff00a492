"""Politeness of talk-page messages, 0 to 4: own train split to own test split, each language."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.truth.reading.measure import SEED, cheap_plan, interval, material, show, table
from troth.reading.heads.features import Grams
from troth.reading.heads.folds import grouped_folds
from troth.reading.heads.stack import Plan, fit_head
from troth.reading.heads.views import BendView, ContrastView, GramView

_BENDS = (BendView(1500, 0.5, 1.0), BendView(1500, 1.0, 1.0))
VIEWS = {
    "zh": (
        GramView(Grams("chars", 1, 4), 1.0),
        GramView(Grams("chars", 1, 2), 3.0),
        GramView(Grams("words", 1, 3), 1.5),
        ContrastView(Grams("words", 1, 2), 3.0),
        ContrastView(Grams("chars", 1, 4), 3.0),
        *_BENDS,
    ),
    "en": (
        GramView(Grams("inside", 2, 5), 2.0),
        GramView(Grams("words", 1, 1), 4.0),
        GramView(Grams("words", 1, 2), 1.5),
        ContrastView(Grams("words", 1, 2), 3.0),
        ContrastView(Grams("inside", 2, 5), 3.0),
        *_BENDS,
    ),
}


def _pearson(left: np.ndarray, right: np.ndarray) -> float:
    return float(np.corrcoef(left, right)[0, 1])


def politeness(language: str) -> dict[str, Any]:
    """Pearson and mean absolute error on test, beside the baseline's."""
    frame = table(f"politeness_holistic/{language}.csv.gz")
    texts, rated = frame["text"].tolist(), frame["politeness"].astype(float).to_numpy()
    length = np.log1p(frame["text"].str.len().to_numpy(dtype=float))[:, None]
    rows = material(texts, length=length)
    train = np.flatnonzero(frame["split"] == "train")
    test = np.flatnonzero(frame["split"] == "test")
    folds = grouped_folds(np.array(texts)[train], 10, SEED)
    plans = {
        "baseline": cheap_plan(language, "value"),
        "head": Plan("value", VIEWS[language], ("length",), 30.0, SEED),
    }
    figures: dict[str, Any] = {"data": f"politeness_holistic {language}", "split": "train to test"}
    figures |= {"seed": SEED, "train": len(train), "test": len(test)}
    truth = rated[test]
    for name, plan in plans.items():
        head, unseen = fit_head(plan, rows.take(train), rated[train][:, None], folds)
        said = head.says(rows.take(test))[:, 0]
        figures[name] = {
            "pearson": round(_pearson(said, truth), 4),
            "interval_90": interval(lambda i, s=said: _pearson(s[i], truth[i]), test),
            "mean_absolute_error": round(float(np.abs(said - truth).mean()), 4),
            "pearson_train_unseen": round(_pearson(unseen[:, 0], rated[train]), 4),
        }
    return figures


if __name__ == "__main__":
    for each in ("zh", "en"):
        show(politeness(each))
