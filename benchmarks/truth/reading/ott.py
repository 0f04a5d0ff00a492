"""Deceptive or truthful hotel reviews: the published folds, four hotels each."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.truth.reading.measure import (
    SEED,
    cheap_plan,
    held_out,
    interval,
    material,
    show,
    table,
)
from troth.reading.heads.features import Grams
from troth.reading.heads.stack import Plan
from troth.reading.heads.views import BendView, ContrastView, GramView

VIEWS = (
    GramView(Grams("inside", 2, 5), 0.5),
    GramView(Grams("chars", 3, 7, 20), 0.5),
    GramView(Grams("words", 1, 2), 0.5),
    ContrastView(Grams("words", 1, 2), 1.0),
    ContrastView(Grams("words", 1, 3), 1.0),
    ContrastView(Grams("chars", 3, 7, 20), 1.0),
    BendView(1500, 0.25, 0.5),
)


def ott() -> dict[str, Any]:
    """Accuracy, in all and for each polarity, beside the baseline's."""
    frame = table("ott_deceptive/reviews.csv.gz")
    truth = (frame["deceptive"] == "deceptive").to_numpy().astype(np.int64)
    hotels = frame["hotel"].to_numpy(dtype=str)
    length = np.log1p(frame["text"].str.len().to_numpy(dtype=float))[:, None]
    rows = material(frame["text"].tolist(), length=length)
    figures: dict[str, Any] = {"data": "ott_deceptive", "split": "published folds by hotel"}
    figures |= {"seed": SEED, "rows": len(truth)}
    head = Plan("classes", VIEWS, ("length",), 30.0, SEED)
    for name, plan in {"baseline": cheap_plan("en", "classes"), "head": head}.items():
        said, _ = held_out(plan, rows, np.eye(2)[truth], frame["fold"].to_numpy(dtype=int), hotels)
        hit = (said.argmax(axis=1) == truth).astype(float)
        figures[name] = {
            "accuracy": round(float(hit.mean()), 4),
            "interval_90": interval(lambda i, h=hit: float(h[i].mean()), hotels),
            "positive": round(float(hit[(frame["polarity"] == "positive").to_numpy()].mean()), 4),
            "negative": round(float(hit[(frame["polarity"] == "negative").to_numpy()].mean()), 4),
        }
    return figures


if __name__ == "__main__":
    show(ott())
