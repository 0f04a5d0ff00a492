"""Records as a file gave them, before anything is believed about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

    from troth.types import IntArray


@dataclass(frozen=True)
class Refusal:
    """A record that a format could not even put into columns.

    Attributes:
        row: number of the record as a person counts it.
        column: the column at fault; empty where it is the whole record.
        key: phrase of ``content/text/errors.yaml``.
        values: what goes into the phrase.
        record: the raw record as text.
    """

    row: int
    column: str
    key: str
    values: dict[str, object]
    record: str


@dataclass(frozen=True)
class Raw:
    """One file's records in columns.

    Attributes:
        name: the file as the person named it.
        table: columns by the names of ``schema.plain_name``, of whatever type the file had.
        rows: (n,) int64 number of each record as a person counts it.
        refused: records that are not in ``table``.
        undecodable: whether cells may hold ``decode.MARK`` for bytes in no known encoding.
    """

    name: str
    table: pa.Table
    rows: IntArray
    refused: list[Refusal] = field(default_factory=list)
    undecodable: bool = False


def counted_from(first: int, count: int) -> IntArray:
    """Record numbers ``first``, ``first`` + 1 …, as int64."""
    return np.arange(first, first + count, dtype=np.int64)
