"""Events that were taken in, and the account of a reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.ledger.schema import SCHEMA

if TYPE_CHECKING:
    import pyarrow as pa

    from troth.types import IntArray


@dataclass(frozen=True)
class Events:
    """Checked events in order of time.

    Attributes:
        table: the columns of ``troth.ledger.schema.SCHEMA`` and any extras as text, sorted by
            (t_us, event_id), one chunk a column, dictionaries in order of first appearance.
    """

    table: pa.Table

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def extras(self) -> tuple[str, ...]:
        """Names of the columns that the schema does not know."""
        return tuple(name for name in self.table.column_names if name not in SCHEMA.names)

    @property
    def t_us(self) -> IntArray:
        """(n,) int64 microseconds UTC, rising."""
        times: IntArray = self.table["t_us"].to_numpy()
        return times


@dataclass(frozen=True)
class Reading:
    """What came of reading one or more files.

    Attributes:
        events: what was taken in.
        rejected: one row for each record refused, with its first problem: file, row (as a person
            counts it in that file), column, reason, record (the raw record as JSON).
        warnings: things worth knowing that stopped nothing.
        duplicates: records ignored because the same id came before with the same content.
    """

    events: Events
    rejected: pa.Table
    warnings: tuple[str, ...]
    duplicates: int
