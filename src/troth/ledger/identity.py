"""An event's id is its idempotency key: said twice it counts once, said otherwise it is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.casting import true_where
from troth.ledger.fingerprints import may_repeat

if TYPE_CHECKING:
    from troth.ledger.rejections import Marks
    from troth.types import BoolArray, IntArray


def mark_duplicates(columns: dict[str, pa.Array], marks: Marks) -> BoolArray:
    """Find repeated ids among the records that are good so far.

    Args:
        columns: typed columns of all files together, in order of input.
        marks: receives a problem for each id that was used before with other content.

    Returns:
        (n,) records that only repeat an earlier one.
    """
    ids = columns["event_id"]
    repeated = np.zeros(len(ids), dtype=np.bool_)
    if not may_repeat(ids):
        return repeated
    good = np.flatnonzero(marks.good)
    later, first = _repeats(ids.take(pa.array(good)))
    later, first = good[later], good[first]
    same = np.ones(later.size, dtype=np.bool_)
    for cells in columns.values():
        same &= _alike(cells, later, first)
    repeated[later[same]] = True
    differs = np.zeros_like(repeated)
    differs[later[~same]] = True
    marks.mark(differs, "event_id", "duplicate_differs", ids)
    return repeated


def _repeats(ids: pa.Array) -> tuple[IntArray, IntArray]:
    """Positions of repeated ids, and of the first record with that id."""
    coded = ids.dictionary_encode()
    codes = coded.indices.to_numpy()
    first = np.empty(len(coded.dictionary), dtype=np.int64)
    first[codes[::-1]] = np.arange(codes.size - 1, -1, -1)
    later = np.flatnonzero(first[codes] != np.arange(codes.size))
    return later, first[codes[later]]


def _alike(cells: pa.Array, later: IntArray, first: IntArray) -> BoolArray:
    one, other = cells.take(pa.array(later)), cells.take(pa.array(first))
    if pa.types.is_dictionary(one.type):
        one, other = one.indices, other.indices
    equal = pc.fill_null(pc.equal(one, other), fill_value=False)
    both_null = pc.and_(pc.is_null(one), pc.is_null(other))
    return true_where(pc.or_(equal, both_null))
