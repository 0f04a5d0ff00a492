"""Cells that no column should hold: far too long, with NUL bytes, or in no known encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.casting import one_chunk, true_where
from troth.ledger.decode import MARK
from troth.ledger.parties import codes_of
from troth.ledger.schema import LONGEST_CELL

if TYPE_CHECKING:
    from troth.ledger.raw import Raw
    from troth.ledger.rejections import Marks
    from troth.types import AnyArray, BoolArray


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
            too_long = _spread(cells, lengths > LONGEST_CELL)
            marks.mark(too_long, name, "cell_too_long", _written_lengths(cells))
        if _holds(cells, b"\x00"):
            marks.mark(_spread(cells, _found(cells, "\x00")), name, "nul_byte")
        if raw.undecodable:
            marks.mark(_spread(cells, _found(cells, MARK)), name, "encoding_unknown")


def _entries(cells: pa.Array) -> pa.Array:
    return cells.dictionary if pa.types.is_dictionary(cells.type) else cells


def _lengths(cells: pa.Array) -> AnyArray:
    """Bytes of each distinct cell, read off the offsets, which costs nothing."""
    entries = _entries(cells)
    offsets = np.frombuffer(entries.buffers()[1] or b"\0\0\0\0", np.int32)
    return np.diff(offsets[entries.offset : entries.offset + len(entries) + 1])


def _holds(cells: pa.Array, byte: bytes) -> bool:
    """Whether the byte is anywhere in the column's buffer: one quick look at memory."""
    data = _entries(cells).buffers()[2]
    return data is not None and bool((np.frombuffer(data, np.uint8) == byte[0]).any())


def _found(cells: pa.Array, text: str) -> BoolArray:
    return true_where(pc.match_substring(_entries(cells), text))


def _spread(cells: pa.Array, bad: BoolArray) -> BoolArray:
    """From distinct cells to records."""
    if not pa.types.is_dictionary(cells.type):
        return bad
    spread: BoolArray = np.append(bad, False)[codes_of(cells)]
    return spread


def _written_lengths(cells: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    lengths = pc.binary_length(cells).to_pylist()
    return pa.array([None if length is None else f"{length:,}" for length in lengths], pa.string())
