"""Where a count of later outcomes falls in its beta-binomial prediction."""

from __future__ import annotations

from math import exp, lgamma
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from troth.types import FloatArray, IntArray


@njit(cache=True, nogil=True)
def _log_beta(a, b):
    return lgamma(a) + lgamma(b) - lgamma(a + b)


@njit(cache=True, nogil=True)
def _outside(count, successes, alpha, beta, level, below, above, plainly_outside):
    low, high = 0.5 - level / 2, 0.5 + level / 2
    for i in range(count.size):
        n, k, a, b = count[i], successes[i], alpha[i], beta[i]
        log_pmf = _log_beta(a, n + b) - _log_beta(a, b)
        before, mass = 0.0, exp(log_pmf)
        for j in range(k):
            before += mass
            log_pmf += np.log((n - j) / (j + 1.0)) + np.log((j + a) / (n - j - 1.0 + b))
            mass = exp(log_pmf)
        after = before + mass
        if mass > 0.0:
            below[i] = min(1.0, max(0.0, (low - before) / mass))
            above[i] = min(1.0, max(0.0, (after - high) / mass))
        else:  # so improbable that its probability is nothing beside one
            below[i] = 1.0 if after < low else 0.0
            above[i] = 1.0 if after > high else 0.0
        plainly_outside[i] = after < low or before > high


def outside(
    count: IntArray, successes: IntArray, alpha: FloatArray, beta: FloatArray, level: float = 0.9
) -> tuple[float, float, float]:
    """Shares of counts below and above the central interval of their beta-binomial prediction.

    A count on the edge of the interval is split by the share of its probability beyond the edge, so
    that a true model leaves exactly (1 − level)/2 on each side although counts are discrete.

    Args:
        count: (k,) outcomes.
        successes: (k,) how many of them honoured trust.
        alpha: (k,) evidence for.
        beta: (k,) evidence against.
        level: of the interval.

    Returns:
        Below, above, and the share wholly outside, edges counted as inside.

    Source: Czado, Gneiting & Held 2009, predictive model assessment for count data.
    """
    below, above, plain = (np.empty(count.size) for _ in range(3))
    _outside(
        count.astype(np.int64), successes.astype(np.int64), alpha, beta, level, below, above, plain
    )
    return float(below.mean()), float(above.mean()), float(plain.mean())
