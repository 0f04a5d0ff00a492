"""Exponential forgetting: how much of a mass is left after some time.

Half-lives are ordered from short to long and the last one may be infinite. Where one half-life is
a whole multiple of the next shorter one, the shorter factor is a power of the longer, which saves
most of the exponentials (docs/explanation/the-formula.md).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from troth.types import FloatArray, IntArray

HOUR_US: Final = 3_600_000_000
DAY_US: Final = 24 * HOUR_US
HALF_LIVES_DAYS: Final = (0.25, 2.0, 14.0, 90.0, np.inf)
#: A factor below 2^-64 cannot move a sum by 1e-9 and is taken as nothing.
FLOOR: Final = -64.0
#: Above this multiple a power costs more than an exponential.
LONGEST_POWER: Final = 16


def rates_of(half_lives_days: tuple[float, ...]) -> FloatArray:
    """Turn half-lives into halvings per microsecond.

    Args:
        half_lives_days: strictly increasing, in days, > 0; at infinity nothing is forgotten.

    Returns:
        (H,) float64, halvings per microsecond; 0 for an infinite half-life.

    Raises:
        ValueError: half-lives are empty, not positive, or not strictly increasing.
    """
    lives = np.asarray(half_lives_days, dtype=np.float64)
    if lives.size == 0 or not (lives > 0).all() or not (np.diff(lives) > 0).all():
        msg = f"half-lives must be positive and strictly increasing, got {half_lives_days}"
        raise ValueError(msg)
    return 1.0 / (lives * DAY_US)


def powers_of(rates: FloatArray) -> IntArray:
    """For each half-life, the whole multiple that the next longer one is of it, or 0 for none.

    Args:
        rates: (H,) halvings per microsecond, decreasing.

    Returns:
        (H,) int64; a factor with power k is the next longer half-life's factor to the k-th power.
    """
    powers = np.zeros(rates.size, dtype=np.int64)
    for i in range(rates.size - 1):
        if rates[i + 1] > 0:
            multiple = rates[i] / rates[i + 1]
            if abs(multiple - round(multiple)) < 1e-12 and round(multiple) <= LONGEST_POWER:
                powers[i] = round(multiple)
    return powers


@njit(cache=True, nogil=True)
def fill_factors(elapsed_us: float, rates: FloatArray, powers: IntArray, out: FloatArray) -> None:
    """Write 2^(-elapsed/h) for every half-life into ``out``, from the longest to the shortest."""
    for i in range(rates.size - 1, -1, -1):
        rate = rates[i]
        if rate == 0.0:
            out[i] = 1.0
            continue
        exponent = -elapsed_us * rate
        if exponent < FLOOR:
            out[i] = 0.0
        elif powers[i] > 0:
            base = out[i + 1]
            value = base
            for _ in range(powers[i] - 1):
                value *= base
            out[i] = value
        else:
            out[i] = np.exp2(exponent)


#: ln 2 to the n-th, divided by n!: the series of 2^x, exact to the last digit for |x| ≤ 1/2.
_SERIES: Final = tuple(math.log(2) ** n / math.factorial(n) for n in range(14))


@njit(cache=True, nogil=True)
def fill_factor_columns(elapsed_us: IntArray, rates: FloatArray, out: FloatArray) -> None:
    """``fill_factors`` for many times at once, in loops that processors take four steps at a time.

    Done so, an exponential costs a nanosecond, and powers would save nothing.

    Args:
        elapsed_us: (n,) int64.
        rates: (H,) halvings per microsecond, decreasing.
        out: (H, n) receives 2^(-elapsed/h).
    """
    exponents = np.empty(elapsed_us.size)
    bits = np.empty(elapsed_us.size, np.int64)
    scale = bits.view(np.float64)
    for h in range(rates.size):
        if rates[h] == 0.0:
            out[h] = 1.0
            continue
        for i in range(elapsed_us.size):
            exponents[i] = -elapsed_us[i] * rates[h]
            bits[i] = np.int64(np.floor(max(exponents[i], FLOOR) + 0.5))
        for i in range(elapsed_us.size):
            x = max(exponents[i], FLOOR) - bits[i]
            value = _SERIES[13]
            for n in range(12, -1, -1):
                value = value * x + _SERIES[n]
            out[h, i] = value if exponents[i] >= FLOOR else 0.0
            bits[i] = (bits[i] + 1023) << 52
        for i in range(elapsed_us.size):
            out[h, i] *= scale[i]
