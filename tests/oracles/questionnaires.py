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
#: Items by their place in the order asked, with the sign of their key, as the sources list them.
KEYS = {
    "mini_ipip": {
        "extraversion": "+1 -6 +11 -16", "agreeableness": "+2 -7 +12 -17",
        "conscientiousness": "+3 -8 +13 -18", "neuroticism": "+4 -9 +14 -19",
        "imagination": "+5 -10 -15 -20",
    },
    "ecr_rs": {"avoidance": "-1 -2 -3 -4 +5 +6", "anxiety": "+7 +8 +9"},
    "kusiv3": {"trust_in_people": "+1 -2 +3"},
    "empathy": {"empathy": "+1 -2 +3 -4 +5 -6 +7 -8 +9 -10"},
    "trust": {
        "ability": "+1 -4 +7", "benevolence": "+2 +5 -8", "integrity": "+3 +6 -9", "overall": "+10",
    },
    "culture": {
        "openness": "+1 +4 -7 +10", "speaking_up": "+2 -5 +8 +11",
        "admitting_mistakes": "+3 +6 -9 +12",
    },
    "ipip_ipc": {
        "fg": "+1 +9 +17 +25", "hi": "+2 +10 +18 +26", "jk": "+3 +11 +19 +27",
        "lm": "+4 +12 +20 +28", "no": "+5 +13 +21 +29", "pa": "+6 +14 +22 +30",
        "bc": "+7 +15 +23 +31", "de": "+8 +16 +24 +32",
    },
}  # fmt: skip
MOST = {"ecr_rs": 7}


def scores(name: str, answers: list[int | None]) -> dict[str, float | None]:
    """Means by scale of what was answered, None where that is less than half of it."""
    found: dict[str, float | None] = {}
    for scale, key in KEYS[name].items():
        values = []
        for part in key.split():
            value = answers[int(part[1:]) - 1]
            if value is not None:
                values.append(value if part[0] == "+" else MOST.get(name, 5) + 1 - value)
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
