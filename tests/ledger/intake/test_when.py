"""Times as exports write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.ledger.intake.when import midnight, read_time
from troth.ledger.times import epoch_us

ZONE = ZoneInfo("Asia/Shanghai")
NOON = epoch_us(datetime(2026, 3, 5, 14, 2, tzinfo=ZONE))


@pytest.mark.parametrize(
    "written",
    [
        "2026/3/5 14:02", "2026-03-05 14:02:00", "2026.3.5 14:02", "2026年3月5日 14:02",
        "2026年3月5日14时02分", "2026年3月5日 星期四 下午2:02", "2026年3月5日 下午 2点02分",
        "05 Mar 2026 14:02", "5 March 2026, 2:02 PM", "Mar 5, 2026 2:02 pm", "March 5th, 2026 14:02",
        "Thu, 05 Mar 2026 14:02", "2026-03-05T14:02:00+08:00", "2026-03-05T06:02:00Z",
        "2026-03-05 06:02:00 UTC", "2026-03-05 14:02:00 +0800", "20260305140200", "1772690520",
        "1772690520000", "1772690520.0", "２０２６／３／５　１４：０２", " 2026/3/5  14:02 ",
    ],
)  # fmt: skip
def test_one_moment_in_many_shapes(written: str) -> None:
    """All of them mean the same."""
    assert read_time(written, ZONE) == NOON


@pytest.mark.parametrize("written", ["2026-03-05", "2026年3月5日", "5 Mar 2026", "25/03/2026"])
def test_a_date_is_its_midnight_in_the_house(written: str) -> None:
    """Not in London."""
    day = 25 if written.startswith("25") else 5
    assert read_time(written, ZONE) == epoch_us(datetime(2026, 3, day, tzinfo=ZONE))


@pytest.mark.parametrize(
    "written",
    ["", "soon", "05/03/2026", "20260305", "2026-13-05", "2026-02-30", "2026-03-05 25:00", "14:02",
     "2026-03-05 14:61", "0000-01-01", "1" * 80, "2026", "3.5", "2026-03-05 14:02 见面", "NaN"],
)  # fmt: skip
def test_what_is_no_time_or_could_be_two(written: str) -> None:
    """It is refused, not guessed."""
    assert read_time(written, ZONE) is None


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)).map(
        lambda d: d.replace(microsecond=0)
    ),
    st.integers(-12, 14),
)
def test_what_is_written_is_read(moment: datetime, hours: int) -> None:
    """ISO with and without its zone."""
    zone = timezone(timedelta(hours=hours))
    wanted = epoch_us(moment.replace(tzinfo=zone))
    assert read_time(moment.replace(tzinfo=zone).isoformat(), UTC) == wanted
    assert read_time(f"{moment:%Y/%m/%d %H:%M:%S}", zone) == wanted
    assert read_time(f"{moment:%Y年%m月%d日 %H:%M:%S}", zone) == wanted
    assert midnight(wanted, zone).date() == moment.date()


@given(st.text(max_size=70))
def test_any_text_is_a_time_or_none(text: str) -> None:
    """Nothing is raised."""
    found = read_time(text, ZONE)
    assert found is None or isinstance(found, int)
