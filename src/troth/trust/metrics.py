"""How good probabilities are: loss, ranking, calibration, and how sure we may be of the figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from troth.types import AnyArray, FloatArray, IntArray

    Metric = Callable[[FloatArray, FloatArray], float]

#: Probabilities are kept this far from 0 and 1, so that one sure mistake costs 27.6 and not all.
CLIP = 1e-12


def log_loss(p: FloatArray, y: FloatArray) -> float:
    """Mean of −y·ln p − (1−y)·ln(1−p), natural logarithm.

    Args:
        p: (n,) probabilities.
        y: (n,) outcomes, 0–1; fractions are allowed.

    Returns:
        The loss, or nan where there are no rows.

    >>> round(log_loss(np.array([0.8, 0.4]), np.array([1.0, 0.0])), 4)
    0.367
    """
    if p.size == 0:
        return float("nan")
    inside = np.clip(p, CLIP, 1 - CLIP)
    return float(-np.mean(y * np.log(inside) + (1 - y) * np.log1p(-inside)))


def brier(p: FloatArray, y: FloatArray) -> float:
    """Mean squared distance between probability and outcome; nan where there are no rows."""
    return float(np.mean((p - y) ** 2)) if p.size else float("nan")


def auc(p: FloatArray, y: FloatArray) -> float:
    """Chance that a positive row has the higher probability, ties counting half.

    Args:
        p: (n,) probabilities, or any score.
        y: (n,) outcomes; from .5 on they count as positive.

    Returns:
        Area under the receiver operating curve, or nan where all rows are of one class.

    >>> auc(np.array([0.9, 0.5, 0.5, 0.1]), np.array([1.0, 1.0, 0.0, 0.0]))
    0.875
    """
    positive = y >= 0.5
    ones = int(positive.sum())
    zeros = y.size - ones
    if ones == 0 or zeros == 0:
        return float("nan")
    _, place, count = np.unique(p, return_inverse=True, return_counts=True)
    midrank = np.cumsum(count) - (count - 1) / 2
    return float((midrank[place[positive]].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def reliability(p: FloatArray, y: FloatArray, bins: int = 10) -> FloatArray:
    """Stated against observed frequency in bins of equal count.

    Rows are sorted by probability; rows of equal probability stay in the order they came in.

    Args:
        p: (n,) probabilities.
        y: (n,) outcomes.
        bins: how many; fewer come back where there are fewer rows.

    Returns:
        (bins, 3) mean probability, mean outcome, rows.
    """
    order = np.argsort(p, kind="stable")
    table = [
        (float(p[rows].mean()), float(y[rows].mean()), float(rows.size))
        for rows in np.array_split(order, bins)
        if rows.size
    ]
    return np.array(table).reshape(-1, 3)


def ece(p: FloatArray, y: FloatArray, bins: int = 10) -> float:
    """Expected calibration error: mean distance of stated and observed over ``reliability``."""
    if p.size == 0:
        return float("nan")
    stated, observed, rows = reliability(p, y, bins).T
    return float((np.abs(stated - observed) * rows).sum() / p.size)


@dataclass(frozen=True)
class Interval:
    """A figure with its percentile bootstrap intervals.

    Attributes:
        value: the figure on all rows.
        ninety: low and high of the 90% interval.
        ninety_five: low and high of the 95% interval.
    """

    value: float
    ninety: tuple[float, float]
    ninety_five: tuple[float, float]


def cluster_bootstrap(
    metric: Metric, p: FloatArray, y: FloatArray, cluster: AnyArray, seed: int, draws: int = 1000
) -> Interval:
    """Interval of a figure whose rows hang together in clusters (people, relationships, games).

    Whole clusters are drawn with replacement. Draws where the figure is not defined are left out.

    Args:
        metric: figure of (p, y).
        p: (n,) probabilities.
        y: (n,) outcomes.
        cluster: (n,) cluster of each row.
        seed: of the draws.
        draws: how many.

    Returns:
        The figure and its intervals.
    """
    found = [metric(p[rows], y[rows]) for rows in _drawn(cluster, seed, draws)]
    return _interval(metric(p, y), found)


def difference_interval(
    metric: Metric,
    pair: tuple[FloatArray, FloatArray],
    y: FloatArray,
    cluster: AnyArray,
    seed: int,
    draws: int = 1000,
) -> Interval:
    """Interval of metric(first) − metric(second) on the same rows: paired, so luck cancels.

    Args:
        metric: figure of (p, y).
        pair: two forecasts, (n,) each, of the same rows.
        y: (n,) outcomes.
        cluster: (n,) cluster of each row.
        seed: of the draws.
        draws: how many.

    Returns:
        The difference and its intervals.
    """
    p, q = pair
    found = [
        metric(p[rows], y[rows]) - metric(q[rows], y[rows]) for rows in _drawn(cluster, seed, draws)
    ]
    return _interval(metric(p, y) - metric(q, y), found)


def _drawn(cluster: AnyArray, seed: int, draws: int) -> Iterator[IntArray]:
    """Rows of as many clusters as there are, drawn with replacement, ``draws`` times."""
    rng = np.random.default_rng(seed)
    _, codes = np.unique(cluster, return_inverse=True)
    order = np.argsort(codes, kind="stable")
    size = np.bincount(codes)
    first = np.cumsum(size) - size
    for _ in range(draws):
        chosen = rng.integers(0, size.size, size.size)
        yield order[_ranges(first[chosen], size[chosen])]


def _ranges(first: IntArray, size: IntArray) -> IntArray:
    """Numbers first[0], first[0]+1, … (size[0] of them), then from first[1] on, and so forth."""
    start = np.cumsum(size) - size
    return np.repeat(first - start, size) + np.arange(int(size.sum()))


def _interval(value: float, found: list[float]) -> Interval:
    defined = np.array([each for each in found if not np.isnan(each)])
    if defined.size == 0:
        nowhere = (float("nan"), float("nan"))
        return Interval(value, nowhere, nowhere)
    low95, low90, high90, high95 = np.quantile(defined, [0.025, 0.05, 0.95, 0.975]).tolist()
    return Interval(value, (low90, high90), (low95, high95))
