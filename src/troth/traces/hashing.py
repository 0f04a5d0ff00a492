"""Number the distinct values of an integer column in order of first appearance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from troth.types import CodeArray, IntArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_EMPTY = -1


@njit(cache=True, nogil=True)
def slot_of(key, shift):
    """Fibonacci hashing: the top bits of key × 2^64/φ. ``shift`` is 64 − log2(table size)."""
    mixed = np.uint64(key) * _GOLDEN
    mixed ^= mixed >> np.uint64(29)
    return np.int64((mixed * _GOLDEN) >> np.uint64(shift))


@njit(cache=True, nogil=True)
def _grow(slots: CodeArray, keys: IntArray, count: int, bits: int) -> CodeArray:
    mask = (1 << bits) - 1
    for code in range(count):
        slot = slot_of(keys[code], 64 - bits)
        while slots[slot] != _EMPTY:
            slot = (slot + 1) & mask
        slots[slot] = code
    return slots


@njit(cache=True, nogil=True)
def _number(values: IntArray) -> tuple[CodeArray, IntArray]:
    bits = 10
    slots = np.full(1 << bits, _EMPTY, np.int32)
    keys = np.empty(1 << (bits - 1), np.int64)
    codes = np.empty(values.size, np.int32)
    count = 0
    for row in range(values.size):
        key = values[row]
        mask = slots.size - 1
        slot = slot_of(key, 64 - bits)
        while slots[slot] != _EMPTY and keys[slots[slot]] != key:
            slot = (slot + 1) & mask
        if slots[slot] == _EMPTY:
            if count == keys.size:
                bits += 1
                larger = np.empty(keys.size * 2, np.int64)
                larger[: keys.size] = keys
                keys = larger
                slots = _grow(np.full(1 << bits, _EMPTY, np.int32), keys, count, bits)
                mask = slots.size - 1
                slot = slot_of(key, 64 - bits)
                while slots[slot] != _EMPTY:
                    slot = (slot + 1) & mask
            slots[slot] = count
            keys[count] = key
            count += 1
        codes[row] = slots[slot]
    return codes, keys[:count].copy()


def number(values: IntArray) -> tuple[CodeArray, IntArray]:
    """Number distinct values 0, 1, 2 … by first appearance.

    Args:
        values: (n,) int64.

    Returns:
        codes (n,) int32, and the distinct values (m,) int64 so that ``distinct[codes] == values``.
    """
    codes, distinct = _number(np.ascontiguousarray(values, dtype=np.int64))
    return codes, distinct


def pack(first: CodeArray | IntArray, second: CodeArray | IntArray) -> IntArray:
    """Two codes in one int64; −1 where either is missing (negative)."""
    packed = (first.astype(np.int64) << 32) | second.astype(np.int64)
    packed[(first < 0) | (second < 0)] = -1
    return packed


@njit(cache=True, nogil=True)
def _find(keys: IntArray, slots: CodeArray, bits: int, wanted: IntArray) -> CodeArray:
    found = np.empty(wanted.size, np.int32)
    mask = (1 << bits) - 1
    for row in range(wanted.size):
        slot = slot_of(wanted[row], 64 - bits)
        while slots[slot] != _EMPTY and keys[slots[slot]] != wanted[row]:
            slot = (slot + 1) & mask
        found[row] = slots[slot]
    return found


def slots_of(distinct: IntArray) -> CodeArray:
    """A table that finds ``distinct`` values again, to be kept where one asks more than once.

    Args:
        distinct: (m,) int64 without repeats.

    Returns:
        (2^bits,) int32 positions in ``distinct``; −1 in free slots.
    """
    bits = max(4, int(distinct.size * 2).bit_length())
    return _grow(np.full(1 << bits, _EMPTY, np.int32), distinct, distinct.size, bits)


def find(distinct: IntArray, wanted: IntArray, slots: CodeArray | None = None) -> CodeArray:
    """Codes of ``wanted`` among ``distinct``; −1 where a value is not there.

    Args:
        distinct: (m,) int64 without repeats.
        wanted: (n,) int64.
        slots: ``slots_of(distinct)``, where it is kept.

    Returns:
        (n,) int32.
    """
    slots = slots_of(distinct) if slots is None else slots
    bits = slots.size.bit_length() - 1
    return _find(distinct, slots, bits, np.ascontiguousarray(wanted, dtype=np.int64))
