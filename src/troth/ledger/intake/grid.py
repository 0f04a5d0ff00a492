"""Any table as rows of text, under the names that its own header gives."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from troth.ledger.casting import one_chunk
from troth.ledger.errors import UnreadableError
from troth.ledger.parties import as_text
from troth.ledger.schema import plain_name
from troth.ledger.sources import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.ledger.raw import Raw

#: So many rows are plain text at a time.
_BATCH: Final = 4_096
_BLANK: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*")


def read_grid(name: str, data: bytes, most: int | None = None) -> Raw:
    """Read a table, whatever its columns.

    Args:
        name: what to call the file.
        data: CSV, JSONL, Parquet or Arrow.
        most: only so many records, where given.

    Returns:
        Its records, every column as text.

    Raises:
        UnreadableError: nothing in it can be used.
    """
    raw = read_table(name, data)
    if not raw.table.column_names:
        raise UnreadableError(name, "intake.file_no_json")
    if most is not None:
        raw = replace(raw, table=raw.table.slice(0, most), rows=raw.rows[:most])
    return raw


def read_table(name: str, data: bytes) -> Raw:
    """Read a table as ``read_bytes`` does; blank lines before its header are counted, not read.

    Raises:
        UnreadableError: nothing in it can be used.
    """
    blank = _BLANK.match(data)
    ahead = blank[0].count(b"\n") if blank else 0
    if not blank or not ahead:
        return read_bytes(name, data)
    raw = read_bytes(name, data[blank.end() :])
    refused = [replace(refusal, row=refusal.row + ahead) for refusal in raw.refused]
    return replace(raw, rows=raw.rows + ahead, refused=refused)


def rows_of(raw: Raw) -> Iterator[tuple[int, dict[str, str]]]:
    """Each record as its filled cells, trimmed.

    Args:
        raw: a table.

    Yields:
        The number of the record as a person counts it, and its cells by column.
    """
    names = raw.table.column_names
    for start in range(0, len(raw.table), _BATCH):
        part = raw.table.slice(start, _BATCH)
        columns = [_texts(column) for column in part.columns]
        for i, cells in enumerate(zip(*columns, strict=True), start):
            row = {n: c.strip() for n, c in zip(names, cells, strict=True) if c is not None}
            yield int(raw.rows[i]), {n: c for n, c in row.items() if c}


def column_of(named: str, columns: list[str]) -> str | None:
    """The column that somebody names, as the table calls it; None where there is none."""
    return next((c for c in (named, named.strip(), plain_name(named)) if c in columns), None)


def _texts(column: pa.ChunkedArray) -> list[str | None]:
    cells = one_chunk(column)
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    try:
        return list(as_text(cells).to_pylist())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return [None if cell is None else str(cell) for cell in cells.to_pylist()]
