"""Which sums a row of evidence goes into, and which sums a forecast reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.hashing import find, number, pack

if TYPE_CHECKING:
    from troth.traces.rows import Rows
    from troth.types import CodeArray, IntArray

#: Columns of ``Keys.ids``. The first seven are summed; ``REVERSE`` is read only.
PAIR, HOUSE, TRUSTEE, ORGANISATION, ORG_TRUSTEE, TRUSTER, TRIPLE, REVERSE = range(8)
SUMMED = 7


@dataclass(frozen=True)
class Keys:
    """The sums that each row belongs to, numbered through all kinds of key.

    Attributes:
        ids: (n, 8) int32 position of each key in one table of states; −1 where there is none.
            ``TRIPLE`` is the pair within one organisation: it is the pair's own state wherever no
            pair spans two organisations, and so is ``ORG_TRUSTEE`` the trustee's.
        size: how many states there are.
        pair_of: (pairs,) int64 packed (truster, trustee) of pair states 0, 1, 2 ….
    """

    ids: CodeArray
    size: int
    pair_of: IntArray


def keys_of(rows: Rows) -> Keys:
    """Number every key of ``rows``.

    Args:
        rows: evidence in any order.

    Returns:
        The keys, row by row.
    """
    pair, pairs = number(pack(rows.truster, rows.trustee))
    columns = {PAIR: pair, REVERSE: find(pairs, pack(rows.trustee, rows.truster))}
    distinct = {PAIR: pairs.size}
    size = int(pairs.size)

    def add(column: int, values: IntArray, coarse: int = -1) -> None:
        nonlocal size
        here = values >= 0
        everywhere = bool(here.all())
        codes, found = number(values if everywhere else values[here])
        distinct[column] = found.size
        if coarse >= 0 and everywhere and found.size == distinct[coarse]:
            columns[column] = columns[coarse]
            return
        codes += np.int32(size)
        columns[column] = codes if everywhere else np.full(values.size, -1, dtype=np.int32)
        if not everywhere:
            columns[column][here] = codes
        size += int(found.size)

    add(HOUSE, pack(rows.truster, rows.organisation))
    add(TRUSTEE, rows.trustee.astype(np.int64))
    add(ORGANISATION, rows.organisation.astype(np.int64))
    add(ORG_TRUSTEE, pack(rows.organisation, rows.trustee), TRUSTEE)
    add(TRUSTER, rows.truster.astype(np.int64))
    if columns[ORG_TRUSTEE] is columns[TRUSTEE]:
        columns[TRIPLE] = pair  # Each trustee has one organisation, so no pair spans two.
    else:
        add(TRIPLE, pack(pair, rows.organisation), PAIR)
    ids = np.ascontiguousarray(np.column_stack([columns[i] for i in range(8)]), dtype=np.int32)
    return Keys(ids, size, pairs)
