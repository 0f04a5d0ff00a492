"""What not to say, from the facts of the demo's relationships."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from tests.pages.demo import LIVE, explained, year
from troth.guidance.breaches import open_breaches
from troth.guidance.relationship import own_events
from troth.pages.avoid import advice_of, facts_of
from troth.pages.sums import by_event, by_origin
from troth.pages.words import Words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_waits_for_repair_hears_no_excuses(lang: str) -> None:
    """The open breach, its kind and what it hurt most are among the facts."""
    guest, house = "guest:liu-jianping", "hotel:linjiang"
    told = explained(guest, house)
    rows = own_events(year().table, guest, house, told.at_us)
    waiting = [b for b in open_breaches(year().table, told.at_us) if b.truster == guest]
    facts = facts_of(told, rows, waiting)
    assert facts["open_breach"] == [waiting[0].kind]
    assert facts["stage"] == [told.stage, "repair"]
    found = advice_of(told, rows, waiting, Words(lang, ZoneInfo("UTC"), {}))
    assert 1 <= len(found) <= 4
    assert all(line.avoid and line.instead for line in found)
    assert facts_of(told, rows, [])["breach_dimension"] == []


def test_promises_are_open_until_they_end() -> None:
    """And overdue once their time is past."""
    told = explained(*LIVE[0])
    made = {
        "event_id": "p", "kind": "promise_made", "t_us": 1, "ref": None, "due_us": 2,
        "outcome": None, "text": None,
    }  # fmt: skip
    facts = facts_of(told, [made], [])
    assert facts["promise_open"]
    assert facts["promise_overdue"]
    kept = {**made, "event_id": "k", "kind": "promise_kept", "ref": "p", "t_us": 2}
    assert not facts_of(told, [made, kept], [])["promise_open"]


def test_what_no_event_stands_for_has_a_bar_of_its_own() -> None:
    """So that a sum of which some events are not told still adds up."""
    told = explained(*LIVE[1])
    own = tuple(c for c in told.contributions if c.own)
    origins = by_origin(told)
    sums = by_event(replace(told, contributions=own), origins.evidence, 5)
    assert sums.untold is not None
    assert sum(b.value for b in sums.bars) + sums.own.value + sums.untold == sums.total
    assert by_event(told, origins.evidence, 5).untold is None
