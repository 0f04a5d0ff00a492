"""Empathy of replies on three axes, levels 0 to 2: five folds by the post replied to.

Raters marked the words that show a level. A first head learns the level of each sentence from those
marks, in the training folds only; a second one reads the whole reply and what the first said.
"""

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
from benchmarks.truth.reading.sentences import marked, places, split, summary
from troth.reading.heads.features import Grams
from troth.reading.heads.folds import grouped_folds
from troth.reading.heads.material import Material
from troth.reading.heads.stack import Plan, fit_head
from troth.reading.heads.views import BendView, ContrastView, GramView

AXES = ("emotional_reactions", "interpretations", "explorations")
SENTENCE = Plan(
    "classes",
    (
        GramView(Grams("words", 1, 3), 1.0),
        GramView(Grams("inside", 2, 5), 1.0),
        BendView(1200, 0.5, 1.0),
    ),
    ("places",),
    10.0,
    SEED,
)
REPLY = Plan(
    "classes",
    (
        GramView(Grams("words", 1, 2), 0.3),
        GramView(Grams("inside", 2, 5), 0.5),
        ContrastView(Grams("words", 1, 2), 1.0),
        BendView(1200, 0.25, 0.5),
        BendView(1200, 0.5, 0.5),
        BendView(600, 0.5, 1.0, "post"),
    ),
    ("length", "summary"),
    30.0,
    SEED,
)


def _read(axis: str, rows: Material, parts: Material, owner: np.ndarray) -> dict[str, Any]:
    frame = table(f"epitome/{axis}.csv.gz")
    truth, posts = frame["level"].to_numpy(dtype=np.int64), frame["sp_id"].to_numpy(dtype=str)
    outer = grouped_folds(posts, 5, SEED)
    bounds = np.searchsorted(owner, np.arange(len(truth) + 1))
    levels = np.concatenate(
        [
            marked(list(parts.texts["text"][bounds[at] : bounds[at + 1]]), marks, truth[at])
            for at, marks in enumerate(frame["rationales"])
        ]
    )
    picked = np.zeros_like(truth)
    for fold in range(5):
        train, test = np.flatnonzero(outer != fold), np.flatnonzero(outer == fold)
        inner = grouped_folds(posts[train], 5, SEED + 1)
        inside = np.flatnonzero(outer[owner] != fold)
        of_text = np.searchsorted(train, owner[inside])
        first, unseen = fit_head(
            SENTENCE, parts.take(inside), np.eye(3)[levels[inside]], inner[of_text]
        )
        outside = np.flatnonzero(outer[owner] == fold)
        there = first.says(parts.take(outside))
        told = summary(unseen, of_text, len(train))
        second, _ = fit_head(REPLY, _with(rows, train, told), np.eye(3)[truth[train]], inner)
        told = summary(there, np.searchsorted(test, owner[outside]), len(test))
        picked[test] = second.classes(_with(rows, test, told))
    _, plain = held_out(cheap_plan("en", "classes"), rows, np.eye(3)[truth], outer, posts)
    return {
        "baseline": f1_figures(truth, plain, 3, posts),
        "head": f1_figures(truth, picked, 3, posts),
    }


def _with(rows: Material, chosen: np.ndarray, told: np.ndarray) -> Material:
    taken = rows.take(chosen)
    return Material(taken.texts, {**taken.numbers, "summary": told})


def epitome(axes: tuple[str, ...] = AXES) -> dict[str, Any]:
    """Macro-F1 on each axis, beside the baseline's."""
    frame = table("epitome/interpretations.csv.gz")
    texts = frame["response_post"].tolist()
    pieces = [split(text) for text in texts]
    owner = np.repeat(np.arange(len(texts)), [len(each) for each in pieces])
    sentences = [sentence for each in pieces for sentence in each]
    parts = material(sentences, places=places(owner, sentences))
    length = np.log1p(np.column_stack([frame["response_post"].str.len(), np.bincount(owner)]))
    post = material(frame["seeker_post"].tolist()).numbers["encoder"]
    rows = material(texts, length=length, post=post)
    figures: dict[str, Any] = {"data": "epitome", "split": "5 folds by post", "seed": SEED}
    figures["rows"] = len(texts)
    return figures | {axis: _read(axis, rows, parts, owner) for axis in axes}


if __name__ == "__main__":
    show(epitome())
