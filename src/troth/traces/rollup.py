"""Roll the finest sums up to every other kind of key. Rows are never read again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from troth.traces.hashing import number, pack
from troth.types import CodeArray, FloatArray, IntArray

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from troth.traces.ground import Ground

#: Distinct keys (K,) int64 and their values (K, W).
Rolled = tuple[IntArray, FloatArray]


@njit(cache=True, nogil=True)
def _add(values, rows, codes, shift, out):
    for i in range(codes.size):
        code = codes[i]
        if code >= 0:
            for column in range(values.shape[1]):
                out[code + shift, column] += values[rows[i], column]


def number_present(keys: IntArray) -> tuple[CodeArray, IntArray]:
    """``number``, with −1 for negative keys, which stand for nothing.

    Args:
        keys: (n,) int64.

    Returns:
        codes (n,) int32 and the distinct keys ≥ 0.
    """
    here = keys >= 0
    if here.all():
        return number(keys)
    codes = np.full(keys.size, -1, np.int32)
    codes[here], distinct = number(keys[here])
    return codes, distinct


def total(keys: IntArray, values: FloatArray) -> Rolled:
    """Sum ``values`` by ``keys``; negative keys are left out.

    Args:
        keys: (n,) int64.
        values: (n, W).

    Returns:
        The distinct keys and their sums.
    """
    codes, distinct = number_present(keys)
    out = np.zeros((distinct.size, values.shape[1]))
    _add(values, np.arange(keys.size, dtype=np.int32), codes, 0, out)
    return distinct, out


def _total_by_part(ground: Ground, second: str, parts: list[CodeArray], pool: Executor) -> Rolled:
    """Sum by truster and ``second`` (a column, or nothing), part by part."""

    def numbered(rows: CodeArray) -> tuple[CodeArray, IntArray]:
        pair = ground.pair[rows]
        if second == "trustee":
            return number_present(pair)
        truster = pair >> 32
        if second == "organisation":
            return number_present(pack(truster, ground.organisation[rows]))
        return number_present(truster)

    found = list(pool.map(numbered, parts))
    shifts = np.cumsum([0, *(distinct.size for _, distinct in found)])
    out = np.zeros((int(shifts[-1]), ground.values.shape[1]))

    def added(i: int) -> None:
        _add(ground.values, parts[i], found[i][0], shifts[i], out)

    list(pool.map(added, range(len(parts))))
    return np.concatenate([distinct for _, distinct in found]), out


def _by_trustee(ground: Ground) -> Rolled:
    """Sum by (organisation or none, trustee); the organisation is shifted by one in the key."""
    return total(pack(ground.organisation + np.int32(1), ground.trustee), ground.values)


def roll_up(ground: Ground, threads: int) -> dict[str, Rolled]:
    """Sum ``ground`` by every coarser kind of key.

    Args:
        ground: the finest sums.
        threads: how many work at once.

    Returns:
        ``pair``, ``house``, ``trustee``, ``organisation``, ``org_trustee``, ``truster``, keyed as
        in ``troth.traces.tables``.
    """
    with ThreadPoolExecutor(threads) as pool:
        waiting = pool.submit(_by_trustee, ground)
        parts = ground.parts()
        house = _total_by_part(ground, "organisation", parts, pool)
        truster = _total_by_part(ground, "", parts, pool)
        both, values = waiting.result()
        trustee = total(both & 0xFFFFFFFF, values)
        if trustee[0].size == both.size:
            # Each trustee has one organisation, so no pair spans two: the finest are the pairs'.
            pair = (ground.pair, ground.values)
        else:
            pair = _total_by_part(ground, "trustee", parts, pool)
    inside = both >> 32 > 0
    organisation = total(np.where(inside, (both >> 32) - 1, -1), values)
    org_trustee = (both[inside] - (1 << 32), values if inside.all() else values[inside])
    return {
        "pair": pair,
        "house": house,
        "trustee": trustee,
        "organisation": organisation,
        "org_trustee": org_trustee,
        "truster": truster,
    }
