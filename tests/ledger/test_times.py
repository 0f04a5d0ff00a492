"""Times in every spelling."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.conftest import HEADER, Reader, line, refusals_of
from troth.ledger.times import PROBLEMS, epoch_us, parse_times

NEW_YEAR_US = 1_704_067_200_000_000
NAIVE_BOUNDS = (datetime(1900, 1, 1), datetime(2200, 1, 1))


def parsed(*cells: str | None, assume_utc: bool = False) -> list[int | str | None]:
    """Microseconds, the problem's name, or None for an empty cell."""
    times = parse_times(pa.array(cells, pa.string()), assume_utc=assume_utc)
    return [
        None if not here else PROBLEMS[problem] or t_us
        for t_us, here, problem in zip(
            times.t_us.tolist(), times.present, times.problem, strict=True
        )
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "2024-01-01T00:00:00Z",
        "2024-01-01T00:00Z",
        "2024-01-01 08:00:00+08:00",
        "2024-01-01T08:00+0800",
        "2024-01-01T08:00:00.000000+08",
        "20240101T000000Z",
        "2024-W01-1T00:00:00Z",
        "2024-01-01t00:00:00z",
        "2024-01-01 08:00:00 +0800",
        "2024-01-01T00:00:00.0000000Z",
        "2024-01-01",
        " 2024-01-01T00:00:00Z ",
        "1704067200",
        "1704067200.0",
        "1704067200000",
        "1704067200000000",
        "1704067200000000000",
        "1.7040672e9",
    ],
)
def test_one_instant_in_many_spellings(cell: str) -> None:
    """ISO 8601 with a zone, dates, and epochs in s, ms, µs or ns, alone or among others."""
    assert parsed(cell) == [NEW_YEAR_US]
    assert parsed("2020-01-01T00:00:00Z", "nonsense", cell)[2] == NEW_YEAR_US


@pytest.mark.parametrize("cell", ["2024-01-01T00:00:00", "2024-01-01 00:00", "20240101T000000"])
def test_times_without_a_zone_need_leave(cell: str) -> None:
    """They are refused, or taken as UTC."""
    assert parsed(cell) == ["time_naive"]
    assert parsed(cell, assume_utc=True) == [NEW_YEAR_US]


@pytest.mark.parametrize(
    "cell",
    [
        "yesterday",
        "2024-13-01T00:00:00Z",
        "2024-02-30",
        "nan",
        "inf",
        "9e99",
        "01/02/2024",
        "2024/1/1",
        "-",
    ],
)
def test_what_is_no_time_is_refused(cell: str) -> None:
    """Nothing is guessed."""
    assert parsed(cell) == ["time_unreadable"]


def test_a_date_in_digits_is_ambiguous() -> None:
    """20240101 would silently be August 1970."""
    assert parsed("20240101") == ["time_ambiguous"]
    assert PROBLEMS[parse_times(pa.array([20240101])).problem[0]] == "time_ambiguous"


def test_empty_cells_are_not_present() -> None:
    """Missing is another problem than unreadable."""
    assert parsed(None, "", "2024-01-01T00:00:00Z") == [None, None, NEW_YEAR_US]


def test_one_bad_cell_among_many_is_found() -> None:
    """And the others keep their values."""
    cells = ["2024-01-01T00:00:00Z"] * 20_000
    cells[12_345] = "2024-01-01T99:00:00Z"
    times = parse_times(pa.array(cells))
    assert np.flatnonzero(times.problem).tolist() == [12_345]
    assert set(np.delete(times.t_us, 12_345).tolist()) == {NEW_YEAR_US}


@pytest.mark.parametrize("kind", [pa.date32(), pa.date64()])
def test_date_columns_are_midnight_utc(kind: pa.DataType) -> None:
    """And counted, to be told."""
    times = parse_times(pa.array([date(2024, 1, 1), None], kind))
    assert (times.t_us[0], times.dates) == (NEW_YEAR_US, 1)


def test_times_out_of_all_range_are_refused() -> None:
    """Rather than wrapped around."""
    for cells in (pa.array([1e300]), pa.array([1 << 60], pa.timestamp("s", tz="UTC"))):
        assert PROBLEMS[parse_times(cells).problem[0]] == "time_unreadable"


@given(st.datetimes(*NAIVE_BOUNDS, timezones=st.just(UTC)))
def test_every_iso_time_is_exact(moment: datetime) -> None:
    """To the microsecond, as Python reckons."""
    assert parsed(moment.isoformat()) == [epoch_us(moment)]
    assert parsed(moment.isoformat(), "nonsense")[0] == epoch_us(moment)


def test_future_times_are_refused(read: Reader) -> None:
    """What has not happened is no evidence; a promise may fall due later all the same."""
    future = line("b").replace("2024", "2034")
    reading = read(HEADER + line("a") + future)
    assert refusals_of(reading) == [(3, "at", "lies in the future: 2034-01-01T00:00:00Z")]
    header = HEADER.replace("text", "due")
    due = read(header + line("a", "2034-01-01T00:00:00Z") + line("b", "soon"))
    assert due.events.table["due_us"].to_pylist() == [epoch_us(date(2034, 1, 1))]
    assert refusals_of(due)[0][:2] == (3, "due")
