"""What no event of sense has: ids and names longer than a column holds, evidence beyond all measure.

The ledger can take nothing back, and one weight near the end of floating point would leave a sum
infinite for ever.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.casting import true_where
from troth.ledger.parties import encode
from troth.ledger.raw import Raw, Refusal
from troth.ledger.rejections import records_of
from troth.ledger.schema import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.types import BoolArray

#: Characters that a column of the desk holds.
LONGEST: Final = {
    "event_id": 200, "truster": 200, "trustee": 200, "organisation": 200, "ref": 200,
    "channel": 40, "source": 60,
}  # fmt: skip
#: More evidence than a thousand promises.
MOST: Final = 1000.0


def bounded(raw: Raw) -> Raw:
    """Refuse records beyond measure, each with its column and reason."""
    for name, most in LONGEST.items():
        raw = refuse(raw, _long(raw, name, most), name, "desk.invalid.long", {"limit": most})
    for name in ("weight", *DIMENSIONS):
        raw = refuse(raw, _large(raw, name), name, "desk.invalid.large", {"limit": int(MOST)})
    return raw


def _long(raw: Raw, name: str, most: int) -> BoolArray:
    cells = _cells(raw, name)
    if cells is None or not pa.types.is_string(cells.type):
        return np.zeros(len(raw.table), np.bool_)
    return true_where(pc.greater(pc.utf8_length(cells), most).combine_chunks())


def _large(raw: Raw, name: str) -> BoolArray:
    cells = _cells(raw, name)
    if cells is None:
        return np.zeros(len(raw.table), np.bool_)
    if pa.types.is_string(cells.type):  # text that is no number is named by the checks after this
        return np.array([_number(cell) > MOST for cell in cells.to_pylist()], np.bool_)
    if not (pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type)):
        return np.zeros(len(raw.table), np.bool_)
    return true_where(
        pc.greater(pc.abs(cells.cast(pa.float64(), safe=False)), MOST).combine_chunks()
    )


def _cells(raw: Raw, name: str) -> pa.ChunkedArray | None:
    """A column, with coded text spelt out; None where there is none."""
    if name not in raw.table.column_names:
        return None
    cells = raw.table[name]
    if pa.types.is_dictionary(cells.type) or pa.types.is_large_string(cells.type):
        return cells.cast(pa.string())
    return cells


def names_of(raw: Raw, column: str) -> list[str | None]:
    """(n,) names in a column as the checks will read them; None where there is none."""
    if column not in raw.table.column_names:
        return [None] * len(raw.table)
    names: list[str | None] = encode(raw.table[column]).to_pylist()
    return names


def _number(cell: str | None) -> float:
    """The size of a number in text; 0 where there is none."""
    try:
        return abs(float(cell or 0))
    except ValueError:
        return 0.0


def refuse(raw: Raw, bad: BoolArray, column: str, key: str, values: Mapping[str, object]) -> Raw:
    """Take records out, each with the reason.

    Args:
        raw: the records.
        bad: (n,) those refused.
        column: at fault.
        key: phrase of the reason.
        values: what fills it.
    """
    if not bad.any():
        return raw
    places, kept = np.flatnonzero(bad), np.flatnonzero(~bad)
    told = zip(raw.rows[places].tolist(), records_of(raw.table, places), strict=True)
    refused = [Refusal(row, column, key, dict(values), record) for row, record in told]
    table = raw.table.take(pa.array(kept))
    return replace(raw, table=table, rows=raw.rows[kept], refused=[*raw.refused, *refused])
