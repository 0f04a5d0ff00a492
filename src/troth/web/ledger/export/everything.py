"""All there is, in every format, with what it was made of beside it."""

from __future__ import annotations

import zipfile
from typing import IO, TYPE_CHECKING, Any, Final

import orjson
from django.db import transaction

from troth import __version__
from troth.ledger.write import write_whole
from troth.web.accounts.actor import write_audit
from troth.web.ledger.export.formats import FORMATS, streamed
from troth.web.ledger.export.tables import TABLES, export_rows
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

    from troth.web.accounts.actor import Actor

ABOUT: Final = "about.json"


def stamp_of(at_us: int) -> dict[str, Any]:
    """What figures of an export were made of: version, time, weights."""
    parameters = desk_parameters().to_dict()
    return {"version": __version__, "at_us": at_us, "parameters": parameters}


def export_all(actor: Actor, target: Path) -> list[str]:
    """Write everything as CSV, JSON lines and Parquet.

    A table is read and written a part at a time, so memory stays bounded however long the ledger is.

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
    return [*(f"{what}.{ending}" for what in TABLES for ending in FORMATS), ABOUT]


def _fill_zip(file: IO[bytes], at_us: int, counts: dict[str, int]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, fill in _files(at_us, counts):
            with packed.open(name, "w", force_zip64=True) as entry:
                fill(entry)


def _files(at_us: int, counts: dict[str, int]) -> Iterator[tuple[str, Callable[[IO[bytes]], None]]]:
    """Each file's name, and what fills it; what they held comes last."""
    stamp = stamp_of(at_us)
    for what in TABLES:
        for ending in FORMATS:
            yield f"{what}.{ending}", _filler(what, ending, stamp, counts)
    about = stamp | {"rows": counts}
    yield ABOUT, lambda file: _write(file, orjson.dumps(about, option=orjson.OPT_INDENT_2))


def _filler(
    what: str, ending: str, stamp: dict[str, Any], counts: dict[str, int]
) -> Callable[[IO[bytes]], None]:
    def fill(file: IO[bytes]) -> None:
        counts[what] = 0
        rows = _counted(what, stamp["at_us"], counts)
        for piece in streamed(rows, ending, stamp):
            file.write(piece)

    return fill


def _counted(what: str, at_us: int, counts: dict[str, int]) -> Iterator[pa.RecordBatch]:
    for batch in export_rows(what, at_us=at_us):
        counts[what] += batch.num_rows
        yield batch


def _write(file: IO[bytes], data: bytes) -> None:
    file.write(data)
