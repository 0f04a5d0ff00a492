"""Scatter rows by part of the trusters, so that each part can be folded close to the processor."""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from troth.traces.hashing import slot_of

#: Rows in a part, as binary digits: so many that its sums stay in a processor's second cache.
PART_DIGITS: Final = 17
MOST_BITS: Final = 11
#: How many rows a key is taken to stand for.
ROWS_A_KEY: Final = 8
#: Words of a row in a block: pair, organisation, elapsed, good, bad, and four loadings where kept.
NARROW, WIDE = 5, 9


def part_bits(rows: int) -> int:
    """Into how many parts (as a power of two) so many rows are best split."""
    return min(MOST_BITS, max(0, rows.bit_length() - PART_DIGITS))


@njit(cache=True, nogil=True)
def part_of(truster, bits):
    """The part, below 2^bits, that a truster's keys live in.

    Middle bits of the hash: tables take the top ones, and would be crowded by keys that share them.
    """
    return slot_of(truster, 32) & ((1 << bits) - 1)


@njit(cache=True, nogil=True)
def scatter(columns, query, block, starts):
    """Write the rows known before a time into a block, part after part.

    Args:
        columns: truster, trustee, organisation, t_us, from_us, good, bad, loadings; all (n,) but
            the last, (n, 4), or (0, 4) where loadings are not kept.
        query: the time; the binary digits of the number of parts; and whether the columns hold
            weight and outcome where good and bad mass should be.
        block: (whole, real), one memory seen as (≥ n, 5 or 9) int64 and float64.
        starts: (2^bits + 1,) int64 receives where each part starts.

    Returns:
        the sum of all mass, not finite where some mass is not; and a negative number where a code
        is negative.
    """
    truster, trustee, organisation, t_us, from_us, good, bad, loadings = columns
    at_us, bits, weighed = query
    whole, real = block
    starts[:] = 0
    parts = np.empty(truster.size, np.int16)
    for row in range(truster.size):
        parts[row] = part_of(truster[row], bits)
        starts[parts[row] + 1] += from_us[row] < at_us
    for part in range(starts.size - 1):
        starts[part + 1] += starts[part]
    free = starts[:-1].copy()
    total, signs = 0.0, 0
    for row in range(truster.size):
        signs |= truster[row] | trustee[row]
        total += good[row] + bad[row]
        if from_us[row] >= at_us:
            continue
        place = free[parts[row]]
        free[parts[row]] += 1
        whole[place, 0] = (np.int64(truster[row]) << 32) | np.int64(trustee[row])
        whole[place, 1] = organisation[row]
        whole[place, 2] = at_us - t_us[row]
        real[place, 3] = good[row] * bad[row] if weighed else good[row]
        real[place, 4] = good[row] * (1.0 - bad[row]) if weighed else bad[row]
        if loadings.shape[0]:
            real[place, 5:9] = loadings[row]
    return total, signs
