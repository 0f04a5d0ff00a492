"""Running features of every row for a learner that draws its own conclusions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from troth.trust.baselines.history import History
    from troth.types import FloatArray

#: Whose record a feature speaks of, seen from the row.
KEYS = (
    "truster", "trustee", "pair", "reverse_pair", "truster_as_trustee", "trustee_as_truster",
)  # fmt: skip
HALF_LIVES_DAYS = (2.0, 14.0, 90.0)
LONGEST_DAYS = 3650.0
_OF_KEY = (
    "count", "mean", "good_2d", "good_14d", "good_90d", "bad_2d", "bad_14d", "bad_90d", "last",
    "days_since",
)  # fmt: skip
#: Names of the columns of ``running_features``.
FEATURES = (*(f"{key}_{what}" for key in KEYS for what in _OF_KEY), "base_rate")


def running_features(history: History) -> FloatArray:
    """What was known of both parties just before each row, from strictly earlier rows only.

    Of each of six records: outcomes, their mean, log1p of decayed sums for and against (2, 14 and
    90 days), last outcome and days since. Nothing known is nan.

    Args:
        history: rows in order of time.

    Returns:
        (n, 61) features, named in ``FEATURES``.
    """
    columns = history.columns
    ids = history.read_ids
    out = np.empty((len(history), len(FEATURES)))
    _walk(
        ids, sum(columns.sizes), columns.bounds, columns.days, columns.outcome,
        1.0 / np.array(HALF_LIVES_DAYS), out,
    )  # fmt: skip
    out[:, -1] = columns.base
    return out


@njit(cache=True, nogil=True)
def _write(state, key, now, rates, out):
    """``state`` of a key: count, sum, last, day, decayed sums for, against."""
    if key < 0 or state[key, 0] == 0.0:
        out[:] = np.nan
        out[0] = 0.0
        out[2 : 2 + 2 * rates.size] = 0.0
        return
    since = now - state[key, 3]
    out[0] = state[key, 0]
    out[1] = state[key, 1] / state[key, 0]
    for h in range(rates.size):
        left = 2.0 ** (-since * rates[h])
        out[2 + h] = np.log1p(state[key, 4 + h] * left)
        out[2 + rates.size + h] = np.log1p(state[key, 4 + rates.size + h] * left)
    out[2 + 2 * rates.size] = state[key, 2]
    out[3 + 2 * rates.size] = min(since, LONGEST_DAYS)


@njit(cache=True, nogil=True)
def _absorb(state, key, now, outcome, rates):
    since = now - state[key, 3]
    for h in range(rates.size):
        left = 2.0 ** (-since * rates[h]) if since > 0.0 else 1.0
        state[key, 4 + h] = state[key, 4 + h] * left + outcome
        state[key, 4 + rates.size + h] = state[key, 4 + rates.size + h] * left + 1.0 - outcome
    state[key, 0] += 1.0
    state[key, 1] += outcome
    state[key, 2] = outcome
    state[key, 3] = now


@njit(cache=True, nogil=True)
def _walk(ids, size, bounds, days, outcome, rates, out):
    state = np.zeros((size, 4 + 2 * rates.size))
    width = 4 + 2 * rates.size
    for instant in range(bounds.size - 1):
        rows = range(bounds[instant], bounds[instant + 1])
        now = days[bounds[instant]]
        for row in rows:
            for k in range(ids.shape[1]):
                _write(state, ids[row, k], now, rates, out[row, k * width : (k + 1) * width])
        for row in rows:
            if not np.isnan(outcome[row]):
                for k in range(3):
                    _absorb(state, ids[row, k], now, outcome[row], rates)
