"""Ids said twice."""

from __future__ import annotations

from pathlib import Path

from tests.ledger.conftest import HEADER, NOW_US, Reader, ids_of, line, refusals_of
from troth.ledger.read import read_events


def test_the_same_content_twice_counts_once(read: Reader) -> None:
    """A file exported twice does no harm, whatever spelling the numbers have."""
    reading = read(HEADER + line("a") + line("a", outcome="0.50") + line("b"))
    assert ids_of(reading) == ["a", "b"]
    assert (reading.duplicates, reading.rejected.num_rows) == (1, 0)


def test_other_content_under_the_same_id_is_refused(read: Reader) -> None:
    """The first one stays."""
    reading = read(
        HEADER + line("a", outcome="1") + line("a", outcome="0") + line("a", outcome="1")
    )
    assert reading.events.table["outcome"].to_pylist() == [1.0]
    assert refusals_of(reading) == [(3, "event_id", "was used before with other content: a")]
    assert reading.duplicates == 1


def test_a_refused_record_does_not_hold_its_id(read: Reader) -> None:
    """The good one behind it is taken."""
    reading = read(HEADER + line("a", outcome="7") + line("a"))
    assert ids_of(reading) == ["a"]
    assert [row for row, _, _ in refusals_of(reading)] == [2]


def test_a_missing_id_is_refused(read: Reader) -> None:
    """Without it nobody could tell a repetition."""
    assert refusals_of(read(HEADER + line(" ") + line("")))[0] == (2, "event_id", "is missing")


def test_ids_are_one_across_files(tmp_path: Path) -> None:
    """Rows are counted file by file, ids over all of them."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text(HEADER + line("a") + line("b"))
    two.write_text(
        HEADER.replace("text", "room") + line("a") + line("b", outcome="0") + line("c", outcome="x")
    )
    reading = read_events([one, two], now_us=NOW_US)
    assert ids_of(reading) == ["a", "b"]
    assert reading.duplicates == 1
    rows = reading.rejected.to_pylist()
    assert [(Path(row["file"]).name, row["row"]) for row in rows] == [
        ("two.csv", 3),
        ("two.csv", 4),
    ]
