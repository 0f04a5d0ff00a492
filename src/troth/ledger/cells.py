"""Cells that no column should hold: far too long, with NUL bytes, or in no known encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.casting import one_chunk
from troth.ledger.decode import MARK
from troth.ledger.schema import LONGEST_CELL

if TYPE_CHECKING:
    from troth.ledger.raw import Raw
    from troth.ledger.rejections import Marks
    from troth.types import BoolArray


def mark_broken_cells(raw: Raw, marks: Marks) -> None:
    """Mark records with a broken cell in any column.

    Args:
        raw: a file's records.
        marks: receives the problems.
    """
    for name, column in zip(raw.table.column_names, raw.table.columns, strict=True):
        if not (pa.types.is_string(column.type) or pa.types.is_dictionary(column.type)):
            continue
        cells = one_chunk(column)
        lengths = _lengths(cells)
        if lengths.size and lengths.max() > LONGEST_CELL:
            marks.mark(
                _spread(cells, lengths > LONGEST_CELL),
                name,
                "cell_too_long",
                lambda position, cells=cells: {"value": f"{len(cells[position].as_py().encode()):,}"},
            )
        if _holds(cells, b"\x00"):
            marks.mark(_spread(cells, _found(cells, "\x00")), name, "nul_byte")
        if raw.undecodable:
            marks.mark(_spread(cells, _found(cells, MARK)), name, "encoding_unknown")


def _entries(cells: pa.Array) -> pa.Array:
    return cells.dictionary if pa.types.is_dictionary(cells.type) else cells


def _lengths(cells: pa.Array) -> np.ndarray:
    """Bytes of each distinct cell, read off the offsets, which costs nothing."""
    entries = _entries(cells)
    offsets = np.frombuffer(entries.buffers()[1] or b"\0\0\0\0", np.int32)
    return np.diff(offsets[entries.offset : entries.offset + len(entries) + 1])


def _holds(cells: pa.Array, byte: bytes) -> bool:
    """Whether the byte is anywhere in the column's buffer: one quick look at memory."""
    data = _entries(cells).buffers()[2]
    return data is not None and bool((np.frombuffer(data, np.uint8) == byte[0]).any())


def _found(cells: pa.Array, text: str) -> BoolArray:
    found: BoolArray = pc.fill_null(  # noqa: FBT003 - its own API
        pc.match_substring(_entries(cells), text), False
    ).to_numpy(zero_copy_only=False)
    return found


def _spread(cells: pa.Array, bad: BoolArray) -> BoolArray:
    """From distinct cells to records."""
    if not pa.types.is_dictionary(cells.type):
        return bad
    codes = pc.fill_null(cells.indices.cast(pa.int32()), -1).to_numpy(zero_copy_only=False)
    return np.append(bad, False)[codes]
