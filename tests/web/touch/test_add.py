"""A touch by hand: few taps, all or none, and a way back."""

from __future__ import annotations

import pytest

from troth.content.touches import touch_of, touches
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.models import AuditRow
from troth.web.ledger.models import Event, Promise
from troth.web.parties.models import Preference
from troth.web.touch.actions.record_touches import Moment, record_touches

pytestmark = pytest.mark.django_db
HOUR_US = 3_600_000_000
MINUTE_US = 60_000_000


def add(desk, client, *keys, **more):
    sent = {"to": desk.party("guest:chen").pk, "touch": keys, "channel": "face_to_face", **more}
    return client.post("/add/", sent)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_form_offers_people_met_lately_and_every_touch(lived, signed_in, lang):
    """Recent people first; all that the content lists."""
    page = signed_in("front_line", lang).get("/add/").content.decode()
    assert f'name="to" value="{lived.party("guest:chen").pk}"' in page
    for group in touches():
        for touch in group.items:
            assert f'value="{touch.key}"' in page
            assert touch.label(lang) in page


def test_who_may_record(lived, signed_in):
    """All but analysts."""
    for role in ("front_line", "lead", "coach", "admin"):
        assert signed_in(role).get("/add/").status_code == 200
    assert signed_in("analyst").get("/add/").status_code == 403


def test_the_form_costs_few_queries(lived, signed_in, django_assert_max_num_queries):
    """One opens it many times a day."""
    client = signed_in("front_line")
    with django_assert_max_num_queries(7):
        client.get("/add/")


def test_two_taps_are_two_events_of_one_moment(lived, signed_in):
    """One transaction, one audit row of the deed, the channel remembered."""
    client = signed_in("front_line")
    assert (
        add(lived, client, "welcomed_by_name", "kept_waiting", channel="phone").url == "/add/done/"
    )
    events = Event.objects.filter(source="desk")
    assert sorted(events.values_list("kind", flat=True)) == ["kept_waiting", "welcomed_by_name"]
    assert set(events.values_list("t_us", "channel")) == {(lived.now_us, "phone")}
    assert set(events.values_list("trustee__key", "organisation__key")) == {("staff:li", "hotel")}
    assert AuditRow.objects.get(deed="record_touches").details["kinds"] == [
        "welcomed_by_name",
        "kept_waiting",
    ]
    assert 'value="phone" checked' in client.get("/add/").content.decode()


def test_all_or_none(lived, signed_in, monkeypatch):
    """Where one of them is refused, none is kept."""
    from troth.web.touch.actions import record_touches as deed

    real = deed._row
    monkeypatch.setattr(
        deed,
        "_row",
        lambda a, m, t: real(a, m, t) | ({"outcome": 7.0} if t.key == "smiled" else {}),
    )
    answer = add(lived, signed_in("front_line"), "listened", "smiled")
    assert answer.status_code == 422
    assert not Event.objects.filter(source="desk").exists()
    assert not AuditRow.objects.filter(
        deed__in=("record_touches", "record_events"), user__isnull=False
    ).exists()


def test_a_promise_needs_words_and_gets_its_time(lived, signed_in):
    """Without words it says so and keeps what was tapped; with them it is due as picked."""
    lived.users["front_line"].lang = "en"
    lived.users["front_line"].save()
    client = signed_in("front_line", "en")
    short = add(lived, client, "promised", "smiled", pick="evening")
    assert short.status_code == 422
    page = short.content.decode()
    assert "a few words" in page
    assert 'value="promised" checked' in page
    add(lived, client, "promised", "smiled", pick="evening", text="A quiet room tonight")
    promise = Promise.objects.latest("pk")
    assert (promise.state, promise.due_us) == ("open", lived.now_us + 9 * HOUR_US)
    assert Event.objects.get(event_id=promise.event_id).words.text == "A quiet room tonight"
    smiled = Event.objects.get(kind="smiled")
    assert smiled.due_us is None
    assert not hasattr(smiled, "words")


@pytest.mark.parametrize(("pick", "hours"), [("hour", 1), ("evening", 9), ("noon", 27)])
def test_quick_picks_are_on_the_readers_clock(lived, signed_in, pick, hours):
    """In one hour, today at six, tomorrow at noon."""
    add(lived, signed_in("front_line"), "promised", pick=pick, text="x")
    assert Promise.objects.latest("pk").due_us == lived.now_us + hours * HOUR_US


def test_a_time_given_by_hand_comes_first(lived, signed_in):
    """It is the more exact one."""
    add(lived, signed_in("front_line"), "promised", pick="hour", due="2026-03-02T20:30", text="x")
    assert Promise.objects.latest("pk").due_us == lived.now_us + 11 * HOUR_US + 30 * MINUTE_US


def test_a_stated_preference_is_noted_too(lived, signed_in):
    """As an event, and on the card; taking back takes both."""
    client = signed_in("front_line")
    add(lived, client, "preference", text="枕头要低一点")
    assert Preference.objects.get().what == "枕头要低一点"
    client.post("/add/undo/")
    assert not Preference.objects.exists()


def test_take_back_within_five_minutes(lived, signed_in, monkeypatch):
    """All of what was saved; later it is refused, and the button is gone."""
    from troth.web.ui import middleware

    client = signed_in("front_line", "en")
    add(lived, client, "kept_waiting", "interrupted")
    assert "Take it back" in client.get("/add/done/").content.decode()
    client.post("/add/undo/")
    assert Event.objects.filter(kind="correction").count() == 2
    add(lived, client, "kept_waiting")
    monkeypatch.setattr(middleware, "now_us", lambda: lived.now_us + 6 * MINUTE_US)
    assert "Take it back" not in client.get("/add/done/").content.decode()
    client.post("/add/undo/")
    assert Event.objects.filter(kind="correction").count() == 2


def test_nothing_to_take_back_is_said(lived, signed_in):
    """A second undo finds nothing."""
    client = signed_in("front_line")
    assert client.post("/add/undo/").status_code == 302
    assert client.get("/add/done/").url == "/add/"


@pytest.mark.parametrize(
    "sent", [{}, {"to": "x"}, {"to": "999999"}, {"touch": "smiled"}, {"touch": "nothing"}]
)
def test_what_is_missing_is_said(lived, signed_in, sent):
    """No error page, nothing recorded."""
    assert signed_in("front_line").post("/add/", sent).status_code == 422
    assert not Event.objects.filter(source="desk").exists()


def test_only_ones_own_customers(lived, signed_in):
    """Another house's customer cannot be chosen by number."""
    zhao = lived.party("shopper:zhao").pk
    sent = {"to": zhao, "touch": "smiled"}
    assert signed_in("front_line").post("/add/", sent).status_code == 422


def test_only_in_ones_own_name_unless_one_leads(lived, signed_in):
    """The front line records for itself; a lead for colleagues of the house."""
    wang = lived.party("staff:wang").pk
    assert add(lived, signed_in("front_line"), "smiled", by=wang).status_code == 422
    li = lived.party("staff:li").pk
    assert add(lived, signed_in("lead"), "smiled", by=li).status_code == 302
    sun = lived.party("staff:sun").pk
    assert add(lived, signed_in("lead"), "smiled", by=sun).status_code == 422


@pytest.mark.parametrize("touch", [t for g in touches() for t in g.items], ids=lambda t: t.key)
def test_every_touch_on_offer_can_be_recorded(lived, touch):
    """Each passes the ledger's checks as it is offered."""
    moment = Moment(
        lived.party("guest:chen"),
        lived.party("staff:li"),
        lived.house,
        "some words",
        lived.now_us + HOUR_US,
    )
    saved = record_touches(lived.actor("front_line"), moment, [touch])
    assert Event.objects.get(event_id=saved.events[0]).kind == touch.kind


def test_nothing_tapped_is_refused(lived):
    """The action itself says so, whichever door it is called through."""
    moment = Moment(lived.party("guest:chen"), lived.party("staff:li"), lived.house)
    with pytest.raises(RefusedError):
        record_touches(lived.actor("front_line"), moment, [])
    with pytest.raises(RefusedError):
        record_touches(lived.actor("front_line"), moment, [touch_of("noted")])
