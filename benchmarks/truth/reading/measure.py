"""Loading, folds, intervals and the manner of reporting shared by the text data sets."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.truth.sets import folder
from troth.reading.heads.decide import macro_f1
from troth.reading.heads.encoder import available, dense
from troth.reading.heads.features import Grams
from troth.reading.heads.material import Material
from troth.reading.heads.stack import Plan, fit_head
from troth.reading.heads.views import GramView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEED = 0
_DRAWS = 1000
#: The cheap baseline everywhere: characters inside words for English, across them for Chinese.
_CHEAP = {"zh": Grams("chars", 1, 3), "en": Grams("inside", 2, 5)}


def table(name: str) -> pd.DataFrame:
    """A file of the public data, every cell as text."""
    return pd.read_csv(folder() / name, dtype=str, keep_default_na=False)


def material(texts: Sequence[str], **numbers: np.ndarray) -> Material:
    """Texts with the encoder's columns, if it is installed; kept in TROTH_BENCH_CACHE if that is set."""
    encoded = {"encoder": _encoded(texts)} if available() else {}
    return Material({"text": list(texts)}, encoded | numbers)


def _encoded(texts: Sequence[str]) -> np.ndarray:
    cache = os.environ.get("TROTH_BENCH_CACHE")
    if not cache:
        return dense(texts)
    from hashlib import sha256

    name = sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    path = Path(cache) / f"{name}.npy"
    if not path.exists():
        np.save(path, dense(texts))
    return np.load(path)


def cheap_plan(language: str, says: str) -> Plan:
    """TF-IDF of characters and ridge: what anybody would try first."""
    return Plan(says, (GramView(_CHEAP[language], 1.0),), (), 1.0, SEED)  # type: ignore[arg-type]


def held_out(
    plan: Plan, rows: Material, targets: np.ndarray, outer: np.ndarray, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Fit on all outer folds but one, choose everything inside those, and read the one left.

    Returns:
        (n, outputs) what was said, and (n,) the class chosen (zeros for values).
    """
    from troth.reading.heads.folds import grouped_folds

    said, picked = np.zeros_like(targets), np.zeros(len(targets), dtype=np.int64)
    for fold in np.unique(outer):
        train, test = np.flatnonzero(outer != fold), np.flatnonzero(outer == fold)
        inner = grouped_folds(groups[train], 5, SEED + 1)
        head, _ = fit_head(plan, rows.take(train), targets[train], inner)
        there = rows.take(test)
        said[test] = head.says(there)
        if plan.says == "classes":
            picked[test] = head.classes(there)
    return said, picked


def interval(
    figure: Callable[[np.ndarray], float], groups: np.ndarray, draws: int = _DRAWS
) -> list[float]:
    """90% bootstrap interval of a figure of rows, drawing whole groups.

    Args:
        figure: takes row numbers, repeats among them.
        groups: (n,) group of each row.
        draws: how many.

    Returns:
        The 5% and 95% points.
    """
    _, number = np.unique(groups, return_inverse=True)
    order = np.argsort(number, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(number))[:-1])
    generator = np.random.default_rng(SEED)
    drawn = []
    for _ in range(draws):
        chosen = generator.integers(0, len(members), len(members))
        drawn.append(figure(np.concatenate([members[at] for at in chosen])))
    low, high = np.quantile(drawn, [0.05, 0.95])
    return [round(float(low), 3), round(float(high), 3)]


def f1_figures(
    truth: np.ndarray, said: np.ndarray, classes: int, groups: np.ndarray
) -> dict[str, Any]:
    """Macro-F1, F1 of each class and accuracy, with the interval of the first."""

    def figure(rows: np.ndarray) -> float:
        return macro_f1(truth[rows], said[rows], classes)

    each = [
        2 * ((truth == at) & (said == at)).sum() / max((truth == at).sum() + (said == at).sum(), 1)
        for at in range(classes)
    ]
    return {
        "macro_f1": round(macro_f1(truth, said, classes), 4),
        "interval_90": interval(figure, groups, 400),
        "f1_by_class": [round(float(one), 3) for one in each],
        "accuracy": round(float((truth == said).mean()), 4),
    }


def show(figures: dict[str, Any]) -> None:
    """Print the figures as a person and a program can read them."""
    print(json.dumps(figures, ensure_ascii=False, indent=1))
