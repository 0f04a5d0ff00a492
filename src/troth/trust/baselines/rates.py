"""The plainest forecasts: running rates and the last thing that happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from troth.trust.baselines.history import History
    from troth.types import FloatArray


def global_rate(history: History) -> FloatArray:
    """The share of good outcomes so far, of everyone.

    Args:
        history: rows in order of time.

    Returns:
        (n,) probabilities.
    """
    return history.columns.base.copy()


def trustee_mean(history: History) -> FloatArray:
    """The trustee's mean outcome so far, shrunk to the running global rate by one outcome's worth.

    Args:
        history: rows in order of time.

    Returns:
        (n,) probabilities.
    """
    columns = history.columns
    found: FloatArray = shrunk_mean(
        columns.ids[:, 1].copy(),
        columns.sizes[1],
        columns.bounds,
        columns.outcome,
        columns.base,
        1.0,
    )
    return found


def persistence(history: History) -> FloatArray:
    """As last time: the rate so far after a last outcome like this one.

    The last outcome is the pair's; where they never met the trustee's; where it is new the
    truster's. Each of these seven situations (three kinds × good or bad, and nothing known) has a
    running rate of its own, shrunk to the global one by one outcome's worth.

    Args:
        history: rows in order of time.

    Returns:
        (n,) probabilities.
    """
    columns = history.columns
    found: FloatArray = _persist(
        columns.ids, columns.sizes, columns.bounds, columns.outcome, columns.base
    )
    return found


@njit(cache=True, nogil=True)
def shrunk_mean(key, size, bounds, outcome, base, worth):
    """(n,) means of a key's strictly earlier outcomes beside ``worth`` outcomes at base rate.

    ``key`` (n,) < ``size``; the rest as in ``Columns``.
    """
    total, count = np.zeros(size), np.zeros(size)
    p = np.empty(key.size)
    for instant in range(bounds.size - 1):
        rows = range(bounds[instant], bounds[instant + 1])
        for row in rows:
            p[row] = (total[key[row]] + worth * base[row]) / (count[key[row]] + worth)
        for row in rows:
            if not np.isnan(outcome[row]):
                total[key[row]] += outcome[row]
                count[key[row]] += 1.0
    return p


@njit(cache=True, nogil=True)
def _situation(ids, last_truster, last_trustee, last_pair):
    """0 where nothing is known, else 1–6: kind of memory × whether the last outcome was good."""
    if last_pair[ids[2]] >= 0:
        return 1 + last_pair[ids[2]]
    if last_trustee[ids[1]] >= 0:
        return 3 + last_trustee[ids[1]]
    if last_truster[ids[0]] >= 0:
        return 5 + last_truster[ids[0]]
    return 0


@njit(cache=True, nogil=True)
def _persist(ids, sizes, bounds, outcome, base):
    last_truster = np.full(sizes[0], -1, np.int8)
    last_trustee = np.full(sizes[1], -1, np.int8)
    last_pair = np.full(sizes[2], -1, np.int8)
    total, count = np.zeros(7), np.zeros(7)
    situation = np.empty(outcome.size, np.int8)
    p = np.empty(outcome.size)
    for instant in range(bounds.size - 1):
        rows = range(bounds[instant], bounds[instant + 1])
        for row in rows:
            s = _situation(ids[row], last_truster, last_trustee, last_pair)
            situation[row] = s
            p[row] = (total[s] + base[row]) / (count[s] + 1.0)
        for row in rows:
            if not np.isnan(outcome[row]):
                total[situation[row]] += outcome[row]
                count[situation[row]] += 1.0
                good = np.int8(outcome[row] >= 0.5)
                last_truster[ids[row, 0]] = good
                last_trustee[ids[row, 1]] = good
                last_pair[ids[row, 2]] = good
    return p
