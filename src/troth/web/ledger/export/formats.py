"""Batches as CSV, JSON lines or Parquet, a piece at a time."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv as arrow_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FORMATS: Final = ("csv", "jsonl", "parquet")
MEDIA: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "parquet": "application/vnd.apache.parquet",
}


def streamed(
    batches: Iterator[pa.RecordBatch], file_format: str, stamp: dict[str, Any] | None = None
) -> Iterator[bytes]:
    """Write batches while they are read.

    Args:
        batches: of one schema, at least one.
        file_format: one of ``FORMATS``.
        stamp: what the table was made of; only Parquet has a place for it.

    Yields:
        The file, piece by piece.

    Raises:
        KeyError: there is no such format.
    """
    return _WRITERS[file_format](batches, stamp or {})


def _csv(batches: Iterator[pa.RecordBatch], stamp: dict[str, Any]) -> Iterator[bytes]:
    del stamp
    headed = True
    for batch in batches:
        if not headed and not batch.num_rows:
            continue
        options = arrow_csv.WriteOptions(include_header=headed, quoting_header="needed")
        sink = pa.BufferOutputStream()
        arrow_csv.write_csv(batch, sink, options)
        headed = False
        yield sink.getvalue().to_pybytes()


def _jsonl(batches: Iterator[pa.RecordBatch], stamp: dict[str, Any]) -> Iterator[bytes]:
    """Objects without what is empty: a line says only what is known."""
    del stamp
    for batch in batches:
        lines = (
            orjson.dumps(
                {name: value for name, value in row.items() if value is not None},
                option=orjson.OPT_APPEND_NEWLINE,
            )
            for row in batch.to_pylist()
        )
        yield b"".join(lines)


class _Pieces:
    """A file that keeps what is written until it is taken."""

    closed = False

    def __init__(self) -> None:
        self._held: list[bytes] = []
        self._at = 0

    def write(self, data: bytes) -> int:
        """Keep a piece."""
        piece = bytes(data)
        self._held.append(piece)
        self._at += len(piece)
        return len(piece)

    def tell(self) -> int:
        """How much was written so far."""
        return self._at

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def close(self) -> None:
        """Be done."""
        self.closed = True

    def taken(self) -> bytes:
        """What was written since."""
        held, self._held = b"".join(self._held), []
        return held


def _parquet(batches: Iterator[pa.RecordBatch], stamp: dict[str, Any]) -> Iterator[bytes]:
    first = next(batches)
    schema = first.schema.with_metadata({b"troth": orjson.dumps(stamp)})
    pieces = _Pieces()
    with pq.ParquetWriter(pieces, schema, compression="zstd") as writer:
        for batch in chain([first], batches):
            if batch.num_rows:
                writer.write_batch(batch.replace_schema_metadata(schema.metadata))
                yield pieces.taken()
    yield pieces.taken()


_WRITERS: Final[
    dict[str, Callable[[Iterator[pa.RecordBatch], dict[str, Any]], Iterator[bytes]]]
] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
