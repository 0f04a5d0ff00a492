"""Files as people bring them: recognised, mapped, tried, imported, undone; bad rows listed, never lost."""

from __future__ import annotations

import csv
import io

import pytest

from tests.web.imports.conftest import CHAT, EVENTS, number_of
from troth.content.text import phrase
from troth.web.ledger.models import Batch, Event, Relationship
from troth.web.ledger.rebuild import rebuild

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@LANGUAGES
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_good_rows_go_on_and_bad_ones_are_listed(
    signed_in, desk, bring, imported, refused, lang, encoding
):
    """A trial tells what would happen; the import does that; refused rows come as a safe file."""
    client = signed_in("lead", lang)
    batch = bring(client, "二月.csv", EVENTS.encode(encoding))
    page = client.get(f"/import/{batch.pk}/").content.decode()
    assert phrase("imports.would", lang) in page
    assert not Event.objects.filter(event_id="m1").exists()
    tried = refused(batch)
    batch = imported(client, batch)
    assert (batch.state, batch.taken, batch.rejected) == ("done", 2, 1), batch.problem
    kept = refused(batch)
    for text in (tried, kept):
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [(row["row"], row["column"]) for row in rows] == [("4", "at")]
        assert not any(
            cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values()
        )
    assert Event.objects.get(event_id="m2").words.text == "很好"
    assert client.get(f"/import/{batch.pk}/").status_code == 200


@LANGUAGES
def test_the_same_file_twice_adds_nothing(signed_in, desk, bring, imported, looked, lang):
    """What is on record already is counted, not added."""
    client = signed_in("lead", lang)
    imported(client, bring(client, "a.csv", EVENTS.encode()))
    count = Event.objects.count()
    batch = bring(client, "a.csv", EVENTS.encode())
    assert looked(batch).told["trial"].repeated == 2
    again = imported(client, batch)
    assert Event.objects.count() == count
    assert (again.taken, again.repeated) == (0, 2)


@LANGUAGES
def test_undo_takes_everything_back_and_keeps_it_visible(
    signed_in, lived, bring, imported, looked, lang
):
    """Corrections are appended, sums return to what they were, the records stay."""
    client = signed_in("lead", lang)
    pair = {"truster__key": "guest:chen", "trusted__key": "hotel"}
    before = Relationship.objects.get(**pair).mass
    rows = EVENTS.replace("guest:benbow", "guest:chen")
    batch = imported(client, bring(client, "a.csv", rows.encode()))
    assert Relationship.objects.get(**pair).mass > before
    client.post(f"/import/{batch.pk}/undo/")
    batch.refresh_from_db()
    assert batch.state == "done"
    client.post(f"/import/{batch.pk}/undo/", {"sure": "on"})
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert phrase("imports.undone", lang) in looked(batch).text
    assert Event.objects.filter(kind="correction").count() == 2
    assert Event.objects.filter(event_id="m1").exists()
    assert Relationship.objects.get(**pair).mass == pytest.approx(before)
    assert rebuild(lived.now_us).differing == 0


def test_pages_ask_a_fixed_number_of_questions(
    signed_in, lived, bring, imported, django_assert_max_num_queries
):
    """The list does not ask once a row."""
    client = signed_in("admin", "zh")
    for _ in range(4):
        bring(client, "a.csv", EVENTS.encode(), house=str(lived.house.pk))
    with django_assert_max_num_queries(12):
        client.get("/import/")
    batch = imported(client, bring(client, "b.csv", EVENTS, house=str(lived.house.pk)))
    with django_assert_max_num_queries(14):
        client.get(f"/import/{batch.pk}/")


@LANGUAGES
def test_a_chat_is_pasted(signed_in, desk, imported, lang):
    """Without a file; it is read as a chat whatever it looks like."""
    client = signed_in("lead", lang)
    batch = Batch.objects.get(pk=number_of(client.post("/import/", {"pasted": CHAT})))
    batch = imported(client, batch)
    assert (batch.state, batch.taken) == ("done", 2), batch.problem
    assert Event.objects.filter(source__startswith="reading").exists()


@LANGUAGES
def test_what_a_form_lacks_is_said_and_what_it_said_stays(signed_in, desk, lang):
    """No house, no zone, nothing at all: one line each, and the pasted chat is still there."""
    client = signed_in("admin", lang)
    zone = {"zone": "Nowhere/Land", "house": str(desk.house.pk), "pasted": CHAT}
    for fields, key, more in (
        ({"pasted": CHAT}, "house", {}),
        (zone, "zone", {"zone": "Nowhere/Land"}),
        ({"house": str(desk.house.pk), "pasted": " "}, "nothing", {}),
    ):
        answer = client.post("/import/", fields)
        page = answer.content.decode()
        assert answer.status_code == 422
        assert phrase(f"imports.problem.{key}", lang, **more) in page
        assert fields["pasted"].strip()[:20] in page
    assert not Batch.objects.exists()


def test_earlier_imports_are_on_further_pages(signed_in, desk, bring):
    """Thirty at a time."""
    client = signed_in("lead", "en")
    first = bring(client, "the-first.csv", EVENTS)
    for number in range(30):
        Batch.objects.create(name=f"b{number}", source="file", house=desk.house, started_us=1)
    page = client.get("/import/")
    assert "the-first.csv" not in page.content.decode()
    older = client.get(f"/import/?before={page.context['older']}")
    assert [batch.pk for batch in older.context["batches"]] == [first.pk]
    assert client.get("/import/?before=²x").status_code == 200


def test_a_house_is_needed_first(signed_in, desk):
    """Somebody without one is led to where one is made; nothing else is offered."""
    user = desk.users["lead"]
    user.house = None
    user.save()
    page = signed_in("lead", "zh").get("/import/").content.decode()
    assert "/settings/house/" in page
    assert 'type="file"' not in page
