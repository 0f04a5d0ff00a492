"""Files as people bring them: recognised, mapped, tried, imported, undone; bad rows listed, never lost."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from troth.content.text import phrase
from troth.web.ledger.models import Batch, Event, Promise, Relationship
from troth.web.ledger.rebuild import rebuild

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
EVENTS = (
    "event_id,at,truster,trustee,organisation,kind,outcome,text\n"
    "m1,2026-02-20T10:00:00+08:00,guest:benbow,staff:wang,hotel,promise_kept,,\n"
    "m2,2026-02-21T10:00:00+08:00,guest:benbow,staff:wang,hotel,survey,0.9,很好\n"
    "m3,not a time,guest:benbow,staff:wang,hotel,survey,0.9,=cmd()\n"
)
CHAT = (
    "李娜 2026-02-25 14:02:11\n您好陈女士，我今天下午三点前回复您\n"
    "陈静 2026-02-25 15:40:00\n都过了三点了，你们怎么还没回复？太让人失望了\n"
)
REVIEWS = (
    "订单号,用户昵称,评分,评价内容,评价时间\n"
    "A1,小满,5,房间干净，前台很热情,2026-02-20 18:00\n"
    "A2,阿丁,2,等了一个小时才入住,2026-02-21 09:30\n"
    "A3,无名,好,,2026-02-21 09:30\n"
)


def bring(client, name: str, data: bytes, **more) -> Batch:
    """Upload a file and give the batch that waits."""
    file = SimpleUploadedFile(name, data)
    answer = client.post("/import/", {"file": file, **more})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Batch.objects.get(pk=int(answer.headers["Location"].strip("/").split("/")[-1]))


def imported(client, batch: Batch) -> Batch:
    """Start the import and give the batch as it ended."""
    assert client.post(f"/import/{batch.pk}/start/").status_code == 302
    batch.refresh_from_db()
    return batch


@LANGUAGES
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_good_rows_go_on_and_bad_ones_are_listed(signed_in, desk, lang, encoding):
    """A trial tells what would happen; the import does that; refused rows come as a safe file."""
    client = signed_in("lead", lang)
    batch = bring(client, "二月.csv", EVENTS.encode(encoding))
    page = client.get(f"/import/{batch.pk}/").content.decode()
    assert phrase("imports.would", lang) in page
    assert not Event.objects.filter(event_id="m1").exists()
    tried = b"".join(client.get(f"/import/{batch.pk}/refused.csv").streaming_content).decode(
        "utf-8-sig"
    )
    batch = imported(client, batch)
    assert (batch.state, batch.taken, batch.rejected) == ("done", 2, 1), batch.problem
    kept = b"".join(client.get(f"/import/{batch.pk}/refused.csv").streaming_content).decode(
        "utf-8-sig"
    )
    for text in (tried, kept):
        rows = list(csv.DictReader(io.StringIO(text)))
        assert [(row["row"], row["column"]) for row in rows] == [("4", "at")]
        assert not any(
            cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values()
        )
    assert Event.objects.get(event_id="m2").words.text == "很好"
    assert client.get(f"/import/{batch.pk}/").status_code == 200


@LANGUAGES
def test_the_same_file_twice_adds_nothing(signed_in, desk, lang):
    """What is on record already is counted, not added."""
    client = signed_in("lead", lang)
    imported(client, bring(client, "a.csv", EVENTS.encode()))
    count = Event.objects.count()
    again = imported(client, bring(client, "a.csv", EVENTS.encode()))
    assert Event.objects.count() == count
    assert (again.taken, again.repeated) == (0, 2)


@LANGUAGES
def test_a_pasted_chat_is_read_for_promises(signed_in, desk, lang):
    """Who is staff is known from the desk; a promise in the chat waits as a draft."""
    client = signed_in("lead", lang)
    answer = client.post("/import/", {"pasted": CHAT})
    batch = Batch.objects.get(pk=int(answer.headers["Location"].strip("/").split("/")[-1]))
    batch = imported(client, batch)
    assert (batch.state, batch.taken) == ("done", 2), batch.problem
    assert Promise.objects.filter(state="draft").count() == 1
    assert Event.objects.filter(source__startswith="reading").exists()


@LANGUAGES
def test_a_review_sheet_is_recognised_and_can_be_mapped_anew(signed_in, desk, lang):
    """A sheet's columns are guessed; a person may say otherwise; a rating becomes an outcome."""
    client = signed_in("lead", lang)
    batch = bring(client, "评价.csv", REVIEWS.encode())
    page = client.get(f"/import/{batch.pk}/").content.decode()
    assert 'name="column.at"' in page
    answer = client.post(
        f"/import/{batch.pk}/choose/",
        {
            "format": "columns", "map": "1", "column.at": "评价时间", "column.truster": "用户昵称",
            "constant.trustee": "{house}", "constant.kind": "review", "column.outcome": "评分",
            "column.text": "评价内容", "worst": "1", "best": "5", "zone": "Asia/Shanghai",
        },
        headers={"hx-request": "true"},
    )  # fmt: skip
    assert answer.status_code == 200
    batch = imported(client, batch)
    assert (batch.taken, batch.rejected) == (2, 1), batch.problem
    outcomes = sorted(Event.objects.filter(kind="review").values_list("outcome", flat=True))
    assert outcomes == [0.25, 1.0]


def test_undo_takes_everything_back_and_keeps_it_visible(signed_in, lived):
    """Corrections are appended, sums return to what they were, the records stay."""
    client = signed_in("lead", "zh")
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
    assert Event.objects.filter(kind="correction").count() == 2
    assert Event.objects.filter(event_id="m1").exists()
    assert Relationship.objects.get(**pair).mass == pytest.approx(before)
    assert rebuild(lived.now_us).differing == 0


@pytest.mark.parametrize("data", [b"", b"\x00\xff\xfe" * 50, b"{broken", b"PAR1 and nothing"])
def test_a_broken_file_says_so(signed_in, desk, data):
    """One clear line, and nothing kept."""
    client = signed_in("lead", "zh")
    file = SimpleUploadedFile("x.csv", data or b"\n")
    answer = client.post("/import/", {"file": file}, follow=True)
    assert answer.status_code == 200
    assert Event.objects.count() == 0


def test_hostile_names_and_cells_stay_text(signed_in, desk):
    """Nothing of a file becomes markup or a path."""
    client = signed_in("lead", "en")
    rows = EVENTS.replace("not a time", "<script>alert(1)</script>")
    batch = bring(client, "../../<b>evil</b>.csv", rows.encode())
    page = client.get(f"/import/{batch.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<b>evil" not in page
    stored = Path(settings.HOME.uploads) / batch.file
    assert stored.resolve().parent == Path(settings.HOME.uploads).resolve()


def test_front_line_and_other_houses_are_kept_out(signed_in, desk):
    """An import is for those whom the one table of deeds names, and of their own house."""
    lead = signed_in("lead", "zh")
    batch = bring(lead, "a.csv", EVENTS.encode())
    Batch.objects.filter(pk=batch.pk).update(house=desk.other_house)
    assert lead.get(f"/import/{batch.pk}/").status_code == 404
    assert signed_in("front_line", "zh").get("/import/").status_code == 403
    assert signed_in("admin", "zh").get(f"/import/{batch.pk}/", follow=True).status_code == 200


def test_a_waiting_file_can_be_thrown_away(signed_in, desk):
    """From the disk too."""
    client = signed_in("lead", "zh")
    batch = bring(client, "a.csv", EVENTS.encode())
    stored = Path(settings.HOME.uploads) / batch.file
    assert stored.exists()
    client.post(f"/import/{batch.pk}/discard/")
    assert not stored.exists()
    assert not Batch.objects.filter(pk=batch.pk).exists()


def test_an_upload_over_the_limit_is_broken_off(signed_in, desk, monkeypatch):
    """Before it is read."""
    from troth.web.imports import quota

    monkeypatch.setattr(quota, "MOST_BYTES", 100)
    monkeypatch.setattr(quota, "BESIDE", 100)
    client = signed_in("lead", "zh")
    answer = client.post("/import/", {"file": SimpleUploadedFile("a.csv", EVENTS.encode() * 20)})
    assert answer.status_code == 413
    assert not Batch.objects.exists()


def test_pages_ask_a_fixed_number_of_questions(signed_in, lived, django_assert_max_num_queries):
    """The list does not ask once a row."""
    client = signed_in("admin", "zh")
    for _ in range(4):
        bring(client, "a.csv", EVENTS.encode(), house=str(lived.house.pk))
    with django_assert_max_num_queries(12):
        client.get("/import/")
