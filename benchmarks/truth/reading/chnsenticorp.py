"""Polarity of Chinese hotel reviews: five folds dealt by text (equal texts together), seed 0."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.truth.reading.measure import (
    SEED,
    cheap_plan,
    f1_figures,
    held_out,
    material,
    show,
    table,
)
from troth.reading.heads.features import Grams
from troth.reading.heads.folds import grouped_folds
from troth.reading.heads.stack import Plan
from troth.reading.heads.views import BendView, ContrastView, GramView

VIEWS = (
    GramView(Grams("chars", 1, 2), 1.0),
    GramView(Grams("words", 1, 3, 20), 0.5),
    ContrastView(Grams("words", 1, 2), 1.0),
    ContrastView(Grams("words", 1, 3, 20), 1.0),
    ContrastView(Grams("words", 1, 4, 20), 1.0),
    BendView(1500, 0.5, 0.5),
    BendView(1500, 1.0, 0.5),
)


def chnsenticorp() -> dict[str, Any]:
    """Macro-F1 and accuracy beside the baseline's."""
    frame = table("chnsenticorp/reviews.csv.gz")
    truth = frame["label"].to_numpy(dtype=np.int64)
    texts = frame["review"].to_numpy(dtype=str)
    length = np.log1p(frame["review"].str.len().to_numpy(dtype=float))[:, None]
    rows = material(texts.tolist(), length=length)
    outer = grouped_folds(texts, 5, SEED)
    figures: dict[str, Any] = {"data": "chnsenticorp", "split": "5 folds by text", "seed": SEED}
    figures["rows"] = len(truth)
    head = Plan("classes", VIEWS, ("length",), 30.0, SEED)
    for name, plan in {"baseline": cheap_plan("zh", "classes"), "head": head}.items():
        _, picked = held_out(plan, rows, np.eye(2)[truth], outer, texts)
        figures[name] = f1_figures(truth, picked, 2, texts)
    return figures


if __name__ == "__main__":
    show(chnsenticorp())
