"""Whose files are seen, how large they may be, how long they stay, and that hostile ones stay text."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.conftest import DAY_US
from tests.web.imports.conftest import CTRIP, EVENTS
from troth.content.text import phrase
from troth.web.accounts.actor import Actor
from troth.web.accounts.models import AuditRow
from troth.web.imports import quota, views
from troth.web.imports.actions.discard_file import discard_old_files
from troth.web.ledger.models import Batch, Event

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
#: Pages of one import, and what is done there.
ASKED = ("", "trial/", "progress/", "refused.csv")
DONE = ("choose/", "discard/", "start/", "undo/")


def uploads() -> Path:
    """Where files lie."""
    return Path(settings.HOME.uploads).resolve()


@pytest.mark.parametrize("role", ["front_line", "coach"])
def test_who_may_not_import_reaches_nothing(signed_in, desk, bring, role):
    """Every address of an import is closed to those whom the one table of deeds leaves out."""
    batch = bring(signed_in("lead"), "a.csv", EVENTS)
    client = signed_in(role)
    assert client.get("/import/").status_code == 403
    assert client.get("/import/example.csv").status_code == 403
    file = SimpleUploadedFile("a.csv", EVENTS.encode())
    assert client.post("/import/", {"file": file}).status_code == 403
    for end in ASKED:
        assert client.get(f"/import/{batch.pk}/{end}").status_code == 403
    for end in DONE:
        assert client.post(f"/import/{batch.pk}/{end}", {"sure": "on"}).status_code == 403
    batch.refresh_from_db()
    assert batch.state == "waiting"


def test_a_lead_sees_imports_of_the_own_house_alone(signed_in, desk, bring):
    """Another house's import is not there: not in the list, not by its number, not its refused rows."""
    client = signed_in("lead")
    batch = bring(client, "theirs.csv", EVENTS)
    Batch.objects.filter(pk=batch.pk).update(house=desk.other_house)
    assert "theirs.csv" not in client.get("/import/").content.decode()
    for end in ASKED:
        assert client.get(f"/import/{batch.pk}/{end}").status_code == 404
    for end in DONE:
        assert client.post(f"/import/{batch.pk}/{end}", {"sure": "on"}).status_code == 404
    assert Batch.objects.get(pk=batch.pk).state == "waiting"
    other = {"pasted": "hello", "house": str(desk.other_house.pk)}
    assert client.post("/import/", other).status_code == 302
    assert Batch.objects.order_by("-pk")[0].house == desk.house
    for role in ("admin", "analyst"):
        assert "theirs.csv" in signed_in(role).get("/import/").content.decode()


@LANGUAGES
def test_a_file_over_the_limit_is_broken_off(desk, monkeypatch, lang):
    """Before it is read, with the page that says so; the form's token still counts."""
    monkeypatch.setattr(quota, "MOST_BYTES", 4_000)
    monkeypatch.setattr(quota, "BESIDE", 1_000)
    client = Client(enforce_csrf_checks=True)
    client.force_login(desk.users["lead"], "django.contrib.auth.backends.ModelBackend")
    client.cookies["troth_lang"] = lang
    token = client.get("/import/").context["csrf_token"]
    file = SimpleUploadedFile("a.csv", EVENTS.encode() * 40)
    answer = client.post("/import/", {"csrfmiddlewaretoken": str(token), "file": file})
    assert answer.status_code == 413
    said = phrase("imports.problem.large", lang, megabytes=200)
    assert said in answer.content.decode()
    assert not Batch.objects.exists()
    small = SimpleUploadedFile("a.csv", EVENTS.encode())
    answer = client.post("/import/", {"csrfmiddlewaretoken": str(token), "file": small})
    assert answer.status_code == 302


@LANGUAGES
def test_a_chat_over_the_limit_is_refused_whole(signed_in, desk, monkeypatch, lang):
    """Nothing is cut off in silence."""
    monkeypatch.setattr(views, "PASTED", 50)
    answer = signed_in("lead", lang).post("/import/", {"pasted": "李娜: 您好\n" * 20})
    assert answer.status_code == 413
    assert phrase("imports.problem.long", lang, most="50") in answer.content.decode()
    assert not Batch.objects.exists()


@LANGUAGES
def test_too_many_records_are_refused(signed_in, desk, bring, looked, monkeypatch, lang):
    """Before anything is imported."""
    from troth.web.imports import trial

    monkeypatch.setattr(trial, "MOST_ROWS", 1)
    batch = bring(signed_in("lead", lang), "a.csv", EVENTS)
    told = looked(batch).told["trial"]
    assert told.problem == phrase("imports.problem.rows", lang, most="1")


@pytest.mark.parametrize(
    "name",
    ["../../<b>evil</b>.csv", "a\\..\\..\\b.csv", "/etc/passwd", ".csv", "x" * 300 + ".csv",
     "a.csv/../../../b", "con.csv\x00.exe"],
)  # fmt: skip
def test_a_name_is_never_a_path_nor_markup(signed_in, desk, bring, name):
    """Files lie under names that the desk makes."""
    client = signed_in("lead", "en")
    batch = bring(client, name, EVENTS)
    stored = (uploads() / batch.file).resolve()
    assert stored.is_file()
    assert stored.parent == uploads()
    page = client.get(f"/import/{batch.pk}/").content.decode()
    assert "<b>evil" not in page
    assert client.get("/import/").status_code == 200


def test_cells_stay_text_on_the_page_and_in_the_spreadsheet(
    signed_in, desk, bring, imported, refused
):
    """Markup is escaped; what a spreadsheet would run gets an apostrophe before it."""
    client = signed_in("lead", "en")
    rows = "点评ID,用户昵称,总评分,点评内容,点评时间\n"
    hostile = ("=cmd()", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "<script>alert(1)</script>", '"=1')
    for number, cell in enumerate(hostile):
        quoted = cell.replace('"', '""')
        rows += f'R{number},"{quoted}","{quoted}","{quoted}","{quoted}"\n'
    batch = bring(client, "=evil.csv", rows)
    page = client.get(f"/import/{batch.pk}/").content.decode()
    assert "<script>alert" not in page
    for text in (refused(batch), refused(imported(client, batch))):
        found = list(csv.reader(io.StringIO(text)))
        assert found[0] == ["file", "row", "column", "reason", "record"]
        assert len(found) == 1 + len(hostile)
        assert not [c for row in found for c in row if c.startswith(("=", "+", "-", "@", "\t"))]
        assert found[1][0] == "'=evil.csv"
    assert Event.objects.count() == 0


def test_a_waiting_file_can_be_thrown_away(signed_in, desk, bring):
    """From the disk too, with what its trial left."""
    client = signed_in("lead")
    batch = bring(client, "a.csv", EVENTS)
    client.get(f"/import/{batch.pk}/")
    names = [batch.file, f"trial-{batch.pk}.json", f"trial-{batch.pk}.csv"]
    assert all((uploads() / name).exists() for name in names)
    assert client.post(f"/import/{batch.pk}/discard/").status_code == 302
    assert not any((uploads() / name).exists() for name in names)
    assert not Batch.objects.filter(pk=batch.pk).exists()
    assert AuditRow.objects.filter(deed="discard_file").count() == 1


@LANGUAGES
def test_files_stay_a_day(signed_in, desk, bring, imported, refused, lang):
    """An abandoned one goes with its import; one that was imported goes, its refused rows stay."""
    client = signed_in("lead", lang)
    left, done = bring(client, "a.csv", EVENTS), bring(client, "b.csv", EVENTS)
    imported(client, done)
    Batch.objects.filter(pk=done.pk).update(ended_us=desk.now_us)
    assert discard_old_files(Actor(None, "job", desk.now_us + DAY_US - 1)) == 0
    assert discard_old_files(Actor(None, "job", desk.now_us + DAY_US + 1)) == 2
    assert not Batch.objects.filter(pk=left.pk).exists()
    kept = Batch.objects.get(pk=done.pk)
    assert (kept.state, kept.file) == ("done", "")
    assert not (uploads() / left.file).exists()
    assert not (uploads() / done.file).exists()
    assert "m3" in refused(kept)
    assert client.get(f"/import/{done.pk}/").status_code == 200
    assert discard_old_files(Actor(None, "job", desk.now_us + 2 * DAY_US)) == 0


@LANGUAGES
def test_a_file_that_is_gone_says_so(signed_in, desk, bring, looked, lang):
    """The page still opens, and the file can be thrown away."""
    client = signed_in("lead", lang)
    batch = bring(client, "c.csv", CTRIP)
    (uploads() / batch.file).unlink()
    page = looked(batch)
    assert page.told["trial"].problem == phrase("imports.problem.gone", lang)
    assert client.post(f"/import/{batch.pk}/start/").status_code == 302
    assert client.post(f"/import/{batch.pk}/choose/", {"format": "mail"}).status_code == 302
    assert client.post(f"/import/{batch.pk}/discard/").status_code == 302
    assert not Batch.objects.exists()
