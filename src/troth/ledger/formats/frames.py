"""Tables that are in memory already: Arrow, pandas, Polars, or anything that speaks Arrow."""

from __future__ import annotations

from typing import Any

import orjson
import pyarrow as pa

from troth.ledger.decode import to_utf8_cell
from troth.ledger.errors import UnreadableError
from troth.ledger.raw import Raw, counted_from
from troth.ledger.schema import KNOWN, plain_name


def read_frame(name: str, frame: Any) -> Raw:
    """Read a table in memory.

    Args:
        name: what to call it.
        frame: an Arrow table, batch or reader, a pandas or Polars frame, or any object with
            ``__arrow_c_stream__``. In a pandas frame NaN means that nothing was said.

    Returns:
        The records, numbered from 1.

    Raises:
        TypeError: ``frame`` is none of these.
        UnreadableError: a column appears twice or has a type of no use.
    """
    if isinstance(frame, pa.Table):
        return raw_of_table(name, frame)
    if isinstance(frame, pa.RecordBatch):
        return raw_of_table(name, pa.Table.from_batches([frame]))
    if type(frame).__module__.startswith("pandas."):
        return raw_of_table(name, pa.Table.from_pandas(frame, preserve_index=False))
    if hasattr(frame, "__arrow_c_stream__"):
        return raw_of_table(name, pa.RecordBatchReader.from_stream(frame).read_all())
    msg = f"cannot read events from {type(frame).__name__}"
    raise TypeError(msg)


def raw_of_table(name: str, table: pa.Table) -> Raw:
    """Give a table's columns the names we know and types that we can read.

    Args:
        name: what to call it.
        table: any table.

    Returns:
        The records, numbered from 1.

    Raises:
        UnreadableError: a column appears twice, or a known one has a type of no use.
    """
    names = [plain_name(str(column)) for column in table.column_names]
    for column in names:
        if names.count(column) > 1:
            raise UnreadableError(name, "file_column_twice", column=column)
    columns = {
        column: _readable(name, column, cells)
        for column, cells in zip(names, table.columns, strict=True)
        if column
    }
    found = pa.table(columns)
    undecodable = [column for column in found.column_names if not _is_utf8(found[column])]
    for column in undecodable:
        found = found.set_column(found.column_names.index(column), column, _marked(found[column]))
    return Raw(name, found, counted_from(1, len(table)), undecodable=bool(undecodable))


def _is_utf8(cells: pa.ChunkedArray) -> bool:
    """Arrow files may call any bytes text, and readers only notice when they look."""
    try:
        for chunk in cells.chunks:
            coded = pa.types.is_dictionary(chunk.type)
            (chunk.dictionary if coded else chunk).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _marked(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    raw = cells.cast(pa.binary()).to_pylist()
    texts = [None if cell is None else to_utf8_cell(cell) for cell in raw]
    return pa.chunked_array([pa.array(texts, pa.string())])


def _readable(name: str, column: str, cells: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = cells.type
    if pa.types.is_dictionary(kind):
        return _readable_entries(name, column, cells)
    if pa.types.is_string_view(kind) or pa.types.is_large_string(kind):
        return cells.cast(pa.string())
    if pa.types.is_nested(kind):
        if column in KNOWN:
            raise UnreadableError(name, "file_column_type", column=column, type=kind)
        texts = [
            None if v is None else orjson.dumps(v, default=str).decode() for v in cells.to_pylist()
        ]
        return pa.chunked_array([pa.array(texts, pa.string())])
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        try:
            return cells.cast(pa.string())
        except pa.ArrowInvalid as error:
            raise UnreadableError(name, "file_column_type", column=column, type=kind) from error
    return cells


def _readable_entries(name: str, column: str, cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Coded cells stay coded where they are text; Polars codes them in types of its own."""
    chunks = []
    for chunk in cells.chunks:
        entries = _readable(name, column, pa.chunked_array([chunk.dictionary])).combine_chunks()
        if not pa.types.is_string(entries.type):
            chunks.append(entries.take(chunk.indices))
        else:
            indices = chunk.indices.cast(pa.int32())
            chunks.append(pa.DictionaryArray.from_arrays(indices, entries))
    return pa.chunked_array(chunks, None if chunks else pa.string())
