"""The day's list: what stands on it, for whom, and what is done right there."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.pages.reader import read_page
from troth.web.accounts.models import AuditRow
from troth.web.guidance.models import Advised
from troth.web.ledger.models import Event, Promise, Relationship
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party

DAY_US = 86_400_000_000
HTMX = {"HTTP_HX_REQUEST": "true"}
HOSTILE = "<script>alert(1)</script>\"'{{7*7}}"
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def page_of(client):
    """The day, read."""
    answer = client.get("/")
    assert answer.status_code == 200
    return read_page(answer.content.decode())


def section(page, key):
    """One section of the list."""
    return next((s for s in page.find("section") if s.attributes.get("id") == key), None)


@pytest.fixture
def busy(lived):
    """A day with something in every section."""
    for days in (200, 180, 160, 150, 140, 130, 120):
        lived.event(days, "promise_kept", truster="guest:benbow", trustee="staff:wang")
        lived.event(days, "survey", truster="guest:benbow", trustee="staff:wang", outcome=0.9)
    lived.event(0.5, "review", truster="guest:benbow", outcome=1.0, text="Li Na was wonderful.")
    return lived


@LANGUAGES
def test_each_entry_says_what_to_do(signed_in, lived, lang) -> None:
    """Who, how late, the words, and one thing to do next; what waits is counted on top."""
    page = page_of(signed_in("front_line", lang))
    due = section(page, "promises")
    assert "我今天下午三点前回复您。" in due.text()
    assert {"zh": "陈静", "en": "Chen Jing"}[lang] in due.text()
    repair = section(page, "repairs")
    assert "等到十点也没有人送来。" in repair.text()
    row = Relationship.objects.get(truster__key="guest:chen")
    where = f"/relationships/{row.truster_id}/{row.trusted_id}/"
    assert f"{where}?step=1#repair" in {a.attributes["href"] for a in repair.find("a")}
    counts = page.find("nav", "counts")[0]
    assert [b.text() for b in counts.find("b")][:2] == ["1", "1"]
    for part in page.find("section", "agenda"):
        assert len(part.find("p", "action")) == len(part.find("li"))


def test_promises_are_ended_and_moved_in_place(signed_in, lived) -> None:
    """Without script by a page of its own, with it right in the list."""
    client = signed_in("front_line", "en")
    name = Promise.objects.get(state="open").event_id
    form = client.get("/today/promises/moved/", {"promise": name}, **HTMX).content.decode()
    assert 'type="datetime-local"' in form
    assert "<html" not in form
    assert "<html" in client.get("/today/promises/broken/", {"promise": name}).content.decode()
    assert client.get("/today/promises/kept/", {"promise": name}).status_code == 404
    past = client.post(
        "/today/promises/moved/", {"promise": name, "due": "2020-01-01T10:00"}, **HTMX
    )
    assert "toast error" in past.content.decode()
    assert past["HX-Reswap"] == "none"
    told = {"promise": name, "due": "2026-03-04T10:00"}
    moved = client.post("/today/promises/moved/", told, **HTMX)
    assert moved["HX-Trigger"] == "counted"
    assert Promise.objects.get(event_id=name).moved == 1
    client.post("/today/promises/kept/", {"promise": name})
    assert Promise.objects.get(event_id=name).state == "kept"
    assert section(page_of(client), "promises") is None


@LANGUAGES
def test_how_a_promise_was_kept_may_be_told(signed_in, lived, lang) -> None:
    """One tap keeps it without a word; beside it a closed line takes the proof, which goes on record."""
    client = signed_in("front_line", lang)
    due = section(page_of(client), "promises")
    kept = [f for f in due.find("form") if f.attributes["action"].endswith("/kept/")]
    texts = [[i for i in f.find("input") if i.attributes["name"] == "text"] for f in kept]
    assert [len(found) for found in texts] == [0, 1]
    assert "required" not in texts[1][0].attributes
    (told,) = due.find("details")
    assert kept[1] in told.find("form")
    assert "open" not in told.attributes
    sent = {i.attributes["name"]: i.attributes.get("value", "") for i in kept[1].find("input")}
    client.post(kept[1].attributes["action"], {**sent, "text": "已电话回复。"}, **HTMX)
    assert Event.objects.get(kind="promise_kept", ref="e8").words.text == "已电话回复。"


def test_a_quiet_one_whom_somebody_contacts_is_not_on_the_list(signed_in, busy) -> None:
    """Once somebody agreed to reach out, no colleague is told to; after the fortnight they are again."""
    row = Relationship.objects.get(truster__key="guest:benbow")
    Relationship.objects.filter(pk=row.pk).update(quiet_us=busy.now_us - 1)
    agreed = Advised.objects.create(
        truster=row.truster, trusted=row.trusted, user=busy.users["lead"], action="quiet_contact",
        spends=True, lang="zh", shown={"budget": {"days": 14}}, digest="d", day=20260302,
        first_us=1, last_us=1, decision="accepted", decided_us=busy.now_us - DAY_US,
    )  # fmt: skip
    client = signed_in("front_line", "en")
    assert section(page_of(client), "quiet") is None
    Advised.objects.filter(pk=agreed.pk).update(decision="declined")
    assert section(page_of(client), "quiet") is not None
    Advised.objects.filter(pk=agreed.pk).update(
        decision="adapted", decided_us=busy.now_us - 15 * DAY_US
    )
    assert "Alistair Benbow" in section(page_of(client), "quiet").text()


def test_what_went_quiet_is_contacted_or_left_in_peace(signed_in, busy) -> None:
    """In peace until they are in touch again."""
    client = signed_in("lead", "en")
    Relationship.objects.filter(truster__key="guest:benbow").update(quiet_us=busy.now_us - 1)
    row = Relationship.objects.get(truster__key="guest:benbow", trusted__key="hotel")
    assert "Alistair Benbow" in section(page_of(client), "quiet").text()
    where = f"/today/quiet/{row.truster_id}/{row.trusted_id}/"
    assert client.post(f"{where}other/").status_code == 404
    said = client.post(f"{where}peace/", **HTMX).content.decode()
    assert "Left in peace" in said
    assert section(page_of(client), "quiet") is None
    assert AuditRow.objects.filter(deed="leave_in_peace").exists()
    client.post(f"{where}contact/")
    contact = Event.objects.get(kind="contact")
    assert contact.trustee.key == "staff:wang"
    row.refresh_from_db()
    assert row.last_us == contact.t_us


def test_praise_is_passed_on_once(signed_in, busy) -> None:
    """Then it leaves the list."""
    client = signed_in("lead", "en")
    praise = section(page_of(client), "praise")
    assert "Li Na was wonderful." in praise.text()
    name = Event.objects.get(kind="review").event_id
    client.post("/today/praise/", {"event": name})
    assert Event.objects.get(kind="praise_passed_on").ref == name
    assert section(page_of(client), "praise") is None


def test_drafts_wait_for_a_tap(signed_in, lived) -> None:
    """In a slim row that leads to the promises."""
    Promise.objects.update(state="draft")
    page = page_of(signed_in("lead", "en"))
    assert "possible promises wait for your tap" in page.text()
    assert "/promises/" in {a.attributes["href"] for a in page.find("main")[0].find("a")}


@LANGUAGES
def test_an_empty_desk_says_how_to_begin(signed_in, desk, lang) -> None:
    """Honestly: nothing is on record; and another thing where all is done."""
    page = page_of(signed_in("admin", lang))
    assert {"zh": "还没有任何记录", "en": "Nothing is on record yet"}[lang] in page.text()
    desk.event(3, "contact")
    assert {"zh": "今天没有等着的事", "en": "Nothing waits today"}[lang] in page_of(
        signed_in("admin", lang)
    ).text()


def test_strangers_see_nothing_of_it(signed_in, client, busy) -> None:
    """Nor can they act on it; analysts see and do nothing."""
    assert client.get("/").status_code == 302
    stranger = signed_in("stranger", "en")
    assert not page_of(stranger).find("section", "agenda")
    row = Relationship.objects.get(truster__key="guest:benbow", trusted__key="hotel")
    name = Promise.objects.get(state="open").event_id
    asked = [
        ("/today/promises/kept/", {"promise": name}),
        (f"/today/quiet/{row.truster_id}/{row.trusted_id}/peace/", {}),
        ("/today/praise/", {"event": Event.objects.get(kind="review").event_id}),
    ]
    assert [stranger.post(*each).status_code for each in asked] == [404, 404, 404]
    analyst = signed_in("analyst")
    assert [analyst.post(*each).status_code for each in asked] == [403, 403, 403]
    assert not [f for f in page_of(analyst).find("form") if "/promises/" in f.attributes["action"]]


def test_hostile_words_stay_words(signed_in, busy) -> None:
    """In names, quotes and ids."""
    Party.objects.filter(key="guest:benbow").update(name_en=HOSTILE)
    busy.event(0.1, "promise_made", truster="guest:benbow", text=HOSTILE, event_id=f"p{HOSTILE}",
               due_us=busy.now_us + 60_000_000)  # fmt: skip
    page = page_of(signed_in("lead", "en"))
    assert all("src" in script.attributes for script in page.find("script"))
    assert "{{7*7}}" in section(page, "promises").text()


def test_queries_and_size_stay_constant(signed_in, busy, django_assert_max_num_queries) -> None:
    """However much waits; what does not fit is counted."""
    client = signed_in("lead", "en")
    with django_assert_max_num_queries(14):
        client.get("/")
    for i in range(30):
        busy.event(1, "promise_made", text=f"Promise {i}.", due_us=busy.now_us - i * 1_000_000)
        busy.event(1, "complaint_opened", text=f"Complaint {i}.")
    with django_assert_max_num_queries(14):
        page = page_of(client)
    assert len(section(page, "promises").find("li")) == 8
    assert "more that are not listed" in section(page, "promises").text()


def test_a_further_house_costs_five_queries(signed_in, busy) -> None:
    """One for each of the five lists; its customers and what waits there cost none of their own."""
    client = signed_in("admin", "en")
    client.get("/")  # what a process asks for once
    with CaptureQueriesContext(connection) as before:
        client.get("/")
    for i in range(3):
        key = f"house-{i}"
        add_parties([Newcomer(key, Party.Kind.ORGANISATION, f"第{i}家", f"House {i}")])
        for j in range(2):
            who = {"truster": f"guest:{i}-{j}", "trustee": key, "organisation": key}
            busy.event(2, "promise_made", **who, due_us=busy.now_us, text="Soon.")
            busy.event(1, "complaint_opened", **who, text="Too loud.")
            busy.event(1, "review", **who, outcome=1.0, text="Wonderful.")
    with CaptureQueriesContext(connection) as after:
        page = page_of(client)
    assert "House 2" in section(page, "promises").text()
    assert len(after) - len(before) == 3 * 5
