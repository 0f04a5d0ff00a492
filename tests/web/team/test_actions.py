"""Thanks, help and hand-overs: by whom they may be recorded, and what they do to trust."""

from __future__ import annotations

import pyarrow as pa
import pytest

import troth
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.models import AuditRow
from troth.web.ledger.models import Event, Relationship, Words
from troth.web.ledger.standing import told
from troth.web.ledger.weights import desk_parameters
from troth.web.team.actions.choose_match import choose_match
from troth.web.team.actions.record_hand_over import record_hand_over
from troth.web.team.actions.record_help import record_help
from troth.web.team.actions.state_skills import state_skills
from troth.web.team.actions.take_back_last import take_back_last
from troth.web.team.actions.thank_colleague import thank_colleague
from troth.web.team.models import Skill

pytestmark = pytest.mark.django_db


def test_who_was_helped_trusts_who_helped(hotel):
    """Thanks, help and a hand-over are evidence of the doer's trust in the other, for their house."""
    li, wang = hotel.actor("front_line"), hotel.party("staff:wang")
    thank_colleague(li, wang, " 谢谢您替我顶班 ")
    record_help(li, wang)
    record_hand_over(li, wang, kept=True)
    record_hand_over(li, wang, kept=False, text="客人的发票没有写")
    rows = Event.objects.filter(source="desk").select_related("words")
    assert {(e.truster.key, e.trustee.key, e.organisation.key) for e in rows} == {
        ("staff:li", "staff:wang", "hotel")
    }
    assert {e.kind: e.outcome for e in rows} == {
        "thanks": 1, "help_given": 1, "hand_over_kept": 1, "hand_over_dropped": 0,
    }  # fmt: skip
    assert rows.get(kind="thanks").words.text == "谢谢您替我顶班"
    row = Relationship.objects.get(truster__key="staff:li", trusted__key="staff:wang")
    assert row.inside
    assert not Relationship.objects.filter(truster__key="staff:wang", inside=True).exists()
    deeds = AuditRow.objects.filter(user=li.user).values_list("deed", flat=True)
    assert set(deeds) == {"thank_colleague", "record_help", "record_hand_over"}


def test_the_belief_at_the_desk_is_that_of_the_files(hotel):
    """The same events scored from a file, within 1e-9, and two pieces of evidence are needed."""
    kinds = ["thanks", "help_given", "hand_over_kept", "hand_over_dropped", "hand_over_kept"]
    for days, kind in enumerate(kinds):
        hotel.event(20 - days, kind, truster="staff:li", trustee="staff:wang")
    row = Relationship.objects.get(truster__key="staff:li", trusted__key="staff:wang")
    at = hotel.now_us
    desk = told(row, at, desk_parameters()).explanation
    events = [
        {
            "event_id": e.event_id, "t_us": e.t_us, "truster": e.truster.key, "trustee": e.trustee.key,
            "organisation": e.organisation.key if e.organisation else None, "kind": e.kind,
            "outcome": e.outcome, "ref": e.ref,
        }
        for e in Event.objects.select_related("truster", "trustee", "organisation")
    ]  # fmt: skip
    files = troth.explain(pa.Table.from_pylist(events), "staff:li", "staff:wang", at_us=at)
    assert desk.probability == pytest.approx(files.probability, abs=1e-9)
    assert (desk.low, desk.high) == pytest.approx((files.low, files.high), abs=1e-9)
    assert desk.enough == files.enough


def test_only_two_colleagues_of_one_house(hotel):
    """Nobody about themselves, nobody of another house, no customer, nobody without a place."""
    li = hotel.actor("front_line")
    for key in ("staff:li", "staff:sun", "guest:chen", "team:front"):
        with pytest.raises(RefusedError):
            thank_colleague(li, hotel.party(key))
    for role in ("admin", "analyst", "stranger"):
        with pytest.raises(RefusedError):
            record_help(hotel.actor(role), hotel.party("staff:wang"))
    assert not Event.objects.filter(source="desk").exists()


def test_a_dropped_hand_over_says_what_was_missing(hotel):
    """Without words it is refused, so that it can be made good; the customer goes by a silent id."""
    li, wang, chen = hotel.actor("front_line"), hotel.party("staff:wang"), hotel.party("guest:chen")
    with pytest.raises(RefusedError, match="missing"):
        record_hand_over(li, wang, kept=False)
    with pytest.raises(RefusedError):
        record_hand_over(li, wang, kept=True, customer=hotel.party("shopper:zhao"))
    name = record_hand_over(li, wang, kept=True, customer=chen)
    assert Words.objects.get(event__event_id=name).extras == {"about": chen.uid}


def test_take_back_within_five_minutes_and_only_ones_own(hotel):
    """The record stays, struck through."""
    li = hotel.actor("front_line")
    name = thank_colleague(li, hotel.party("staff:wang"))
    with pytest.raises(RefusedError):
        take_back_last(hotel.actor("lead"), name)
    take_back_last(li, name)
    assert Event.objects.get(kind="correction").ref == name
    old = thank_colleague(li, hotel.party("staff:wang"))
    li = type(li)(li.user, "page", li.now_us + 6 * 60_000_000)
    with pytest.raises(RefusedError, match="minutes"):
        take_back_last(li, old)


def test_skills_are_of_closed_lists_and_stated_by_oneself_or_a_lead(hotel):
    """A list at once; nothing free, so nothing protected can be put in."""
    li = hotel.party("staff:li")
    said = [("language", "en"), ("wanted", "calming"), ("wish", "not_my_lead"), ("learners", "3")]
    assert state_skills(hotel.actor("front_line"), li, said) == 4
    assert state_skills(hotel.actor("lead"), li, [("language", "en"), ("language", "ja")]) == 4
    assert set(Skill.objects.values_list("kind", "value")) == {
        ("language", "en"),
        ("language", "ja"),
    }
    assert AuditRow.objects.filter(deed="state_skills").first().details == {
        "added": 1,
        "removed": 3,
    }
    for wrong in [("strength", "young"), ("language", "Han"), ("sex", "female")]:
        with pytest.raises(RefusedError):
            state_skills(hotel.actor("lead"), li, [wrong])
    with pytest.raises(RefusedError):
        state_skills(hotel.actor("front_line"), hotel.party("staff:wang"), said)
    with pytest.raises(RefusedError):
        state_skills(hotel.actor("lead"), hotel.party("staff:sun"), said)


def test_a_choice_is_written_down_and_changes_nothing_else(hotel):
    """For customers and learners that the doer may place."""
    lead, li, chen = hotel.actor("lead"), hotel.party("staff:li"), hotel.party("guest:chen")
    before = Event.objects.count()
    choose_match(lead, chen, li, proposed=True)
    row = AuditRow.objects.get(deed="choose_match")
    assert (row.what, row.details) == (
        "guest:chen", {"part": "customer", "staff": "staff:li", "proposed": True},
    )  # fmt: skip
    choose_match(lead, li, hotel.party("staff:zhou"), proposed=False)
    assert Event.objects.count() == before
    sun, zhao = hotel.party("staff:sun"), hotel.party("shopper:zhao")
    for whom, staff in [(chen, sun), (zhao, li), (li, li), (chen, chen)]:
        with pytest.raises(RefusedError):
            choose_match(lead, whom, staff, proposed=False)
