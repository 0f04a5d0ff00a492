"""What was known just before, or just after, each row: the evidence a forecast could have used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from troth.traces.decay import HALF_LIVES_DAYS, fill_factors, powers_of, rates_of
from troth.traces.keys import SUMMED, TRIPLE, Keys
from troth.traces.origins import ORIGINS, fill_origins

if TYPE_CHECKING:
    from troth.traces.rows import Rows
    from troth.types import BoolArray, FloatArray, IntArray


@njit(cache=True, nogil=True)
def _bring_to(state, reference, key, now_us, rates, powers, factors):
    """Decay one state in place to ``now_us``; states never run backwards in a walk."""
    elapsed = now_us - reference[key]
    if elapsed > 0:
        fill_factors(elapsed, rates, powers, factors)
        for sign in range(2):
            for h in range(rates.size):
                state[key, sign, h] *= factors[h]
        reference[key] = now_us


@njit(cache=True, nogil=True)
def _read(state, reference, ids, now_us, rates, powers, factors, sums):
    for column in range(ids.size):
        key = ids[column]
        if key < 0:
            sums[column] = 0.0
            continue
        _bring_to(state, reference, key, now_us, rates, powers, factors)
        sums[column] = state[key]


@njit(cache=True, nogil=True)
def _add(state, ids, good, bad, factors):
    for column in range(SUMMED):
        key = ids[column]
        if key < 0 or (column == TRIPLE and key == ids[0]) or (column == 4 and key == ids[2]):
            continue
        for h in range(factors.size):
            state[key, 0, h] += good * factors[h]
            state[key, 1, h] += bad * factors[h]


@njit(cache=True, nogil=True)
def walk(ids, t_us, from_us, good, bad, wanted, rates, powers, state, reference, after, out):
    """Fold rows in order of ``from_us``; write the origins of each wanted row.

    Rows of one instant are read together before any of them is added (or, with ``after``, once all
    of them are added), so ties in time never see each other half-way.
    """
    factors = np.empty(rates.size)
    sums = np.empty((ids.shape[1], 2, rates.size))
    written = 0
    start = 0
    n = from_us.size
    while start < n:
        now = from_us[start]
        end = start
        while end < n and from_us[end] == now:
            if not after and wanted[end]:
                _read(state, reference, ids[end], now, rates, powers, factors, sums)
                fill_origins(sums, out[written])
                written += 1
            end += 1
        for row in range(start, end):
            for column in range(SUMMED):
                if ids[row, column] >= 0:
                    _bring_to(state, reference, ids[row, column], now, rates, powers, factors)
            fill_factors(now - t_us[row], rates, powers, factors)
            _add(state, ids[row], good[row], bad[row], factors)
        if after:
            for row in range(start, end):
                if wanted[row]:
                    _read(state, reference, ids[row], now, rates, powers, factors, sums)
                    fill_origins(sums, out[written])
                    written += 1
        start = end
    return written


def prequential(
    rows: Rows,
    keys: Keys,
    wanted: BoolArray,
    half_lives_days: tuple[float, ...] = HALF_LIVES_DAYS,
    *,
    after: bool = False,
) -> FloatArray:
    """Origins of the wanted rows, from strictly earlier rows only.

    Args:
        rows: evidence sorted by ``from_us``.
        keys: the keys of ``rows``.
        wanted: (n,) bool, the rows to write out.
        half_lives_days: strictly increasing, in days.
        after: read once the row's own instant is added, instead of just before it.

    Returns:
        (wanted, 6, 2, H) float64: origin, sign (for, against), half-life.

    Raises:
        ValueError: rows are not sorted by ``from_us``.
    """
    if (np.diff(rows.from_us) < 0).any():
        msg = "rows must be sorted by from_us"
        raise ValueError(msg)
    rates = rates_of(half_lives_days)
    state = np.zeros((keys.size, 2, rates.size))
    reference: IntArray = np.full(keys.size, np.iinfo(np.int64).min // 4)
    out = np.empty((int(wanted.sum()), len(ORIGINS), 2, rates.size))
    walk(
        keys.ids, rows.t_us, rows.from_us, rows.good, rows.bad, wanted,
        rates, powers_of(rates), state, reference, after, out,
    )  # fmt: skip
    return out
