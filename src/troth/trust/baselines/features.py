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
#: Longer silences count as this long.
LONGEST_DAYS = 3650.0
#: Share of the newest outcome in ``recent_mean``.
NEWEST = 0.3
_OF_KEY = (
    "count", "mean", "last", "run", "recent_mean", "gap_days",
    "days_since", "days_known", "days_since_good", "days_since_bad",
    "good_2d", "good_14d", "good_90d", "bad_2d", "bad_14d", "bad_90d",
)  # fmt: skip
#: Names of the columns of ``running_features``.
FEATURES = (*(f"{key}_{what}" for key in KEYS for what in _OF_KEY), "base_rate")
#: Where things stand in the state of a record.
_COUNT, _SUM, _LAST, _RUN, _RECENT, _GAP, _SEEN, _FIRST, _GOOD, _BAD, _DECAYED = range(11)


def running_features(history: History) -> FloatArray:
    """What was known of both parties just before each row, from strictly earlier rows only.

    Of each of six records: outcomes, their mean, the last one, how often in a row it came, a mean
    that leans on the newest, days between the last two; days since the last, the first, the last
    good and the last bad one; log1p of decayed sums for and against (2, 14 and 90 days). Good is an
    outcome from .5 on. What is not known is nan, days end at ``LONGEST_DAYS``.

    Args:
        history: rows in order of time.

    Returns:
        (n, 97) features, named in ``FEATURES``.
    """
    columns = history.columns
    out = np.empty((len(history), len(FEATURES)))
    _walk(
        history.read_ids, sum(columns.sizes), columns.bounds, columns.days, columns.outcome,
        1.0 / np.array(HALF_LIVES_DAYS), out,
    )  # fmt: skip
    out[:, -1] = columns.base
    return out


@njit(cache=True, nogil=True)
def _write(state, now, factors, out):
    """One record's features from its state; ``factors`` (H,) is where decay is worked out."""
    lives = factors.size
    if state[_COUNT] == 0.0:
        out[:] = np.nan
        out[_COUNT] = 0.0
        out[_DECAYED:] = 0.0
        return
    out[:_SEEN] = state[:_SEEN]
    out[_SUM] = state[_SUM] / state[_COUNT]
    for day in range(_SEEN, _DECAYED):
        out[day] = min(now - state[day], LONGEST_DAYS)
    for h in range(lives):
        out[_DECAYED + h] = np.log1p(state[_DECAYED + h] * factors[h])
        out[_DECAYED + lives + h] = np.log1p(state[_DECAYED + lives + h] * factors[h])


@njit(cache=True, nogil=True)
def _absorb(state, now, outcome, factors):
    """Add an outcome to one record; ``factors`` decay it from when it was last added to."""
    lives = factors.size
    good = outcome >= 0.5
    if state[_COUNT] == 0.0:
        state[_RECENT], state[_GAP], state[_FIRST] = outcome, np.nan, now
        state[_GOOD] = state[_BAD] = np.nan
    else:
        state[_RECENT] += NEWEST * (outcome - state[_RECENT])
        state[_GAP] = min(now - state[_SEEN], LONGEST_DAYS)
    same = state[_COUNT] > 0.0 and (state[_LAST] >= 0.5) == good
    state[_RUN] = state[_RUN] + 1.0 if same else 1.0
    for h in range(lives):
        against = _DECAYED + lives + h
        state[_DECAYED + h] = state[_DECAYED + h] * factors[h] + outcome
        state[against] = state[against] * factors[h] + 1.0 - outcome
    state[_COUNT] += 1.0
    state[_SUM] += outcome
    state[_LAST] = outcome
    state[_SEEN] = now
    state[_GOOD if good else _BAD] = now


@njit(cache=True, nogil=True)
def _decay(state, now, rates, factors):
    since = now - state[_SEEN] if state[_COUNT] > 0.0 else 0.0
    for h in range(rates.size):
        factors[h] = 2.0 ** (-since * rates[h])


@njit(cache=True, nogil=True)
def _walk(ids, size, bounds, days, outcome, rates, out):
    width = _DECAYED + 2 * rates.size
    # The last state stays empty: it answers for records that nobody has.
    state = np.zeros((size + 1, width))
    factors = np.empty(rates.size)
    for instant in range(bounds.size - 1):
        rows = range(bounds[instant], bounds[instant + 1])
        now = days[bounds[instant]]
        for row in rows:
            for k in range(ids.shape[1]):
                record = state[ids[row, k]]
                _decay(record, now, rates, factors)
                _write(record, now, factors, out[row, k * width : (k + 1) * width])
        for row in rows:
            if not np.isnan(outcome[row]):
                for k in range(3):
                    record = state[ids[row, k]]
                    _decay(record, now, rates, factors)
                    _absorb(record, now, outcome[row], factors)
