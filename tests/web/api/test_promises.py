"""Promises: every deed, once a key."""

from __future__ import annotations

import pytest

from troth.web.accounts.models import AuditRow
from troth.web.ledger.actions.messages import record_message
from troth.web.ledger.models import Event, Promise

pytestmark = pytest.mark.django_db
NEW = {"to": "guest:chen", "by": "staff:li", "house": "hotel", "text": "晚上七点前把行李送上去。",
       "due": "2026-03-02T19:00:00+08:00", "channel": "phone"}  # fmt: skip


@pytest.fixture
def draft(desk):
    """A draft that the reader found in a message of staff."""
    said = record_message(
        desk.actor(), customer=desk.party("guest:chen"), staff=desk.party("staff:li"),
        house=desk.house, text="我今天下午三点前回复您。", speaker="staff",
    )  # fmt: skip
    assert said.drafts
    return said.drafts[0]


def test_promises_are_listed_by_state_and_due_time(lived, admin):
    """With their words, and whether they are late."""
    items = admin.get("/promises?state=open").json()["items"]
    assert [(p["promise_id"], p["text"]) for p in items] == [("e8", "我今天下午三点前回复您。")]
    assert items[0]["overdue"] is False
    assert admin.get("/promises?due_before=2026-03-01T00:00:00Z&state=open").json()["items"] == []
    assert len(admin.get("/promises?truster=guest:chen&trustee=staff:li").json()["items"]) == 4
    assert admin.get("/promises?state=lost").status_code == 422
    first = admin.get("/promises?limit=3").json()
    assert len(admin.get(f"/promises?cursor={first['next']}").json()["items"]) == 1


def test_a_promise_is_made(lived, admin):
    """201; the ledger has it, the audit log too."""
    answer = admin.post("/promises", NEW)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["state"], told["text"]) == ("open", NEW["text"])
    assert told["due_us"] == 1_772_449_200_000_000
    assert Event.objects.get(event_id=told["promise_id"]).channel == "phone"
    assert AuditRow.objects.filter(deed="make_promise", door="api").count() == 1


def test_a_key_makes_it_once(lived, admin):
    """The same request again answers the same promise; another one is refused."""
    first = admin.post("/promises", NEW, Idempotency_Key="p1")
    again = admin.post("/promises", NEW, Idempotency_Key="p1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert admin.post("/promises", NEW | {"text": "别的"}, Idempotency_Key="p1").status_code == 409
    assert Promise.objects.filter(said_in=first.json()["promise_id"]).count() == 1
    assert admin.post("/promises/e8/keep", {"text": "好"}, Idempotency_Key="k").status_code == 200
    again = admin.post("/promises/e8/keep", {"text": "好"}, Idempotency_Key="k")
    assert (again.status_code, again.json()["state"]) == (200, "kept")


@pytest.mark.parametrize(
    "wrong",
    [{"to": "nobody"}, {"by": "guest:nobody"}, {"house": "nowhere"}, {"text": "  "}, {"due": "at six"},
     {"due_us": 5}, {"extra": 1}, {"channel": "x" * 201}],
)  # fmt: skip
def test_wrong_promises_are_refused(lived, admin, wrong):
    """422, and none is made."""
    count = Promise.objects.count()
    answer = admin.post("/promises", NEW | wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert Promise.objects.count() == count


def test_kept_broken_and_moved(lived, admin):
    """Each with its words; what has ended has ended."""
    one, two, three = (admin.post("/promises", NEW).json()["promise_id"] for _ in range(3))
    assert admin.post(f"/promises/{one}/keep", {"text": "18:40 已送到。"}).json()["state"] == "kept"
    assert admin.post(f"/promises/{two}/break", {"text": "电梯坏了。"}).json()["state"] == "broken"
    moved = admin.post(f"/promises/{three}/move", {"due": "2026-03-02T21:00:00+08:00"}).json()
    assert (moved["moved"], moved["due_us"]) == (1, 1_772_456_400_000_000)
    ended = admin.post(f"/promises/{one}/break")
    assert ended.status_code == 422
    assert ended.json()["detail"] == "This promise has already ended."
    past = admin.post(f"/promises/{three}/move", {"due": "2026-03-01T21:00:00+08:00"})
    assert past.status_code == 422
    assert admin.post(f"/promises/{three}/move", {}).json()["errors"][0]["column"] == "due"
    assert Event.objects.get(ref=one, kind="promise_kept").words.text == "18:40 已送到。"


def test_refusals_speak_the_language_asked_for(lived, machine):
    """Not that of the token's owner."""
    for lang, said in (("zh", "这个承诺已经有结果了。"), ("en", "This promise has already ended.")):
        answer = machine(lang=lang).post("/promises/e1/keep")
        assert answer.json()["detail"] == said


def test_drafts_are_confirmed_or_dismissed(draft, admin):
    """A confirmed draft is a promise with an id of its own."""
    assert admin.get("/promises?state=draft").json()["items"][0]["promise_id"] == draft.event_id
    told = admin.post(f"/promises/{draft.event_id}/confirm", {"text": "下午三点前回电"}).json()
    assert (told["state"], told["text"]) == ("open", "下午三点前回电")
    assert told["due_us"] == draft.due_us
    assert admin.post(f"/promises/{draft.event_id}/confirm").status_code == 404


def test_a_draft_is_dismissed_once(draft, admin):
    """Then it has been dealt with."""
    assert admin.post(f"/promises/{draft.event_id}/dismiss").json()["state"] == "dismissed"
    assert admin.post(f"/promises/{draft.event_id}/dismiss").status_code == 422


@pytest.mark.parametrize("deed", ["keep", "break", "confirm", "dismiss"])
def test_unknown_promises_are_missing(lived, admin, deed):
    """404."""
    assert admin.post(f"/promises/none/{deed}").status_code == 404
