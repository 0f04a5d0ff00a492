"""Parquet and Arrow files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from troth.ledger.errors import UnreadableError
from troth.ledger.formats.frames import raw_of_table
from troth.ledger.schema import CODED_COLUMNS

if TYPE_CHECKING:
    from troth.ledger.raw import Raw


def read_parquet(name: str, source: pa.NativeFile) -> Raw:
    """Read a Parquet file.

    Args:
        name: what to call the file.
        source: the open file.

    Returns:
        The records, numbered from 1.

    Raises:
        UnreadableError: the file is cut short or damaged, or a column has a type of no use.
    """
    try:
        fields = pq.read_schema(source)
        coded = [f.name for f in fields if f.name in CODED_COLUMNS and pa.types.is_string(f.type)]
        source.seek(0)
        table = pq.ParquetFile(source, read_dictionary=coded).read(use_threads=False)
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise UnreadableError(name, "file_parquet") from error
    return raw_of_table(name, table)


def read_arrow(name: str, source: pa.NativeFile) -> Raw:
    """Read an Arrow IPC (Feather) file.

    Args:
        name: what to call the file.
        source: the open file.

    Returns:
        The records, numbered from 1.

    Raises:
        UnreadableError: the file is cut short or damaged, or a column has a type of no use.
    """
    try:
        table = pa.ipc.open_file(source).read_all()
    except (pa.ArrowException, OSError, ValueError, KeyError) as error:
        raise UnreadableError(name, "file_arrow") from error
    return raw_of_table(name, table)
