"""The demo's team: pairs with something between them, and statements of the closed lists."""

from __future__ import annotations

from collections import Counter

from troth.lab.demo import demo_events
from troth.lab.demo.pages import page
from troth.lab.demo.people import demo_houses
from troth.web.team.happened import KINDS
from troth.web.team.stated import choices


def test_every_pair_of_a_house_has_hand_overs_or_thanks():
    """So that a page of any two says something."""
    events = [event for event in demo_events() if event["kind"] in KINDS]
    met = {frozenset((event["truster"], event["trustee"])) for event in events}
    for house in demo_houses():
        ids = [person.id for person in house.staff]
        assert {frozenset((a, b)) for a in ids for b in ids if a != b} <= met
    assert set(Counter(event["kind"] for event in events)) == set(KINDS)


def test_what_the_demo_s_staff_state_is_on_offer():
    """Of each kind, and of people who are there."""
    staff = {person.id for house in demo_houses() for person in house.staff}
    told = page("team")
    assert set(told) == staff
    for kinds in told.values():
        for kind, values in kinds.items():
            assert set(values) <= set(choices()[kind])
