"""Write tables so that a reader sees the whole file or none of it."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv as arrow_csv

from troth.ledger.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.ledger.events import Events

STANDARD_OUTPUT: Final = "-"
_BATCH: Final = 65_536


def write_events(events: Events, path: str | os.PathLike[str]) -> None:
    """Write events so that reading them gives the same events, to the last bit.

    Args:
        events: what to write.
        path: see ``write_table``. Text formats get ``at`` and ``due`` in ISO 8601; Parquet keeps
            microseconds.

    Raises:
        ValueError: the ending is of no format we write.
        OSError: the place cannot be written to.
    """
    if _format_of(path) == "parquet":
        write_table(events.table, path)
    else:
        write_table(readable(events.table), path)


def readable(table: pa.Table) -> pa.Table:
    """Events with times in ISO 8601, without columns that hold nothing."""
    columns = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if len(column) and column.null_count == len(column) and name in SCHEMA.names:
            continue
        if name in ("t_us", "due_us"):
            stamps = column.cast(pa.timestamp("us", tz="UTC")).cast(pa.string())
            columns["at" if name == "t_us" else "due"] = pc.replace_substring(stamps, " ", "T")
        elif pa.types.is_dictionary(column.type):
            columns[name] = column.cast(pa.string())
        else:
            columns[name] = column
    return pa.table(columns)


def write_rejected(rejected: pa.Table, path: str | os.PathLike[str]) -> None:
    """Write the account of refused records as CSV.

    Args:
        rejected: ``Reading.rejected``.
        path: where to; ``-`` for standard output.

    Raises:
        OSError: the place cannot be written to.
    """
    write_table(rejected, path, file_format="csv")


def write_table(
    table: pa.Table, path: str | os.PathLike[str], *, file_format: str | None = None
) -> None:
    """Write a table under a temporary name, then rename it.

    Args:
        table: what to write.
        path: its ending says the format (``.parquet``, ``.csv``, ``.jsonl``); ``-`` is standard
            output, as JSON lines unless ``file_format`` says otherwise.
        file_format: ``parquet``, ``csv`` or ``jsonl``, whatever the ending.

    Raises:
        ValueError: the ending is of no format we write.
        OSError: the place cannot be written to.
    """
    write = _WRITERS[file_format or _format_of(path)]
    if os.fspath(path) == STANDARD_OUTPUT:
        write(table, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    write_whole(Path(path), lambda file: write(table, file))


def write_whole(path: Path, fill: Callable[[IO[bytes]], None]) -> None:
    """Let ``fill`` write a file beside ``path``, and put it there once it is safe on the disk.

    Args:
        path: where the file shall be.
        fill: writes the content.

    Raises:
        OSError: the place cannot be written to; what stood at ``path`` before still stands.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _umask() -> int:
    """The process's mask; the system gives it only in exchange for another."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _format_of(path: str | os.PathLike[str]) -> str:
    if os.fspath(path) == STANDARD_OUTPUT:
        return "jsonl"
    ending = Path(path).suffix.lower()
    if ending not in _ENDINGS:
        msg = f"{os.fspath(path)}: cannot tell a format from the ending; use {', '.join(_ENDINGS)}"
        raise ValueError(msg)
    return _ENDINGS[ending]


def _write_parquet(table: pa.Table, file: IO[bytes]) -> None:
    pq.write_table(table, file, compression="zstd")


def _write_csv(table: pa.Table, file: IO[bytes]) -> None:
    arrow_csv.write_csv(table, file, arrow_csv.WriteOptions(quoting_header="none"))


def _write_jsonl(table: pa.Table, file: IO[bytes]) -> None:
    names = table.column_names
    for batch in table.to_batches(max_chunksize=_BATCH):
        columns = [column.to_pylist() for column in batch.columns]
        lines = (
            orjson.dumps(dict(zip(names, cells, strict=True)), option=orjson.OPT_APPEND_NEWLINE)
            for cells in zip(*columns, strict=True)
        )
        file.write(b"".join(lines))


_ENDINGS: Final = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_WRITERS: Final = {"parquet": _write_parquet, "csv": _write_csv, "jsonl": _write_jsonl}
