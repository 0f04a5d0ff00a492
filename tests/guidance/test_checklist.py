"""Facts beside a checklist: what the ledger shows of one relationship in 90 days."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from troth.guidance.checklist import facts_of
from troth.guidance.relationship import own_events
from troth.ledger.read import read_events

DAY = 86_400_000_000
NOW = 200 * DAY


def event(event_id: str, day: float, kind: str, **more: Any) -> dict[str, Any]:
    """One event of a guest and a house."""
    base: dict[str, Any] = {"event_id": event_id, "t_us": int(day * DAY), "kind": kind}
    base |= {"truster": "guest:a", "trustee": "staff:b", "organisation": "hotel:h"}
    return base | dict.fromkeys(("ref", "due_us", "text", "outcome")) | more


def told(*rows: dict[str, Any], trustee: str = "hotel:h") -> list[dict[str, Any]]:
    """The own events among some rows."""
    reading = read_events(pa.Table.from_pylist(list(rows)), now_us=NOW)
    assert reading.rejected.num_rows == 0
    return own_events(reading.events.table, "guest:a", trustee, NOW)


def test_own_events_are_those_with_anyone_of_the_house() -> None:
    """In order of time; other guests, other houses and what is not known yet are left out."""
    rows = (
        event("later", NOW / DAY, "contact"),
        event("two", 20, "contact", trustee="staff:c"),
        event("one", 10, "contact"),
        event("direct", 30, "contact", trustee="hotel:h", organisation=None),
        event("elsewhere", 30, "contact", organisation="bank:t"),
        event("other", 30, "contact", truster="guest:z"),
    )
    assert [row["event_id"] for row in told(*rows)] == ["one", "two", "direct"]
    with_one = told(*rows, trustee="staff:c")
    assert [row["event_id"] for row in with_one] == ["two"]


def test_promises_and_preferences_are_counted_over_90_days() -> None:
    """Older ones and those that a correction took back do not count."""
    rows = told(
        event("old", 50, "promise_kept"),
        event("kept", 150, "promise_kept"),
        event("wrong", 151, "promise_broken"),
        event("undo", 152, "correction", ref="wrong"),
        event("open", 153, "promise_made", due_us=NOW + DAY),
        event("lapsed", 154, "promise_made", due_us=NOW - DAY),
        event("met", 155, "preference_honoured", trustee="staff:c"),
    )
    facts = facts_of(rows, NOW, open_breaches=2)
    assert facts["promises"] == {"kept": 1, "broken": 0, "open": 1}
    assert facts["preferences"] == {"met": 1, "missed": 0}
    assert facts["people"] == {"count": 2}
    assert facts["open_breaches"] == {"count": 2}
    assert facts["last_contact"] == {"days": 45.0}


def test_a_stranger_has_no_last_contact() -> None:
    """Where nothing is known, nothing is said."""
    assert "last_contact" not in facts_of([], NOW, 0)
