"""Tables in memory."""

from __future__ import annotations

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from tests.ledger.conftest import NOW_US, ids_of
from troth.ledger.errors import UnreadableError
from troth.ledger.read import read_events

COLUMNS = {
    "event_id": ["a", "b"],
    "at": ["2024-01-01T00:00:00Z", "2024-01-02T00:00:00Z"],
    "truster": ["x", "y"],
    "trustee": ["s", "s"],
    "kind": ["message", "review"],
    "outcome": [None, 0.5],
    "weight": [None, None],
}


@pytest.mark.parametrize(
    "make",
    [
        pa.table,
        lambda columns: pa.table(columns).to_batches()[0],
        lambda columns: pa.table(columns).to_reader(),
        pd.DataFrame,
        lambda columns: pd.DataFrame(columns).astype(
            {"truster": "category", "at": "datetime64[ns, UTC]"}
        ),
        pl.DataFrame,
        lambda columns: pl.DataFrame(columns).with_columns(pl.col("truster").cast(pl.Categorical)),
    ],
)
def test_every_kind_of_table_reads_alike(make) -> None:
    """Arrow, pandas and Polars give the same events."""
    reading = read_events(make(COLUMNS), now_us=NOW_US)
    assert reading.rejected.num_rows == 0
    assert reading.events.table.equals(read_events(pa.table(COLUMNS), now_us=NOW_US).events.table)


def test_pandas_gaps_among_integer_ids_leave_the_ids_whole() -> None:
    """pandas makes 7 into 7.0 where a cell is missing."""
    frame = pd.DataFrame({**COLUMNS, "organisation": [7, None]})
    table = read_events(frame, now_us=NOW_US).events.table
    assert table["organisation"].to_pylist() == ["7", None]


def test_events_read_back_as_themselves() -> None:
    """The table of what was read is itself a source, and reading it again counts nothing twice."""
    events = read_events(pl.DataFrame(COLUMNS), now_us=NOW_US).events
    again = read_events(events.table, pl.from_arrow(events.table), now_us=NOW_US)
    assert again.events.table.equals(events.table)
    assert again.duplicates == 2


def test_anything_else_is_a_programming_error() -> None:
    """A number is no table."""
    with pytest.raises(TypeError, match="cannot read events from int"):
        read_events(3, now_us=NOW_US)


def test_a_column_under_two_spellings_is_unreadable() -> None:
    """organization and organisation are one column."""
    frame = pl.DataFrame({**COLUMNS, "organisation": ["o", "o"], "organization": ["o", "p"]})
    with pytest.raises(UnreadableError, match="organisation appears twice"):
        read_events(frame, now_us=NOW_US)


def test_no_rows_make_no_events() -> None:
    """An empty frame is no error."""
    empty = pd.DataFrame({name: [] for name in COLUMNS})
    assert ids_of(read_events(empty, now_us=NOW_US)) == []
