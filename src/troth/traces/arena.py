"""Room for the finest sums of a run, and the fold that fills it.

All parts share three long arrays and take rows from them page by page; each part finds its own
keys through an open-addressing table. Nothing is copied as a part grows, and the arrays themselves
become the result: fresh memory is what a large run waits for most.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numba import njit

from troth.traces.blocks import WIDE
from troth.traces.decay import fill_factor_columns
from troth.traces.hashing import slot_of
from troth.types import CodeArray, FloatArray, IntArray

#: Rows that a part takes at a time.
PAGE: Final = 256
_EMPTY = -1
#: Stands for the organisation of a row that no part has used.
_HOLE = -2

#: pairs (R,) int64, organisations (R,) int32, values (R, W) float64; and of each page, the page
#: that its part took after it, (R / PAGE,) int32.
Arena = tuple[IntArray, CodeArray, FloatArray, CodeArray]
#: Slots (2^bits, 2) int64, see ``locate``; and next free row, end of the page, rows in use, first
#: and last page.
#: The keys stand in the slots themselves, so that finding one touches one line of memory.
Part = tuple[IntArray, IntArray]


def empty_arena(rows: int, width: int) -> Arena:
    """Room for ``rows``, which takes memory only where it is used."""
    pages = -(-rows // PAGE)
    rows = pages * PAGE
    return (
        np.empty(rows, np.int64),
        np.empty(rows, np.int32),
        np.empty((rows, width)),
        np.empty(pages, np.int32),
    )


def larger_arena(arena: Arena, used: int, rows: int) -> Arena:
    """A copy with room for ``rows``, of which ``used`` are taken."""
    larger = empty_arena(rows, arena[2].shape[1])
    for column, taken in enumerate((used, used, used, used // PAGE)):
        larger[column][:taken] = arena[column][:taken]
    return larger


def empty_parts(parts: int, rows: int) -> list[Part]:
    """Parts with nothing in them.

    Args:
        parts: how many.
        rows: how many rows all of them together expect at first.

    Returns:
        Tables that lie side by side and grow on their own.
    """
    slots = 1 << max(6, (rows // parts - 1).bit_length())
    side_by_side = np.full((parts, slots, 2), _EMPTY, np.int64)
    return [(own, np.array([0, 0, 0, _EMPTY, _EMPTY, 0])) for own in side_by_side]


@njit(cache=True, nogil=True)
def home_of(pair, house):
    """Where a key is looked for first, before it is cut to the size of the table."""
    return slot_of(pair ^ (house << 20), 8)


@njit(cache=True, nogil=True)
def locate(slots, pair, house):
    """The slot of a key, or the free slot where it belongs.

    Args:
        slots: (2^bits, 2) int64: pair; and arena row × 2^32 + house, or −1 where free.
        pair: truster and trustee, packed.
        house: organisation + 1, so 0 for none.

    Returns:
        the slot's number.
    """
    mask = slots.shape[0] - 1
    slot = home_of(pair, house) & mask
    while slots[slot, 1] != _EMPTY:
        if slots[slot, 0] == pair and slots[slot, 1] & 0xFFFFFFFF == house:
            break
        slot = (slot + 1) & mask
    return slot


@njit(cache=True, nogil=True)
def enlarge(slots):
    """The same table with twice the slots."""
    larger = np.full((2 * slots.shape[0], 2), _EMPTY, np.int64)
    for old in range(slots.shape[0]):
        pair, rest = slots[old]
        if rest != _EMPTY:
            slot = locate(larger, pair, rest & 0xFFFFFFFF)
            larger[slot, 0], larger[slot, 1] = pair, rest
    return larger


@njit(cache=True, nogil=True)
def _new_row(arena, use, pages):
    """A fresh row for a part, from its page or from the thread's next page (number, step)."""
    _, organisations, values, after = arena
    if use[0] == use[1]:
        after[pages[0]] = _EMPTY
        if use[3] == _EMPTY:
            use[3] = pages[0]
        else:
            after[use[4]] = pages[0]
        use[4] = pages[0]
        use[0] = pages[0] * PAGE
        use[1] = use[0] + PAGE
        pages[0] += pages[1]
        organisations[use[0] : use[1]] = _HOLE
        values[use[0] : use[1]] = 0.0
    row = use[0]
    use[0] += 1
    use[2] += 1
    return row


@njit(cache=True, nogil=True)
def _find_all(arena, part, rows, pages, found):
    """Write the arena row of each row's key, making room for new ones; give back the slots.

    The first look, at the slot where a key is at home, has no branch that waits for memory; only
    the keys that are not at home are looked for one by one.
    """
    pairs, organisations, _, _ = arena
    slots, use = part
    mask = slots.shape[0] - 1
    astray = np.empty(rows.shape[0], np.int32)
    count = 0
    for i in range(rows.shape[0]):
        pair, house = rows[i, 0], rows[i, 1] + 1
        slot = home_of(pair, house) & mask
        found[i] = slots[slot, 1] >> 32
        astray[count] = i
        count += (slots[slot, 0] != pair) | (slots[slot, 1] & 0xFFFFFFFF != house)
    for i in astray[:count]:
        pair, house = rows[i, 0], rows[i, 1] + 1
        slot = locate(slots, pair, house)
        if slots[slot, 1] == _EMPTY:
            if 3 * use[2] >= 2 * slots.shape[0]:
                slots = enlarge(slots)
                slot = locate(slots, pair, house)
            row = _new_row(arena, use, pages)
            pairs[row], organisations[row] = pair, house - 1
            slots[slot, 0], slots[slot, 1] = pair, (row << 32) | house
        found[i] = slots[slot, 1] >> 32
    return slots


@njit(cache=True, nogil=True)
def _add_all(values, rows, found, decay):
    """Add rows (whole, real) to the sums at the places found."""
    whole, real = rows
    rates, dimension_rate = decay
    lives = rates.size
    factors = np.empty((lives, whole.shape[0]))
    fill_factor_columns(whole[:, 2], rates, factors)
    for i in range(whole.shape[0]):
        row = found[i]
        for sign in range(2):
            mass = real[i, 3 + sign]
            if mass == 0.0:
                continue
            for h in range(lives):
                values[row, sign * lives + h] += mass * factors[h, i]
            if whole.shape[1] == WIDE:
                left = mass * np.exp2(-whole[i, 2] * dimension_rate)
                for d in range(4):
                    values[row, 2 * lives + 4 * sign + d] += left * real[i, 5 + d]


@njit(cache=True, nogil=True)
def _draw_near(arena, slots, use):
    """Read a part from end to end, so that the random reads to come find it in the cache."""
    values, after = arena[2], arena[3]
    seen = 0
    for slot in range(0, slots.shape[0], 4):
        seen ^= slots[slot, 1]
    total = 0.0
    page = use[3]
    while page != _EMPTY:
        for row in range(page * PAGE, (page + 1) * PAGE):
            for column in range(0, values.shape[1], 8):
                total += values[row, column]
        page = after[page]
    use[5] = seen + (total > 0.0)  # Or the compiler would leave the reads out.


@njit(cache=True, nogil=True)
def fold_part(arena, part, number, blocks, pages, decay):
    """Add the rows of part ``number`` in several blocks to its sums.

    The places of a block's rows are found before any sum is touched, so that waits overlap.

    Args:
        arena: with room enough.
        part: its table.
        number: which part it is.
        blocks: whole (B, n, 5 or 9) int64, real (the same memory as float64), starts (B, P + 1).
        pages: (2,) int64, the thread's next page and the step to the one after.
        decay: rates (H,), and the rate of the dimensions' sums.

    Returns:
        the part, with more slots where need be.
    """
    whole, real, starts = blocks
    slots, use = part
    _draw_near(arena, slots, use)
    found = np.empty(whole.shape[1], np.int32)
    for block in range(starts.shape[0]):
        a, b = starts[block, number], starts[block, number + 1]
        slots = _find_all(arena, (slots, use), whole[block, a:b], pages, found)
        _add_all(arena[2], (whole[block, a:b], real[block, a:b]), found, decay)
    return slots, use


@njit(cache=True, nogil=True)
def _close_gaps(arena, limit):
    pairs, organisations, values, _ = arena
    hole, last = 0, limit - 1
    while True:
        while hole <= last and organisations[hole] != _HOLE:
            hole += 1
        while last > hole and organisations[last] == _HOLE:
            last -= 1
        if hole >= last:
            return hole
        pairs[hole], organisations[hole] = pairs[last], organisations[last]
        values[hole] = values[last]
        organisations[last] = _HOLE


def close_gaps(arena: Arena, pages: list[IntArray]) -> int:
    """Move the last rows into the holes that half-used pages left.

    Args:
        arena: the room.
        pages: of each thread, its next page and the step.

    Returns:
        how many rows are in use, which are now the first ones.
    """
    end = max(int(page[0]) for page in pages)
    for first, step in pages:
        for page in range(first, end, step):
            arena[1][page * PAGE : (page + 1) * PAGE] = _HOLE
    return int(_close_gaps(arena, end * PAGE))
