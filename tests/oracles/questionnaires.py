"""Scores and reliabilities from published keys and definitions: slow, and obvious enough to trust."""

from __future__ import annotations

import math
import statistics
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.optimize import minimize

SHEETS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "answer_sheets.yaml").read_text(encoding="utf-8")
)
#: Questionnaire → scale → items by their place in the order asked, with the sign of their key.
KEYS: dict[str, dict[str, str]] = {
    name: sheet["key"] for name, sheet in SHEETS.items() if "key" in sheet
}


def scores(name: str, answers: list[int | None]) -> dict[str, float | None]:
    """Means by scale of what was answered, None where that is less than half of it."""
    found: dict[str, float | None] = {}
    for scale, key in KEYS[name].items():
        values = []
        for part in key.split():
            value = answers[int(part[1:]) - 1]
            if value is not None:
                values.append(value if part[0] == "+" else SHEETS[name].get("most", 5) + 1 - value)
        enough = 2 * len(values) >= len(key.split())
        found[scale] = sum(values) / len(values) if enough else None
    return found


def alpha(rows: list[list[float]]) -> float:
    """k / (k - 1) times one less the share that the items' own variances have in that of the sum."""
    items = list(zip(*rows, strict=True))
    own = sum(statistics.variance(item) for item in items)
    return len(items) / (len(items) - 1) * (1 - own / statistics.variance(map(sum, rows)))


def loadings(correlations: np.ndarray) -> np.ndarray:
    """Loadings that leave the least squares outside the diagonal, by a general minimiser."""
    outside = ~np.eye(len(correlations), dtype=bool)

    def left(at: np.ndarray) -> float:
        return float(((correlations - np.outer(at, at))[outside] ** 2).sum())

    start = np.full(len(correlations), math.sqrt(0.5))
    found = minimize(left, start, method="L-BFGS-B", bounds=[(-1, 1)] * len(start), tol=1e-14)
    return found.x if found.x.sum() >= 0 else -found.x


def omega(rows: np.ndarray) -> float:
    """The common part of the variance that the model gives the sum of the items."""
    deviations = rows.std(axis=0, ddof=1)
    at = loadings(np.corrcoef(rows, rowvar=False))
    modelled = np.outer(at * deviations, at * deviations)
    whole = modelled + np.diag(deviations**2 - np.diag(modelled))
    return float(modelled.sum() / whole.sum())
