"""Compiled counting of hashed n-grams over plain code points; the same numbers on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from troth.types import AnyArray

#: What a unit of an n-gram is: characters across blanks, characters inside one word, whole words.
CHARS, INSIDE, WORDS = 0, 1, 2
_BLANK = np.uint64(32)
_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


@njit(cache=True, nogil=True, inline="always")
def _mixed(state: np.uint64, value: np.uint64) -> np.uint64:
    state = (state ^ value) * _ODD
    return state ^ (state >> _SHIFT)


@njit(cache=True, nogil=True)
def _is_blank(code: int) -> bool:
    return code <= 32 or code in (0x85, 0xA0, 0x2028, 0x2029, 0x3000)


@njit(cache=True, nogil=True)
def _is_letter(code: int) -> bool:
    """Of an alphabet written with blanks between words (to U+052F), a digit or an apostrophe."""
    if code < 0x80:
        return 97 <= code <= 122 or 48 <= code <= 57 or 65 <= code <= 90 or code == 39
    return 0xC0 <= code < 0x530 and code not in (0xD7, 0xF7)


@njit(cache=True, nogil=True)
def _as_chars(codes: AnyArray, units: AnyArray) -> int:
    """Characters with one blank before, after, and for each run of blanks."""
    units[0] = _BLANK
    size = 1
    for code in codes:
        if not _is_blank(code):
            units[size] = code
            size += 1
        elif units[size - 1] != _BLANK:
            units[size] = _BLANK
            size += 1
    if units[size - 1] != _BLANK:
        units[size] = _BLANK
        size += 1
    return size


@njit(cache=True, nogil=True)
def _as_words(codes: AnyArray, units: AnyArray) -> int:
    """Hashes of words; a sign or a Chinese character is a word of its own; blanks mark both ends."""
    units[0] = _BLANK
    size = 1
    at = 0
    while at < codes.size:
        if _is_blank(codes[at]):
            at += 1
            continue
        state = _mixed(np.uint64(7), np.uint64(codes[at]))
        letter = _is_letter(codes[at])
        at += 1
        while letter and at < codes.size and _is_letter(codes[at]):
            state = _mixed(state, np.uint64(codes[at]))
            at += 1
        units[size] = state
        size += 1
    units[size] = _BLANK
    return size + 1


@njit(cache=True, nogil=True)
def _grams_of(units: AnyArray, spec: tuple[int, int, int, int], out: AnyArray) -> int:
    """The buckets of one text's n-grams, unsorted, a bucket as often as it occurs."""
    unit, low, high, bits = spec
    found = 0
    for start in range(units.size):
        state = np.uint64(unit + 1)
        for end in range(start, min(start + high, units.size)):
            state = _mixed(state, units[end])
            width = end - start + 1
            if width >= low and not (width == 1 and units[end] == _BLANK):
                out[found] = (state * _ODD) >> np.uint64(64 - bits)
                found += 1
            if unit == INSIDE and end > start and units[end] == _BLANK:
                break
    return found


@njit(cache=True, nogil=True)
def count_grams(
    codes: AnyArray, starts: AnyArray, spec: tuple[int, int, int, int]
) -> tuple[AnyArray, AnyArray, AnyArray]:
    """Count each text's n-grams by bucket.

    Args:
        codes: uint32, the plain code points of all texts, one after another.
        starts: (n + 1,) int64, where each text begins.
        spec: unit (CHARS, INSIDE or WORDS), shortest and longest n-gram, log2 of the buckets.

    Returns:
        The three arrays of a CSR matrix: counts float32, buckets int32 rising in each row, row starts.
    """
    unit, low, high, _ = spec
    longest = 0
    for i in range(starts.size - 1):
        longest = max(longest, starts[i + 1] - starts[i])
    units = np.empty(longest + 2, np.uint64)
    room = np.empty((longest + 2) * (high - low + 1), np.uint32)
    rows = np.zeros(starts.size, np.int64)
    columns = np.empty((codes.size + 2 * starts.size) * (high - low + 1), np.int32)
    counts = np.empty(columns.size, np.float32)
    at = 0
    for i in range(starts.size - 1):
        text = codes[starts[i] : starts[i + 1]]
        size = _as_words(text, units) if unit == WORDS else _as_chars(text, units)
        found = np.sort(room[: _grams_of(units[:size], spec, room)])
        for j in range(found.size):
            if j and found[j] == found[j - 1]:
                counts[at - 1] += np.float32(1)
            else:
                columns[at] = found[j]
                counts[at] = np.float32(1)
                at += 1
        rows[i + 1] = at
    return counts[:at].copy(), columns[:at].copy(), rows
