"""Sums that a store keeps: brought to a time, added to, and read as they stood at each row.

A store keeps the finest sums and the totals of busy keys, each as of a time of its own. Sums are linear,
so late rows add up to the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from troth.traces.decay import rates_of
from troth.traces.hashing import find, number
from troth.traces.origins import ORIGINS, fill_origins
from troth.traces.tables import DIMENSION_DAYS

if TYPE_CHECKING:
    from troth.traces.rows import Rows
    from troth.types import AnyArray, FloatArray, IntArray


def width_of(half_lives_days: tuple[float, ...], *, dimensions: bool) -> int:
    """How many figures a key has: two signs by half-life, and perhaps two by dimension."""
    return 2 * len(half_lives_days) + (8 if dimensions else 0)


def _rates(half_lives_days: tuple[float, ...], width: int) -> FloatArray:
    """(W,) halvings per microsecond of each figure."""
    by_life = np.tile(rates_of(half_lives_days), 2)
    rest = width - by_life.size
    return np.concatenate([by_life, np.repeat(rates_of((DIMENSION_DAYS,)), rest)])


def _factors(elapsed_us: AnyArray, rates: FloatArray) -> FloatArray:
    return np.asarray(np.exp2(-np.maximum(elapsed_us, 0)[:, None] * rates))


def brought(
    values: FloatArray, t_us: IntArray, at_us: IntArray | int, half_lives_days: tuple[float, ...]
) -> FloatArray:
    """Sums at a later time.

    Args:
        values: (K, W) as they stood at ``t_us``.
        t_us: (K,) microseconds UTC.
        at_us: one time for all, or (K,); where it is earlier than ``t_us`` the sums stay.
        half_lives_days: (H) increasing.

    Returns:
        (K, W).
    """
    elapsed = np.asarray(at_us) - t_us
    return np.asarray(values * _factors(elapsed, _rates(half_lives_days, values.shape[1])))


def add_rows(
    values: FloatArray,
    t_us: IntArray,
    key: IntArray,
    rows: Rows,
    half_lives_days: tuple[float, ...],
) -> tuple[FloatArray, IntArray]:
    """Add rows to the sums of their keys, in any order of time.

    Args:
        values: (K, W) sums; new keys are rows of zeros.
        t_us: (K,) as of when; a very early time for new keys.
        key: (n,) which key each row belongs to.
        rows: evidence.
        half_lives_days: (H) increasing.

    Returns:
        The sums (K, W) and their times (K,), each the latest of its rows.
    """
    until = t_us.copy()
    np.maximum.at(until, key, rows.t_us)
    rates = _rates(half_lives_days, values.shape[1])
    total = values * _factors(until - t_us, rates)
    lives = len(half_lives_days)
    mass = np.stack([rows.good, rows.bad], axis=1)
    added = np.repeat(mass, lives, axis=1)
    if values.shape[1] > 2 * lives:
        by_dimension = mass[:, :, None] * rows.loadings[:, None, :]
        added = np.hstack([added, by_dimension.reshape(len(rows), 8)])
    np.add.at(total, key, added * _factors(until[key] - rows.t_us, rates))
    return total, until


@njit(cache=True, nogil=True)
def _running(values, reference, key, t_us, from_us, good, bad, rates, out):
    lives = rates.size
    start, n = 0, key.size
    while start < n:
        end = start
        while end < n and from_us[end] == from_us[start]:
            k = key[end]
            ahead = from_us[start] - reference[k]
            if ahead > 0:
                for h in range(lives):
                    left = np.exp2(-ahead * rates[h])
                    values[k, h] *= left
                    values[k, lives + h] *= left
                reference[k] = from_us[start]
            for h in range(lives):
                left = np.exp2(-(reference[k] - t_us[end]) * rates[h])
                values[k, h] += good[end] * left
                values[k, lives + h] += bad[end] * left
            end += 1
        for row in range(start, end):
            out[row] = values[key[row]]
        start = end


def running(
    values: FloatArray,
    t_us: IntArray,
    key: IntArray,
    rows: Rows,
    half_lives_days: tuple[float, ...],
) -> FloatArray:
    """The sums of each row's key once the row's instant was known.

    Where a key has already been told of later rows, its sums are read as they then stand: what was
    known when the row came in.

    Args:
        values: (K, 2H) before the rows; left as they are.
        t_us: (K,) as of when.
        key: (n,) which key each row belongs to.
        rows: evidence sorted by ``from_us``.
        half_lives_days: (H) increasing.

    Returns:
        (n, 2, H).
    """
    out = np.empty((len(rows), values.shape[1]))
    _running(
        values.copy(), t_us.copy(), key, rows.t_us, rows.from_us, rows.good, rows.bad,
        rates_of(half_lives_days), out,
    )  # fmt: skip
    return out.reshape(len(rows), 2, len(half_lives_days))


@njit(cache=True, nogil=True)
def _origins(sums, out):
    for row in range(sums.shape[0]):
        fill_origins(sums[row], out[row])


def origins_of(sums: FloatArray) -> FloatArray:
    """The six origins from the sums of n relationships' keys.

    Args:
        sums: (n, 8, 2, H) in the order of ``troth.traces.keys``; zeros where a key is missing.

    Returns:
        (n, 6, 2, H).
    """
    out = np.empty((sums.shape[0], len(ORIGINS), *sums.shape[2:]))
    _origins(np.ascontiguousarray(sums), out)
    return out


def summed(values: FloatArray, key: IntArray, wanted: IntArray) -> FloatArray:
    """Roll sums of one time up to coarser keys.

    Args:
        values: (K, W) finest sums.
        key: (K,) the coarser key of each; −1 for those left out.
        wanted: (n,) the coarser keys asked for.

    Returns:
        (n, W); zeros for unknown keys.
    """
    here = key >= 0
    codes, distinct = number(key[here])
    total = np.zeros((distinct.size + 1, values.shape[1]))
    np.add.at(total, codes, values[here])
    return np.asarray(total[find(distinct, wanted)])  # −1, for unknown, is the row of zeros
