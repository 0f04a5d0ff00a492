"""All there is, in every format, with what it was made of beside it."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from typing import IO, TYPE_CHECKING, Any, Final

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import transaction

from troth import __version__
from troth.ledger.write import write_whole
from troth.web.accounts.actor import write_audit
from troth.web.ledger.export.formats import streamed
from troth.web.ledger.export.parts import PART
from troth.web.ledger.export.tables import TABLES, export_rows
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from troth.web.accounts.actor import Actor

ABOUT: Final = "about.json"
ENDINGS: Final = ("parquet", "csv", "jsonl")


def stamp_of(at_us: int) -> dict[str, Any]:
    """What figures of an export were made of: version, time, weights."""
    parameters = desk_parameters().to_dict()
    return {"version": __version__, "at_us": at_us, "parameters": parameters}


def export_all(actor: Actor, target: Path) -> list[str]:
    """Write everything as CSV, JSON lines and Parquet.

    A table is read once and a part at a time, so memory stays bounded however long the ledger is.

    Args:
        actor: who.
        target: a folder that exists, or a file whose name ends in ``.zip``.

    Returns:
        Names of the files.

    Raises:
        OSError: the place cannot be written to.
    """
    counts: dict[str, int] = {}
    if target.suffix.lower() == ".zip":
        write_whole(target, lambda file: _fill_zip(file, actor.now_us, counts))
    else:
        for name, fill in _files(actor.now_us, counts):
            write_whole(target / name, fill)
    with transaction.atomic():
        write_audit(actor, "export_all", rows=counts)
    return [*(f"{what}.{ending}" for what in TABLES for ending in ENDINGS), ABOUT]


def _fill_zip(file: IO[bytes], at_us: int, counts: dict[str, int]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, fill in _files(at_us, counts):
            with packed.open(name, "w", force_zip64=True) as entry:
                fill(entry)


def _files(at_us: int, counts: dict[str, int]) -> Iterator[tuple[str, Callable[[IO[bytes]], None]]]:
    """Each file's name, and what fills it; what they held comes last."""
    stamp = stamp_of(at_us)
    for what in TABLES:
        with tempfile.TemporaryFile() as held:
            for piece in streamed(export_rows(what, at_us=at_us), "parquet", stamp):
                held.write(piece)
            held.seek(0)
            counts[what] = pq.ParquetFile(held).metadata.num_rows
            for ending in ENDINGS:
                yield f"{what}.{ending}", _filler(held, ending)
    about = stamp | {"rows": counts}
    yield ABOUT, lambda file: _write(file, [orjson.dumps(about, option=orjson.OPT_INDENT_2)])


def _filler(held: IO[bytes], ending: str) -> Callable[[IO[bytes]], None]:
    """Fills a file from the table that is held as Parquet."""

    def fill(file: IO[bytes]) -> None:
        held.seek(0)
        if ending == "parquet":
            shutil.copyfileobj(held, file)
        else:
            _write(file, streamed(_again(held), ending))

    return fill


def _again(held: IO[bytes]) -> Iterator[pa.RecordBatch]:
    table = pq.ParquetFile(held)
    yield _empty(table.schema_arrow)
    yield from table.iter_batches(PART)


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)


def _write(file: IO[bytes], pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        file.write(piece)
