"""What is on record already, as far as new records repeat it or refer to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.casting import true_where
from troth.ledger.schema import SCHEMA

if TYPE_CHECKING:
    from troth.ledger.rejections import Marks
    from troth.types import BoolArray

#: Given ids, the events on record that bear them, as a table of ``SCHEMA``.
Known = Callable[[list[str]], pa.Table]


def known_events(columns: dict[str, pa.Array], known: Known) -> pa.Table:
    """The events on record that new records repeat or refer to."""
    ids, refs = columns["event_id"].drop_null(), columns["ref"].drop_null()
    wanted = pc.unique(pa.concat_arrays([ids, refs])) if len(refs) else pc.unique(ids)
    return known(wanted.to_pylist())


def mark_recorded(
    columns: dict[str, pa.Array], marks: Marks, repeated: BoolArray, recorded: pa.Table
) -> None:
    """Tell records that repeat what is on record from those that contradict it.

    Args:
        columns: typed columns of the new records.
        marks: receives a problem for each id that is on record with other content.
        repeated: (n,) set where a record only repeats what is on record.
        recorded: events on record, of ``SCHEMA``.
    """
    if not recorded.num_rows:
        return
    ids = columns["event_id"]
    there = pc.index_in(ids, value_set=recorded["event_id"].combine_chunks())
    again = np.flatnonzero(true_where(pc.is_valid(there)) & marks.good & ~repeated)
    if not again.size:
        return
    place = there.take(pa.array(again))
    same = np.ones(again.size, dtype=np.bool_)
    for name in SCHEMA.names:
        new = _plain(columns[name]).take(pa.array(again))
        old = _plain(recorded[name].combine_chunks()).take(place)
        equal = pc.fill_null(pc.equal(new, old), fill_value=False)
        same &= true_where(pc.or_(equal, pc.and_(pc.is_null(new), pc.is_null(old))))
    repeated[again[same]] = True
    differs = np.zeros(len(ids), dtype=np.bool_)
    differs[again[~same]] = True
    marks.mark(differs, "event_id", "duplicate_differs", ids)


def _plain(cells: pa.Array) -> pa.Array:
    return cells.dictionary_decode() if pa.types.is_dictionary(cells.type) else cells
