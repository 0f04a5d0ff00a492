"""Open breaches: one case however often it is complained of, and what has been done about it."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from troth.guidance.breaches import open_breaches
from troth.lab.demo import DEMO_UNTIL_US, demo_events
from troth.ledger.evidence import evidence_rows
from troth.ledger.read import read_events

DAY = 86_400_000_000
NOW = 100 * DAY
TEXTS = ("event_id", "truster", "trustee", "organisation", "kind", "ref", "text")
TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(TEXTS, pa.string()),
    **dict.fromkeys(("t_us", "due_us"), pa.int64()),
    "outcome": pa.float64(),
}
SCHEMA = pa.schema(TYPES)


def event(
    event_id: str, day: int, kind: str, ref: str | None = None, **more: Any
) -> dict[str, Any]:
    base = {"event_id": event_id, "t_us": day * DAY, "truster": "guest:a", "trustee": "staff:b"}
    return base | {"organisation": "hotel:h", "kind": kind, "ref": ref} | more


def ledger(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=SCHEMA)


COMPLAINT = event("c", 10, "complaint_opened", text="这是我第三次打电话了")


def test_a_complaint_waits_until_it_is_resolved() -> None:
    """An answer and an apology are steps; only a resolution ends it."""
    rows = [COMPLAINT]
    (breach,) = open_breaches(ledger(*rows), NOW)
    assert (breach.event_id, breach.since_us, breach.text) == (
        "c",
        10 * DAY,
        "这是我第三次打电话了",
    )
    assert breach.latest is None
    assert not breach.answered
    rows += [
        event("a", 11, "complaint_answered", "c"),
        event("s", 12, "apology", "c", trustee="staff:z", text="抱歉"),
    ]
    (breach,) = open_breaches(ledger(*rows), NOW)
    assert breach.answered
    assert breach.apologised
    assert breach.latest is not None
    assert (breach.latest.kind, breach.latest.trustee, breach.latest.text) == (
        "apology",
        "staff:z",
        "抱歉",
    )
    assert open_breaches(ledger(*rows, event("r", 13, "complaint_resolved", "c")), NOW) == []


def test_later_events_are_not_known_yet() -> None:
    """A resolution at the time of asking does not count."""
    assert (
        len(open_breaches(ledger(COMPLAINT, event("r", 100, "complaint_resolved", "c")), NOW)) == 1
    )


def test_a_complaint_about_a_broken_promise_is_one_case() -> None:
    """It shows the latest sentence, waits since the first, and one resolution ends both."""
    rows = [
        event("b", 8, "promise_broken", "p", text="没有人来"),
        event("s", 9, "apology", "b"),
        event("c", 10, "complaint_opened", "b", text="道歉之后呢？"),
        event("q", 11, "promise_made", "c"),
    ]
    (breach,) = open_breaches(ledger(*rows), NOW)
    assert (breach.event_id, breach.root, breach.text) == ("c", "b", "道歉之后呢？")
    assert breach.since_us == 8 * DAY
    assert [step.kind for step in breach.steps] == ["apology", "promise_made"]
    assert open_breaches(ledger(*rows, event("r", 12, "complaint_resolved", "c")), NOW) == []


def test_a_reopened_complaint_starts_counting_again() -> None:
    """What was done before the resolution no longer counts as done."""
    rows = [
        COMPLAINT,
        event("s", 11, "apology", "c"),
        event("r", 12, "complaint_resolved", "c"),
        event("o", 20, "complaint_reopened", "c", text="又来了"),
    ]
    (breach,) = open_breaches(ledger(*rows), NOW)
    assert (breach.event_id, breach.root, breach.since_us, breach.text) == (
        "o",
        "c",
        20 * DAY,
        "又来了",
    )
    assert breach.steps == ()
    assert open_breaches(ledger(*rows, event("z", 21, "complaint_resolved", "o")), NOW) == []


def test_a_correction_takes_a_breach_or_its_resolution_back() -> None:
    """A complaint entered by mistake is gone; a resolution taken back leaves it open."""
    solved = event("r", 12, "complaint_resolved", "c")
    assert open_breaches(ledger(COMPLAINT, event("x", 13, "correction", "c")), NOW) == []
    assert (
        len(open_breaches(ledger(COMPLAINT, solved, event("x", 13, "correction", "r")), NOW)) == 1
    )


def test_the_longest_waiting_comes_first() -> None:
    """The list is read from the top."""
    rows = [event("n", 30, "preference_missed"), event("o", 20, "promise_broken"), COMPLAINT]
    assert [breach.event_id for breach in open_breaches(ledger(*rows), NOW)] == ["c", "o", "n"]


@pytest.mark.parametrize("share", [0.4, 0.7, 1.0])
def test_the_list_agrees_with_the_ledger(share: float) -> None:
    """As many cases are open as the ledger's evidence counts, at several times of the demo's year."""
    events = read_events(pa.Table.from_pylist(demo_events()), now_us=DEMO_UNTIL_US).events
    at_us = int(DEMO_UNTIL_US - (1 - share) * 365 * DAY)
    evidence = evidence_rows(events)
    opened = int(evidence.open_change[evidence.from_us < at_us].astype("int64").sum())
    assert len(open_breaches(events.table, at_us)) == opened
