"""Pages of trust between colleagues: what waits for who leads them, and what is for customers alone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from troth.pages.words import Words
from troth.web.ledger.models import Event, Relationship
from troth.web.people.models import Sitting

pytestmark = pytest.mark.django_db
OLD, FRESH = "Thanks for Tuesday.", "Nothing was in the book."


@pytest.fixture
def inside(lived):
    """Li Na thanked Wang Lei last week, and noted a dropped hand-over of his just now."""
    told = {"truster": "staff:li", "trustee": "staff:wang"}
    lived.event(9, "thanks", learned=9, text=OLD, **told)
    lived.event(5, "hand_over_dropped", event_id="fresh", text=FRESH, **told)
    return lived


@pytest.mark.parametrize("trusted", ["staff:wang", "hotel"])
@pytest.mark.parametrize("then", ["", "history/", "course/"])
def test_what_was_learned_just_now_waits_on_every_part(inside, address, signed_in, trusted, then):
    """On the pair's page and on that of the colleague's trust in the house; by when it was learned."""
    path = address("staff:li", trusted, then)
    own = signed_in("front_line").get(path)
    assert own.status_code == 200
    for role in ("coach", "admin"):
        page = signed_in(role).get(path)
        assert page.status_code == 200
        assert FRESH not in page.content.decode()
        if not then:
            assert FRESH in own.content.decode()
            assert OLD in page.content.decode()
            assert "交接遗漏" not in page.content.decode()
    assert signed_in("analyst").get(path).status_code == 404


def test_the_course_has_no_point_of_what_waits(inside, address, signed_in):
    """A dip without words would tell as much."""
    from troth.web.accounts.access import Scope
    from troth.web.ledger.first import as_seen
    from troth.web.ledger.standing import told
    from troth.web.ledger.weights import desk_parameters

    row = Relationship.objects.get(truster__key="staff:li", trusted__key="staff:wang")
    found = told(row, inside.now_us, desk_parameters())
    own, seen = (as_seen(found, row, Scope(inside.users[r])) for r in ("front_line", "coach"))
    assert own is found
    assert len(seen.explanation.timeline) == len(found.explanation.timeline) - 1
    assert seen.explanation.timeline[-1] == found.explanation.timeline[-1]
    assert [one.text for one in seen.explanation.contributions if one.own] == [OLD]
    assert sum(seen.by_staff.values()) > sum(found.by_staff.values())


def test_nobody_opens_the_forms_of_an_event_that_waits(inside, address, signed_in):
    """By number neither; one of the two does."""
    number = Event.objects.get(event_id="fresh").pk
    path = address("staff:li", "staff:wang", f"events/{number}/")
    assert signed_in("coach").get(path).status_code == 404
    assert signed_in("lead").get(path).status_code == 200


def test_no_card_is_made_of_a_colleague(inside, address, signed_in):
    """Not even from a result that they share; customers have theirs."""
    Sitting.objects.create(
        user=inside.users["front_line"], questionnaire="ecr_rs", shared="team", begun_us=1,
        done_us=inside.now_us - 1, until_us=inside.now_us + 10**12,
        scores={"anxiety": 6.8, "avoidance": 1.0},
    )  # fmt: skip
    assert signed_in("admin").get(address("staff:li", "staff:wang", "advice/")).status_code == 404
    assert signed_in("admin").get(address("guest:chen", "hotel", "advice/")).status_code == 200


def test_the_situation_of_a_colleague_holds_nothing_of_their_own(inside, rf):
    """What they answered is theirs, wherever a card might be made."""
    from troth.people.known import Person
    from troth.web.guidance.situation import person_told

    li = inside.party("staff:li")
    Sitting.objects.create(
        user=inside.users["front_line"], questionnaire="ipip_ipc", shared="team", begun_us=1,
        done_us=inside.now_us - 1, until_us=inside.now_us + 10**12,
        scores={"position": [1.9, 0.1, 0.0, 1.5, ["d"]]},
    )  # fmt: skip
    from troth.web.people.known import person_of

    assert person_of(li, inside.house, inside.now_us, "zh") != Person()
    asked = rf.get("/")
    asked.user, asked.now_us = inside.users["admin"], inside.now_us
    asked.words = Words("zh", ZoneInfo("Asia/Shanghai"), {})
    assert person_told(asked, li, inside.house) == Person()
