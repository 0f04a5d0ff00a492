"""Which records are refused, and why: the first problem of each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from troth.content.text import phrase

if TYPE_CHECKING:
    from troth.ledger.raw import Raw
    from troth.types import BoolArray, CodeArray, IntArray

SCHEMA: Final = pa.schema(
    [
        ("file", pa.string()),
        ("row", pa.int64()),
        ("column", pa.string()),
        ("reason", pa.string()),
        ("record", pa.string()),
    ]
)
LONGEST_RECORD: Final = 2_000
_LONGEST_VALUE: Final = 60


@dataclass(frozen=True)
class Problem:
    """One reason, as found by one check.

    Attributes:
        column: the column at fault.
        key: phrase of ``content/text/errors.yaml``.
        cells: what fills the gap ``value``, by position; None where there is no such gap.
        start: position of the record that ``cells`` begins with.
        fixed: what fills the other gaps, the same for all records.
    """

    column: str
    key: str
    cells: pa.ChunkedArray | pa.Array | None = None
    start: int = 0
    fixed: dict[str, object] = field(default_factory=dict)

    def moved(self, places: int) -> Problem:
        """Say the same of records that stand so many places further down."""
        return replace(self, start=self.start + places)

    def reasons(self, positions: IntArray, lang: str) -> list[str]:
        """Word the reason for the records at ``positions``."""
        if self.cells is None:
            return [phrase(self.key, lang, **self.fixed)] * positions.size
        cells = self.cells.take(pa.array(positions - self.start))
        return [
            phrase(self.key, lang, value=shown(cell), **self.fixed) for cell in _short_cells(cells)
        ]


class Marks:
    """The first problem of each of n records."""

    def __init__(self, count: int) -> None:
        self.problems: list[Problem] = []
        self.first: CodeArray = np.zeros(count, np.int32)

    def mark(
        self,
        bad: BoolArray,
        column: str,
        key: str,
        cells: pa.ChunkedArray | pa.Array | None = None,
        **fixed: object,
    ) -> None:
        """Give ``bad`` records this problem, unless they have one already.

        Args:
            bad: (n,) the records.
            column: the column at fault.
            key: phrase of ``content/text/errors.yaml``.
            cells: (n,) what fills the phrase's gap ``value``.
            fixed: what fills its other gaps.
        """
        if bad.any():
            self.problems.append(Problem(column, key, cells, fixed=fixed))
            self.first[bad & (self.first == 0)] = len(self.problems)

    @property
    def good(self) -> BoolArray:
        """(n,) records without a problem."""
        good: BoolArray = self.first == 0
        return good

    def part(self, start: int, count: int) -> Marks:
        """The marks of ``count`` records from ``start`` on, as marks of their own."""
        own = Marks(count)
        own.first = self.first[start : start + count]
        own.problems = [problem.moved(-start) for problem in self.problems]
        return own


def shown(value: Any) -> str:
    """Quote a value in a reason: short, on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def rejected_table(raw: Raw, marks: Marks, lang: str) -> pa.Table:
    """Account for the refused records of one file.

    Args:
        raw: the file's records.
        marks: problems by position in ``raw.table``.
        lang: ``zh`` or ``en``.

    Returns:
        A table of ``SCHEMA``.
    """
    bad = np.flatnonzero(~marks.good)
    columns, reasons = np.empty((2, bad.size), dtype=object)
    for code, problem in enumerate(marks.problems, start=1):
        here = marks.first[bad] == code
        columns[here] = problem.column
        reasons[here] = problem.reasons(bad[here], lang)
    return pa.table(
        {
            "file": pa.array([raw.name] * bad.size, pa.string()),
            "row": pa.array(raw.rows[bad], pa.int64()),
            "column": pa.array(columns, pa.string()),
            "reason": pa.array(reasons, pa.string()),
            "record": pa.array(records_of(raw.table, bad), pa.string()),
        },
        schema=SCHEMA,
    )


def refused_table(raw: Raw, lang: str) -> pa.Table:
    """Account for the records that the format itself refused."""
    rows = [
        {
            "file": raw.name,
            "row": refusal.row,
            "column": refusal.column,
            "reason": phrase(refusal.key, lang, **refusal.values),
            "record": refusal.record[:LONGEST_RECORD],
        }
        for refusal in raw.refused
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def records_of(table: pa.Table, places: IntArray) -> list[str]:
    """The records at ``places`` as JSON without their empty cells, cut to 2,000 characters."""
    shortened = {
        name: _short_cells(table[name].take(pa.array(places))) for name in table.column_names
    }
    columns = list(shortened)
    return [
        orjson.dumps(
            {name: cell for name, cell in zip(columns, cells, strict=True) if cell is not None},
            default=str,
            option=orjson.OPT_PASSTHROUGH_SUBCLASS,
        ).decode()[:LONGEST_RECORD]
        for cells in zip(*shortened.values(), strict=True)
    ]


def _short_cells(column: pa.ChunkedArray) -> list[Any]:
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = pc.utf8_slice_codeunits(column, 0, LONGEST_RECORD)
    cells: list[Any] = column.to_pylist()
    return cells
