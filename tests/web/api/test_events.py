"""One event at a time: keys, answers, refusals, reading back by pages."""

from __future__ import annotations

import pytest

from troth.web.accounts.models import AuditRow
from troth.web.api.models import Answer
from troth.web.ledger.models import Event, Relationship

pytestmark = pytest.mark.django_db


def survey(**more):
    """A guest's answer."""
    return {
        "event_id": "pms-1", "at": "2026-03-01T20:00:00+08:00", "truster": "guest:chen",
        "trustee": "staff:li", "organisation": "hotel", "kind": "survey", "outcome": 0.9,
        "text": "住得很舒服，窗外就是江。", **more,
    }  # fmt: skip


def test_an_event_is_on_record_and_answers_the_new_belief(lived, admin):
    """201, with the id and where the relationship stands now."""
    answer = admin.post("/events", survey(room="1203", 备注="靠江"))
    assert answer.status_code == 201
    told = answer.json()
    assert told["event_id"] == "pms-1"
    kept = Relationship.objects.get(truster__key="guest:chen", trusted__key="hotel")
    assert told["belief"]["probability"] == kept.probability
    assert told["belief"]["enough"] is kept.enough
    event = admin.get("/events/pms-1").json()
    assert event["text"] == "住得很舒服，窗外就是江。"
    assert event["extras"] == {"room": "1203", "备注": "靠江"}
    assert event["at"] == "2026-03-01T12:00:00Z"
    assert AuditRow.objects.filter(deed="record_event", door="api", what="pms-1").count() == 1


def test_neutral_events_say_that_it_is_too_early(desk, admin):
    """A note about strangers is no evidence."""
    note = survey(kind="note", truster="guest:new", trustee="staff:new", organisation=None)
    del note["outcome"]
    assert admin.post("/events", note).json()["belief"]["enough"] is False


def test_the_same_again_is_the_same(lived, admin):
    """Its own id is its key, whatever header comes with it."""
    first = admin.post("/events", survey())
    count = Event.objects.count()
    assert admin.post("/events", survey()).status_code == 201
    again = admin.post("/events", survey(), Idempotency_Key="k-2")
    assert (again.status_code, again.json()["event_id"]) == (201, first.json()["event_id"])
    assert Event.objects.count() == count


def test_another_under_the_same_id_is_refused(lived, admin):
    """409, for another outcome, other words and other extras alike; the record stands."""
    admin.post("/events", survey(room="1203"))
    for other in ({"outcome": 0.1}, {"text": "不好"}, {"room": "1204"}, {}):
        answer = admin.post("/events", survey(**({"room": "1203"} | other if other else {})))
        assert answer.status_code == 409, other
        assert answer.json()["type"] == "urn:troth:problem:conflict"
    assert Event.objects.get(event_id="pms-1").outcome == 0.9


def test_a_key_in_the_header_serves_events_without_id(lived, admin):
    """The very same answer, even after other events; another body is refused."""
    told = survey()
    del told["event_id"], told["at"]
    first = admin.post("/events", told, Idempotency_Key="night-17")
    assert first.status_code == 201
    admin.post("/events", survey(outcome=0.0))
    again = admin.post("/events", told, Idempotency_Key="night-17")
    assert (again.status_code, again.json()) == (201, first.json())
    other = admin.post("/events", told | {"outcome": 0.2}, Idempotency_Key="night-17")
    assert other.status_code == 409
    assert Event.objects.filter(event_id=first.json()["event_id"]).count() == 1


def test_keys_of_two_machines_do_not_meet(lived, machine):
    """A key is its asker's own."""
    told = {"truster": "guest:chen", "trustee": "staff:li", "kind": "contact"}
    first = machine().post("/events", told, Idempotency_Key="1").json()
    from troth.web.accounts.models import User

    other = User.objects.create_user("second", role="admin", lang="en")
    lived.users["second"] = other
    second = machine(role="second").post("/events", told, Idempotency_Key="1").json()
    assert first["event_id"] != second["event_id"]
    assert Answer.objects.count() == 2


def test_keys_must_be_plain(lived, admin):
    """A key that no header should carry is refused."""
    assert admin.post("/events", survey(), Idempotency_Key="a b").status_code == 422
    assert admin.post("/events", survey(), Idempotency_Key="x" * 101).status_code == 422


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"kind": "smile"}, "kind"),
        ({"outcome": 1.5}, "outcome"),
        ({"outcome": "0.5"}, "outcome"),
        ({"truster": "staff:li"}, "trustee"),
        ({"at": "yesterday"}, "at"),
        ({"at": "2030-01-01T00:00:00Z"}, "at"),
        ({"ref": "nobody-knows"}, "ref"),
        ({"weight": -1}, "weight"),
        ({"weight": 1e308}, "weight"),
        ({"text": "a\0b"}, "text"),
        ({"Event ID": "x"}, "Event ID"),
        ({"trustee": None}, "trustee"),
        ({"t_us": 1}, "at"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_wrong_is_named(lived, machine, wrong, column, lang):
    """422 with row, column and reason, in the language asked for."""
    answer = machine(lang=lang).post("/events", survey(**wrong))
    assert answer.status_code == 422
    told = answer.json()
    assert set(told) >= {"type", "title", "status", "detail", "errors"}
    assert [error["column"] for error in told["errors"]] == [column]
    assert told["errors"][0]["reason"]
    chinese = any("\u4e00" <= letter <= "\u9fff" for letter in told["title"] + told["detail"])
    assert chinese == (lang == "zh")
    assert answer["Content-Language"] == lang
    assert not Event.objects.filter(event_id="pms-1").exists()


@pytest.mark.parametrize("kind", ["merge", "split", "staff_answer"])
def test_deeds_of_the_desk_are_done_there(lived, admin, kind):
    """Events that go with a change elsewhere are no machine's to write."""
    told = survey(kind=kind, ref="e1")
    del told["outcome"]
    assert admin.post("/events", told).status_code == 422


def test_corrections_are_for_those_who_may_overrule(lived, admin, signed_in):
    """Front-line staff take nothing back; an admin's machine may."""
    from tests.web.api.conftest import Machine

    told = {"truster": "guest:chen", "trustee": "staff:li", "kind": "correction", "ref": "e7"}
    assert Machine(signed_in("front_line")).post("/events", told).status_code == 403
    before = Relationship.objects.get(trusted__key="hotel").probability
    assert admin.post("/events", told | {"organisation": "hotel"}).status_code == 201
    assert Relationship.objects.get(trusted__key="hotel").probability > before


def test_who_sees_everything_may_name_a_new_house(desk, admin):
    """As in a file; the new house is on record with the event."""
    answer = admin.post("/events", survey(organisation="annex"))
    assert (answer.status_code, answer.json()["belief"]["trusted"]) == (201, "annex")


def test_a_merged_guest_is_answered_under_todays_name(lived, admin):
    """An event told under the old name is evidence of the one party."""
    from troth.web.ledger.actions.merges import merge_parties

    lived.event(3, "survey", truster="guest:benbow", outcome=0.2)
    keep, other = lived.party("guest:chen"), lived.party("guest:benbow")
    merge_parties(lived.actor(), keep=keep, other=other, reason="one passport")
    answer = admin.post("/events", survey(truster="guest:benbow")).json()
    assert answer["belief"]["truster"] == "guest:chen"
    assert admin.get("/parties/guest:benbow").json()["key"] == "guest:chen"


def test_who_sees_one_house_need_not_name_it(lived, signed_in):
    """Front-line staff record for their own house, and for no other."""
    from tests.web.api.conftest import Machine

    machine = Machine(signed_in("front_line"))
    told = survey()
    del told["organisation"]
    name = machine.post("/events", told).json()["event_id"]
    assert Event.objects.get(event_id=name).organisation.key == "hotel"
    assert machine.post("/events", survey(event_id="x", organisation="shop")).status_code == 422


def test_events_are_read_by_pages_and_filters(lived, admin):
    """Every event once, whatever comes in between."""
    found, cursor = [], ""
    for _ in range(10):
        page = admin.get(f"/events?limit=3{cursor}").json()
        found += [event["event_id"] for event in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
        if len(found) == 3:
            admin.post("/events", survey())
    assert found == [f"e{i}" for i in range(1, 9)] + ["pms-1"]
    assert len(admin.get("/events?kind=promise_made").json()["items"]) == 4
    assert admin.get("/events?truster=nobody").json() == {"items": [], "next": None}
    recent = admin.get(
        "/events?since=2026-02-28T00:00:00%2B08:00&house=hotel&trustee=staff:li"
    ).json()
    assert [event["event_id"] for event in recent["items"]] == ["e6", "e7", "e8", "pms-1"]


@pytest.mark.parametrize(
    "query", ["cursor=nonsense", "limit=0", "limit=501", "limit=x", "since=soon"]
)
def test_wrong_questions_are_refused(lived, admin, query):
    """422, never a guess."""
    answer = admin.get(f"/events?{query}")
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"


def test_odd_ids_are_found_again(lived, admin):
    """Slashes, spaces, Chinese, percent signs."""
    from urllib.parse import quote

    for name in ("a/b c", "订单 №17", "100%"):
        assert admin.post("/events", survey(event_id=name)).status_code == 201
        assert admin.get(f"/events/{quote(name, safe='')}").json()["event_id"] == name
