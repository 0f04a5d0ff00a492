"""The six origins of a forecast, as differences of sums."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from numba import njit

from troth.traces.keys import (
    HOUSE,
    ORG_TRUSTEE,
    ORGANISATION,
    PAIR,
    REVERSE,
    TRIPLE,
    TRUSTEE,
    TRUSTER,
)

if TYPE_CHECKING:
    from troth.types import FloatArray

ORIGINS: Final = ("direct", "house", "reputation", "organisation", "disposition", "reciprocity")
DIRECT, IN_HOUSE, REPUTATION, CULTURE, DISPOSITION, RECIPROCITY = range(6)
#: A difference this small beside its minuend is rounding, not evidence.
ROUNDING: Final = 1e-9


@njit(cache=True, nogil=True)
def without(minuend: float, subtrahend: float) -> float:
    """``minuend − subtrahend``, never negative, and 0 where only rounding is left."""
    difference = minuend - subtrahend
    return difference if difference > ROUNDING * minuend else 0.0


@njit(cache=True, nogil=True)
def fill_origins(sums: FloatArray, out: FloatArray) -> None:
    """Write the six origins of one forecast.

    Args:
        sums: (8, 2, H) the sums of the row's keys, in the order of ``troth.traces.keys``; zeros
            where a key is missing.
        out: (6, 2, H) receives mass for and against by origin and half-life.
    """
    for sign in range(2):
        for h in range(sums.shape[2]):
            pair = sums[PAIR, sign, h]
            house = without(sums[HOUSE, sign, h], sums[TRIPLE, sign, h])
            out[DIRECT, sign, h] = max(0.0, pair)
            out[IN_HOUSE, sign, h] = house
            out[REPUTATION, sign, h] = without(sums[TRUSTEE, sign, h], pair)
            out[CULTURE, sign, h] = without(
                sums[ORGANISATION, sign, h] - sums[ORG_TRUSTEE, sign, h],
                sums[HOUSE, sign, h] - sums[TRIPLE, sign, h],
            )
            out[DISPOSITION, sign, h] = without(sums[TRUSTER, sign, h], pair)
            out[RECIPROCITY, sign, h] = max(0.0, sums[REVERSE, sign, h])
