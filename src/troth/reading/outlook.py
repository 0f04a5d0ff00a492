"""Distributions over the five grades, as heads forecast them and as readings give them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from troth.reading.schema import GRADES

if TYPE_CHECKING:
    from troth.types import FloatArray

_STEPS = np.arange(len(GRADES)) - 2.0


def cumulated(shares: FloatArray) -> FloatArray:
    """(n, 4) shares at or below each grade but the last, of (n, 5) shares."""
    return np.cumsum(shares, axis=1)[:, :-1]


def distributions(cumulative: FloatArray, resolution: float) -> FloatArray:
    """Distributions from forecasts of `cumulated` shares.

    Forecasts are brought into order; a share below half of what one rating could have made is none.

    Args:
        cumulative: (n, 4) in any order, of any size.
        resolution: the smallest share that ratings could give, such as 1/19.

    Returns:
        (n, 5) rows that sum to 1.
    """
    rising = np.maximum.accumulate(np.clip(cumulative, 0.0, 1.0), axis=1)
    n = len(rising)
    shares = np.diff(np.concatenate([np.zeros((n, 1)), rising, np.ones((n, 1))], axis=1), axis=1)
    shares[shares < resolution / 2] = 0.0
    whole: FloatArray = shares / shares.sum(axis=1, keepdims=True)
    return whole


def mean_grade(shares: FloatArray) -> FloatArray:
    """(n,) −2..2, the mean grade of (n, 5) shares."""
    mean: FloatArray = shares @ _STEPS
    return mean


def nmd(forecast: FloatArray, rated: FloatArray) -> FloatArray:
    """(n,) normalised match distance, 0–1; lower is nearer. Source: sakai2018."""
    apart: FloatArray = np.abs(np.cumsum(forecast - rated, axis=1)).sum(axis=1) / (len(GRADES) - 1)
    return apart


def rsnod(forecast: FloatArray, rated: FloatArray) -> FloatArray:
    """(n,) root symmetric normalised order-aware divergence, 0–1; lower is nearer. Source: sakai2018."""
    steps = np.abs(np.subtract.outer(np.arange(len(GRADES)), np.arange(len(GRADES))))
    weighed = (forecast - rated) ** 2 @ steps

    def one_way(reference: FloatArray) -> FloatArray:
        there = reference > 0
        way: FloatArray = (weighed * there).sum(axis=1) / there.sum(axis=1)
        return way

    apart: FloatArray = np.sqrt((one_way(forecast) + one_way(rated)) / 2 / (len(GRADES) - 1))
    return apart
