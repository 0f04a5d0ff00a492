"""Parquet and Arrow files, whole and broken."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.ledger.conftest import NOW_US, Reader, ids_of, refusals_of
from troth.ledger.errors import UnreadableError
from troth.ledger.read import read_events

if TYPE_CHECKING:
    from pathlib import Path

TABLE = pa.table(
    {
        "event_id": [1, 2],
        "at": pa.array([1_700_000_000, 1_700_000_001], pa.timestamp("s", tz="Asia/Shanghai")),
        "truster": [10, 11],
        "trustee": pa.array(["s", "s"]).dictionary_encode(),
        "kind": ["message", "review"],
        "outcome": pa.array([None, 0.5], pa.float32()),
    }
)


def parquet(table: pa.Table) -> bytes:
    """The bytes of a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def test_integer_ids_and_zoned_timestamps_are_read(read: Reader) -> None:
    """Ids become text, times microseconds UTC."""
    reading = read(parquet(TABLE), "events.parquet")
    assert ids_of(reading) == ["1", "2"]
    assert reading.events.t_us.tolist() == [1_700_000_000_000_000, 1_700_000_001_000_000]


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_naive_timestamps_need_leave(read: Reader, unit: str) -> None:
    """Every row is refused, or all are taken as UTC."""
    naive = pa.array([1, 2], pa.timestamp("s")).cast(pa.timestamp(unit))
    data = parquet(TABLE.set_column(1, "at", naive))
    refused = read(data, "events.parquet")
    assert [row for row, _, _ in refusals_of(refused)] == [1, 2]
    assert read(data, "events.parquet", assume_utc=True).events.t_us.tolist() == [
        1_000_000,
        2_000_000,
    ]


def test_nan_and_infinity_are_refused_by_record_number(read: Reader) -> None:
    """A NaN in a file was computed; it does not mean that nothing was said."""
    table = TABLE.set_column(5, "outcome", pa.array([float("nan"), float("inf")]))
    assert refusals_of(read(parquet(table), "events.parquet")) == [
        (1, "outcome", "must be a finite number, not nan"),
        (2, "outcome", "must be a finite number, not inf"),
    ]


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_unreadable(read: Reader, keep: float) -> None:
    """One clear line, whether the tail or the middle is gone."""
    data = parquet(TABLE)
    with pytest.raises(UnreadableError, match="cut short or damaged"):
        read(data[: int(len(data) * keep)], "events.parquet")


def test_another_file_called_parquet_is_unreadable(read: Reader) -> None:
    """It is not tried as CSV."""
    with pytest.raises(UnreadableError, match="not a whole Parquet file"):
        read("event_id,at\n", "events.parquet")


def test_a_known_column_of_lists_is_unreadable(read: Reader) -> None:
    """The whole column is wrong, so the whole file is."""
    table = TABLE.set_column(2, "truster", pa.array([["x"], ["y"]]))
    with pytest.raises(UnreadableError, match="column truster has the type list"):
        read(parquet(table), "events.parquet")


def test_an_extra_column_of_lists_is_kept_as_json(read: Reader) -> None:
    """It is the owner's business what it means."""
    table = TABLE.append_column("tags", pa.array([["x"], None]))
    assert read(parquet(table), "events.parquet").events.table["tags"].to_pylist() == [
        '["x"]',
        None,
    ]


def test_arrow_files_are_read(tmp_path: Path) -> None:
    """Feather is what notebooks leave behind."""
    path = tmp_path / "events.arrow"
    with pa.ipc.new_file(path, TABLE.schema) as writer:
        writer.write_table(TABLE)
    assert len(read_events(path, now_us=NOW_US).events) == 2
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(UnreadableError, match="not a whole Arrow file"):
        read_events(path, now_us=NOW_US)


@pytest.mark.parametrize("coded", [False, True])
def test_text_that_is_no_text_costs_its_row_only(read: Reader, *, coded: bool) -> None:
    """Parquet lets any bytes pass as text; GB18030 among them is read."""
    cells = pa.array([b"\xff\x80\xff", "文".encode("gb18030")])
    text = pa.StringArray.from_buffers(2, cells.buffers()[1], cells.buffers()[2])
    column = text.dictionary_encode() if coded else text
    reading = read(parquet(TABLE.append_column("channel", column)), "events.parquet")
    assert refusals_of(reading) == [(1, "channel", "is neither UTF-8 nor GB18030")]
    assert reading.events.table["channel"].to_pylist() == ["文"]
