"""Open what a person named: a path, standard input or a table, whatever its format."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from troth.ledger.errors import UnreadableError
from troth.ledger.formats.csv import read_csv
from troth.ledger.formats.frames import read_frame
from troth.ledger.formats.jsonl import read_jsonl
from troth.ledger.formats.parquet import read_arrow, read_parquet

if TYPE_CHECKING:
    from troth.ledger.raw import Raw

_GZIP: Final = b"\x1f\x8b"
_PARQUET: Final = b"PAR1"
_ARROW: Final = b"ARROW1"
_BINARY: Final = {_PARQUET: read_parquet, _ARROW: read_arrow}
_LONGEST_MAGIC: Final = max(map(len, _BINARY))
_NAMES: Final = {".parquet": _PARQUET, ".pq": _PARQUET, ".arrow": _ARROW, ".feather": _ARROW}
_JSON_NAMES: Final = (".jsonl", ".ndjson", ".json")
STANDARD_INPUT: Final = "-"


def read_source(source: Any, number: int) -> Raw:
    """Read one source.

    Args:
        source: a path, ``-`` for standard input, or a table in memory.
        number: its place among the sources, to name a table by.

    Returns:
        Its records.

    Raises:
        UnreadableError: nothing in it can be used.
        TypeError: it is no path and no table.
    """
    if isinstance(source, str | os.PathLike):
        name = os.fspath(source)
        if name == STANDARD_INPUT:
            return read_bytes("stdin", sys.stdin.buffer.read())
        return _read_path(str(name))
    return read_frame(f"table {number}", source)


def read_bytes(name: str, data: bytes) -> Raw:
    """Read a file's bytes, of the format that they show.

    Args:
        name: what to call the file; its ending helps to tell damage from another format.
        data: the bytes, perhaps compressed with gzip.

    Returns:
        Its records.

    Raises:
        UnreadableError: nothing in it can be used.
    """
    if data.startswith(_GZIP):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableError(name, "file_gzip") from error
    if not data:
        raise UnreadableError(name, "file_empty")
    magic = _magic_of(data) or _NAMES.get(Path(name).suffix.lower())
    if magic:
        return _BINARY[magic](name, pa.BufferReader(data))
    starts_json = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
    if starts_json or Path(name).suffix.lower() in _JSON_NAMES:
        return read_jsonl(name, data)
    return read_csv(name, data)


def _magic_of(data: bytes) -> bytes | None:
    return next((magic for magic in _BINARY if data.startswith(magic)), None)


def _read_path(name: str) -> Raw:
    path = Path(name)
    if path.is_dir():
        raise UnreadableError(name, "file_directory")
    try:
        with path.open("rb", buffering=0) as file:
            if path.is_file():
                magic = _magic_of(file.read(_LONGEST_MAGIC))
                if magic:
                    return _BINARY[magic](name, pa.memory_map(name))
                file.seek(0)
            data = file.readall()
    except FileNotFoundError as error:
        raise UnreadableError(name, "file_missing") from error
    except OSError as error:
        raise UnreadableError(name, "file_denied", detail=error.strerror or error) from error
    return read_bytes(name, data)
