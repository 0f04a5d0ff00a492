"""Open promises: what ends one, what moves one, and when it counts as due."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from troth.guidance.promises import open_promises

SHANGHAI = ZoneInfo("Asia/Shanghai")
COLUMNS = [
    "event_id",
    "t_us",
    "truster",
    "trustee",
    "organisation",
    "kind",
    "outcome",
    "ref",
    "due_us",
    "text",
]
INTEGERS = {"t_us", "due_us"}


def us(moment: str, zone: Any = SHANGHAI) -> int:
    return int(datetime.fromisoformat(moment).replace(tzinfo=zone).timestamp() * 1_000_000)


NOW = us("2026-03-19T09:30")


def event(event_id: str, at: str, kind: str, **more: Any) -> dict[str, Any]:
    base = {
        "event_id": event_id,
        "t_us": us(at),
        "kind": kind,
        "truster": "guest:a",
        "trustee": "staff:b",
    }
    if "due" in more:
        more["due_us"] = us(more.pop("due"))
    return base | {"organisation": "hotel:h"} | more


def ledger(*rows: dict[str, Any]) -> pa.Table:
    types = {name: pa.int64() if name in INTEGERS else pa.string() for name in COLUMNS} | {
        "outcome": pa.float64(),
    }
    return pa.Table.from_pylist(list(rows), schema=pa.schema(list(types.items())))


MADE = event("p", "2026-03-18T10:00", "promise_made", due="2026-03-19T15:00", text="三点前回复您")


def test_a_promise_waits_until_it_is_kept_or_broken() -> None:
    """Either ending that refers to it takes it off the list."""
    (promise,) = open_promises(ledger(MADE), NOW, SHANGHAI)
    assert (promise.event_id, promise.status, promise.text, promise.moved) == (
        "p",
        "due_today",
        "三点前回复您",
        0,
    )
    for end in ("promise_kept", "promise_broken"):
        assert (
            open_promises(ledger(MADE, event("e", "2026-03-19T09:00", end, ref="p")), NOW, SHANGHAI)
            == []
        )


def test_what_happens_later_is_not_known_yet() -> None:
    """An ending at the very time of asking does not count, nor does a promise made then."""
    kept = event("e", "2026-03-19T09:30", "promise_kept", ref="p")
    assert len(open_promises(ledger(MADE, kept), NOW, SHANGHAI)) == 1
    assert (
        open_promises(ledger(event("q", "2026-03-19T09:30", "promise_made")), NOW, SHANGHAI) == []
    )


def test_a_renegotiation_brings_the_new_due_time() -> None:
    """The promise keeps its name and its making; due time and sentence are the latest."""
    moved = event(
        "m",
        "2026-03-19T09:00",
        "promise_renegotiated",
        ref="p",
        due="2026-03-20T12:00",
        text="改到明天",
    )
    again = event("n", "2026-03-19T09:10", "promise_renegotiated", ref="m", text="时间不变")
    (promise,) = open_promises(ledger(MADE, moved, again), NOW, SHANGHAI)
    assert (promise.event_id, promise.status, promise.moved) == ("p", "due_soon", 2)
    assert (promise.due_us, promise.text, promise.made_us) == (
        us("2026-03-20T12:00"),
        "时间不变",
        MADE["t_us"],
    )
    kept = event("e", "2026-03-19T09:20", "promise_kept", ref="m")
    assert open_promises(ledger(MADE, moved, again, kept), NOW, SHANGHAI) == []


@pytest.mark.parametrize(
    ("due", "status"),
    [
        ("2026-03-18T17:00", "overdue"),
        ("2026-03-19T09:29", "overdue"),
        ("2026-03-19T09:30", "due_today"),
        ("2026-03-19T23:59", "due_today"),
        ("2026-03-20T00:00", "due_soon"),
        ("2026-03-21T23:59", "due_soon"),
        ("2026-03-22T00:00", "later"),
    ],
)
def test_status_follows_the_houses_calendar(due: str, status: str) -> None:
    """Today ends at the house's midnight, not at that of the server."""
    row = event("p", "2026-03-10T10:00", "promise_made", due=due)
    assert open_promises(ledger(row), NOW, SHANGHAI)[0].status == status


def test_the_zone_decides_what_today_is() -> None:
    """At 20:00 UTC a promise due at 02:00 UTC is still today in Shanghai, and tomorrow in London."""
    at = us("2026-03-19T20:00", UTC)
    row = event("p", "2026-03-10T10:00", "promise_made") | {"due_us": us("2026-03-20T02:00", UTC)}
    assert open_promises(ledger(row), at, SHANGHAI)[0].status == "due_today"
    assert open_promises(ledger(row), at, ZoneInfo("Europe/London"))[0].status == "due_soon"


def test_the_earliest_due_comes_first_and_undated_ones_last() -> None:
    """The list is read from the top."""
    rows = [
        event("u", "2026-03-10T10:00", "promise_made"),
        event("b", "2026-03-10T10:00", "promise_made", due="2026-03-20T10:00"),
        event("a", "2026-03-11T10:00", "promise_made", due="2026-03-18T10:00"),
    ]
    found = open_promises(ledger(*rows), NOW, SHANGHAI)
    assert [promise.event_id for promise in found] == ["a", "b", "u"]
    assert found[-1].status == "undated"


def test_a_correction_takes_an_event_back() -> None:
    """A promise entered by mistake is gone; an ending taken back leaves the promise open."""
    kept = event("e", "2026-03-19T09:00", "promise_kept", ref="p")
    undo = event("c", "2026-03-19T09:10", "correction", ref="e")
    redo = event("d", "2026-03-19T09:20", "correction", ref="c")
    assert len(open_promises(ledger(MADE, kept, undo), NOW, SHANGHAI)) == 1
    assert open_promises(ledger(MADE, kept, undo, redo), NOW, SHANGHAI) == []
    assert (
        open_promises(
            ledger(MADE, event("c", "2026-03-19T09:10", "correction", ref="p")), NOW, SHANGHAI
        )
        == []
    )


def test_no_events_no_promises() -> None:
    """An empty ledger is not an error."""
    assert open_promises(ledger(), NOW, SHANGHAI) == []
