"""What was known just before, or just after, each row: the evidence a forecast could have used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

from troth.traces.decay import HALF_LIVES_DAYS, fill_factors, powers_of, rates_of
from troth.traces.keys import ORG_TRUSTEE, PAIR, SUMMED, TRIPLE, TRUSTEE
from troth.traces.origins import ORIGINS, fill_origins

if TYPE_CHECKING:
    from troth.traces.keys import Keys
    from troth.traces.rows import Rows
    from troth.types import BoolArray, FloatArray, IntArray


#: States are kept as of the start of an epoch, which is so many of the shortest half-lives long.
#: Within one, a row's mass is scaled once for all its keys, by 2^32 at most; states themselves are
#: touched by forgetting only when the epoch changes, by factors that are looked up.
EPOCH: Final = 32
_STEPS: Final = 256
_FAR = 1 << 60
_AHEAD = 6


@njit(cache=True, nogil=True)
def _epoch_us(rates):
    return np.int64(EPOCH / rates[0]) if rates[0] > 0.0 else np.int64(_FAR)


@njit(cache=True, nogil=True)
def _bring_to(state, reference, key, epoch, decay):
    """Bring one state to the start of an epoch; states never run backwards in a walk."""
    rates, powers, length, steps = decay
    elapsed = epoch - reference[key]
    if elapsed <= 0:
        return
    reference[key] = epoch
    if elapsed // length < _STEPS:
        factors = steps[elapsed // length]
    else:
        factors = np.empty(rates.size)
        fill_factors(elapsed, rates, powers, factors)
    for sign in range(2):
        for h in range(rates.size):
            state[key, sign, h] *= factors[h]


@njit(cache=True, nogil=True)
def _read(state, reference, ids, epoch, decay, factors, sums):
    """Write the sums of a row's keys at the time that ``factors`` lead to from the epoch."""
    for column in range(ids.size):
        key = ids[column]
        if key < 0:
            sums[column] = 0.0
            continue
        _bring_to(state, reference, key, epoch, decay)
        for sign in range(2):
            for h in range(factors.size):
                sums[column, sign, h] = state[key, sign, h] * factors[h]


@njit(cache=True, nogil=True)
def _add(state, reference, ids, epoch, decay, good, bad, factors):
    for column in range(SUMMED):
        key = ids[column]
        twice = (column == TRIPLE and key == ids[PAIR]) or (
            column == ORG_TRUSTEE and key == ids[TRUSTEE]
        )
        if key < 0 or twice:
            continue
        _bring_to(state, reference, key, epoch, decay)
        for h in range(factors.size):
            state[key, 0, h] += good * factors[h]
        if bad != 0.0:
            for h in range(factors.size):
                state[key, 1, h] += bad * factors[h]


@njit(cache=True, nogil=True)
def _look_at(state, reference, ids):
    """Read the states of a row that comes soon, so that they are near by then."""
    seen = 0.0
    for column in range(ids.size):
        key = max(ids[column], 0)
        seen += state[key, 0, 0] + state[key, 1, state.shape[2] - 1] + reference[key]
    return seen


@njit(cache=True, nogil=True)
def walk(ids, t_us, from_us, good, bad, wanted, rates, powers, state, reference, after, out):
    """Fold rows in order of ``from_us``; write the origins of each wanted row.

    Rows of one instant are read together before any of them is added (or, with ``after``, once all
    of them are added), so ties in time never see each other half-way.
    """
    factors = np.empty(rates.size)
    sums = np.empty((ids.shape[1], 2, rates.size))
    length = _epoch_us(rates)
    steps = np.empty((_STEPS, rates.size))
    for step in range(_STEPS):
        fill_factors(float(step) * length, rates, powers, steps[step])
    decay = (rates, powers, length, steps)
    written = 0
    start = 0
    n = from_us.size
    while start < n:
        now = from_us[start]
        epoch = now // length * length
        end = start
        while end < n and from_us[end] == now:
            if not after and wanted[end]:
                fill_factors(now - epoch, rates, powers, factors)
                _read(state, reference, ids[end], epoch, decay, factors, sums)
                fill_origins(sums, out[written])
                written += 1
            if end + _AHEAD < n:
                sums[0, 0, 0] = _look_at(state, reference, ids[end + _AHEAD])
            end += 1
        for row in range(start, end):
            fill_factors(epoch - t_us[row], rates, powers, factors)
            _add(state, reference, ids[row], epoch, decay, good[row], bad[row], factors)
        if after:
            fill_factors(now - epoch, rates, powers, factors)
            for row in range(start, end):
                if wanted[row]:
                    _read(state, reference, ids[row], epoch, decay, factors, sums)
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
