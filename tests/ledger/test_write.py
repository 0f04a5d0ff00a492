"""What is written reads back to the last bit."""

from __future__ import annotations

import csv
import stat
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import HEADER, NOW_US, Reader, line
from troth.ledger.read import read_events
from troth.ledger.write import write_events, write_rejected, write_table, write_whole

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("parquet", "csv", "jsonl")
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
names = st.sampled_from(["甲", "乙", "b,c", 'd"e', "007", "nan", "-1"])
shares = st.floats(0.0, 1.0, allow_subnormal=False)


@st.composite
def tables(draw: st.DrawFn) -> pa.Table:
    """Events with everything that a format might lose."""
    count = draw(st.integers(0, 6))

    def column(cells: st.SearchStrategy) -> list:
        return draw(st.lists(cells, min_size=count, max_size=count))

    return pa.table(
        {
            "event_id": draw(
                st.lists(texts, min_size=count, max_size=count, unique_by=lambda t: t.strip())
            ),
            "t_us": pa.array(column(st.integers(-(10**15), NOW_US)), pa.int64()),
            "truster": pa.array([f"t{name}" for name in column(names)], pa.string()),
            "trustee": pa.array(column(names), pa.string()),
            "organisation": pa.array(column(st.none() | names), pa.string()),
            "kind": pa.array(column(st.sampled_from(["review", "message"])), pa.string()),
            "outcome": pa.array(column(shares), pa.float64()),
            "weight": pa.array(column(st.floats(1e-300, 1e300)), pa.float64()),
            **{
                name: pa.array(column(st.floats(1e-9, 1e9)), pa.float64())
                for name in ("ability", "integrity")
            },
            "due_us": pa.array(column(st.none() | st.integers(0, 10**16)), pa.int64()),
            "text": pa.array(column(st.none() | texts), pa.string()),
            "room no": pa.array(column(st.none() | texts), pa.string()),
        }
    )


@pytest.mark.parametrize("ending", FORMATS)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tables())
def test_events_read_back_as_written(tmp_path: Path, ending: str, table: pa.Table) -> None:
    """Times, floats, gaps, quotes and line feeds, in every format."""
    events = read_events(table, now_us=NOW_US).events
    path = tmp_path / f"events.{ending}"
    write_events(events, path)
    if ending == "jsonl" and not len(events):
        return  # JSON lines have no header, so no events are an empty file.
    again = read_events(path, now_us=NOW_US)
    assert again.rejected.num_rows == 0, again.rejected.to_pylist()
    kept = [name for name in events.table.column_names if name in again.events.table.column_names]
    assert again.events.table.select(kept).equals(events.table.select(kept))
    assert set(events.table.column_names) - set(kept) <= {"room no"}
    if len(events):
        assert len(kept) == len(events.table.column_names)


def test_rejected_rows_are_a_csv_that_spreadsheets_open(read: Reader, tmp_path: Path) -> None:
    """File, row, column, reason, and the record as it came."""
    reading = read(HEADER + line("a", "x, y", outcome="2") + line("b", '"x ""y"""', outcome="3"))
    write_rejected(reading.rejected, tmp_path / "REJECTED.csv")
    with (tmp_path / "REJECTED.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["file", "row", "column", "reason", "record"]
    assert rows[1]["record"].startswith('{"event_id":"b"')


def test_a_failed_writing_leaves_the_old_file(tmp_path: Path) -> None:
    """And nothing else behind."""
    path = tmp_path / "events.csv"
    path.write_text("old")

    def fail(_: object) -> None:
        raise OSError

    with pytest.raises(OSError):
        write_whole(path, fail)
    assert path.read_text() == "old"
    assert [left.name for left in tmp_path.iterdir()] == ["events.csv"]


def test_a_written_file_has_the_usual_rights(tmp_path: Path) -> None:
    """Not those of a secret temporary file."""
    path = tmp_path / "events.jsonl"
    write_table(pa.table({"a": [1]}), path)
    plain = tmp_path / "plain"
    plain.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


def test_an_unknown_ending_is_named(tmp_path: Path) -> None:
    """With those that would do."""
    with pytest.raises(ValueError, match=r"events\.xlsx: cannot tell a format"):
        write_table(pa.table({"a": [1]}), tmp_path / "events.xlsx")


def test_a_dash_is_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """As JSON lines."""
    write_table(pa.table({"a": [1, None]}), "-")
    assert capfdbinary.readouterr().out == b'{"a":1}\n{"a":null}\n'
