"""Large files are tried beside the page; imports are watched, taken up again, undone."""

from __future__ import annotations

import errno
import gzip
import io

import pyarrow as pa
import pytest
from django.test import override_settings
from pyarrow import parquet

from tests.web.imports.conftest import CTRIP, EVENTS
from troth.content.text import phrase
from troth.ledger.intake.open import recognise
from troth.web.imports import beginning, checking
from troth.web.imports.running import STILL_US
from troth.web.imports.trial import forget, kept
from troth.web.ledger.models import Batch, Event

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])
HTMX = {"hx-request": "true"}
#: Nothing works on the queue.
NOBODY_WORKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@LANGUAGES
def test_a_large_file_is_tried_in_the_background(signed_in, desk, bring, looked, monkeypatch, lang):
    """The mapper is there at once; the page asks again until every row is checked."""
    monkeypatch.setattr(beginning, "SMALL", 200)
    client = signed_in("lead", lang)
    batch = bring(client, "c.csv", CTRIP)
    with override_settings(TASKS=NOBODY_WORKS):
        page = looked(batch)
        assert phrase("imports.trying", lang) in page.text
        assert page.told["mapper"].preset == "ctrip_reviews"
        assert [row.number for row in page.told["sample_rows"]]
        asked = client.get(f"/import/{batch.pk}/trial/", headers=HTMX)
        assert f'hx-get="/import/{batch.pk}/trial/"' in asked.content.decode()
    waiting = kept(batch)
    assert waiting is not None
    assert not waiting.done
    checking.check_job.func(batch.pk, waiting.digest, lang)
    asked = client.get(f"/import/{batch.pk}/trial/", headers=HTMX).content.decode()
    assert phrase("imports.would", lang) in asked
    assert "hx-get" not in asked


@pytest.mark.parametrize("how", ["csv", "gzip", "parquet", "arrow"])
def test_a_packed_file_is_never_small(signed_in, desk, bring, looked, how):
    """A few bytes may unpack to very many: they are tried in the background, whatever their size."""
    packed = io.BytesIO()
    if how == "parquet":
        parquet.write_table(pa.table({"评分": [5]}), packed)
    elif how == "arrow":
        with pa.ipc.new_file(packed, pa.schema({"评分": pa.int64()})):
            pass
    else:
        packed.write(gzip.compress(CTRIP.encode()) if how == "gzip" else CTRIP.encode())
    batch = bring(signed_in("lead"), "c.csv", packed.getvalue())
    assert beginning.is_small(batch) is (how == "csv")
    forget(batch)  # an answer of another test's file of the same number
    if how in {"csv", "gzip"}:
        with override_settings(TASKS=NOBODY_WORKS):
            assert looked(batch).told["trial"].done is (how == "csv")


def test_a_page_unpacks_the_beginning_alone(signed_in, desk, bring, looked):
    """The columns of a long packed file are shown, whatever lies at its far end; the whole is read later."""
    head, row = CTRIP.split("\n")[:2]
    rows = f"{head}\n" + f"{row}\n" * (3 * beginning.SMALL // len(row.encode()))
    damaged = gzip.compress(rows.encode(), 0)[:-100_000] + bytes(100_000)
    batch = bring(signed_in("lead"), "c.csv", damaged)
    start = beginning.beginning_of(batch)
    assert rows.encode().startswith(start)
    assert beginning.SMALL // 2 < len(start) <= beginning.SMALL + 1
    assert recognise("c.csv", damaged) == "columns"
    with override_settings(TASKS=NOBODY_WORKS):
        page = looked(batch)
    assert "评分" in page.text
    assert not page.told["trial"].problem


def test_a_check_of_an_older_choice_is_left_undone(signed_in, desk, bring, looked, monkeypatch):
    """Whoever changes the mapping twice is told of the last one."""
    monkeypatch.setattr(beginning, "SMALL", 200)
    client = signed_in("lead")
    batch = bring(client, "c.csv", CTRIP)
    with override_settings(TASKS=NOBODY_WORKS):
        looked(batch)
        first = kept(batch)
        client.post(f"/import/{batch.pk}/choose/", {"format": "columns", "zone": "Europe/Paris"})
        looked(batch)
        second = kept(batch)
    assert first.digest != second.digest
    checking.check_job.func(batch.pk, first.digest, "zh")
    assert not kept(batch).done
    checking.check_job.func(batch.pk, second.digest, "zh")
    assert kept(batch).done
    checking.check_job.func(batch.pk + 1000, second.digest, "zh")


def test_a_check_that_never_came_back_is_asked_for_again(
    signed_in, desk, bring, looked, monkeypatch
):
    """After some patience."""
    monkeypatch.setattr(beginning, "SMALL", 200)
    client = signed_in("lead")
    batch = bring(client, "c.csv", CTRIP)
    with override_settings(TASKS=NOBODY_WORKS):
        looked(batch)
    asked = kept(batch)
    assert not looked(batch).told["trial"].done
    late = desk.now_us + checking.PATIENCE_US + 1
    monkeypatch.setattr("troth.web.ui.middleware.now_us", lambda: late)
    assert looked(batch).told["trial"].done
    assert kept(batch).digest == asked.digest


def test_an_answer_is_kept_until_the_choice_changes(signed_in, desk, bring, looked, monkeypatch):
    """A second look reads nothing again."""
    client = signed_in("lead")
    batch = bring(client, "c.csv", CTRIP)
    looked(batch)
    monkeypatch.setattr(checking, "try_out", None)
    assert looked(batch).told["trial"].taken == 3
    client.get(f"/import/{batch.pk}/trial/", headers=HTMX)
    with pytest.raises(TypeError):
        client.post(
            f"/import/{batch.pk}/choose/",
            {"format": "columns", "zone": "Europe/Paris"},
            headers=HTMX,
        )


@LANGUAGES
@pytest.mark.parametrize(
    ("total", "done", "key"),
    [(0, 0, "imports.phase.reading"), (20_000, 8_000, ""), (9, 9, "imports.phase.understanding")],
)
def test_an_import_under_way_is_watched(signed_in, bring, looked, lang, total, done, key):
    """In a bar and in words; each answer asks for the next one."""
    client = signed_in("lead", lang)
    batch = bring(client, "a.csv", EVENTS)
    Batch.objects.filter(pk=batch.pk).update(state="running", total=total, done=done)
    page = looked(batch)
    said = (
        phrase(key, lang) if key else phrase("imports.so_far", lang, done="8,000", total="20,000")
    )
    assert said in page.text
    assert "<progress" in page.text
    part = client.get(f"/import/{batch.pk}/progress/", headers=HTMX).content.decode()
    assert "hx-trigger" in part
    assert "<html" not in part
    assert phrase("imports.stuck", lang) not in part
    Batch.objects.filter(pk=batch.pk).update(state="done")
    part = client.get(f"/import/{batch.pk}/progress/", headers=HTMX).content.decode()
    assert "hx-trigger" not in part


@LANGUAGES
def test_an_import_that_stands_still_says_so_and_goes_on(
    signed_in, desk, bring, looked, monkeypatch, lang
):
    """A process died half-way: one button takes it up, and nothing comes twice."""
    client = signed_in("lead", lang)
    batch = bring(client, "a.csv", EVENTS)
    with override_settings(TASKS=NOBODY_WORKS):
        client.post(f"/import/{batch.pk}/start/")
    page = looked(batch)
    here = f"/import/{batch.pk}/progress/?at={page.told['at']}&since={page.told['since']}"
    assert here in page.text
    late = desk.now_us + STILL_US + 1
    monkeypatch.setattr("troth.web.ui.middleware.now_us", lambda: late)
    stuck = client.get(here, headers=HTMX).content.decode()
    assert phrase("imports.stuck", lang) in stuck
    assert f'action="/import/{batch.pk}/start/"' in stuck
    moved = here.replace("reading-0", "taking-8000")
    assert phrase("imports.stuck", lang) not in client.get(moved, headers=HTMX).content.decode()
    odd = f"/import/{batch.pk}/progress/?at={page.told['at']}&since=²"
    assert client.get(odd, headers=HTMX).status_code == 200
    client.post(f"/import/{batch.pk}/start/")
    batch.refresh_from_db()
    assert (batch.state, batch.taken) == ("done", 2)
    client.post(f"/import/{batch.pk}/start/")
    assert Event.objects.count() == 2


@LANGUAGES
def test_an_undo_is_watched_and_taken_up_again(
    signed_in, desk, bring, imported, looked, monkeypatch, lang
):
    """Its progress counts corrections, and going on does not take back twice."""
    client = signed_in("lead", lang)
    batch = imported(client, bring(client, "a.csv", EVENTS))
    with override_settings(TASKS=NOBODY_WORKS):
        client.post(f"/import/{batch.pk}/undo/", {"sure": "on"})
    page = looked(batch)
    progress = page.told["progress"]
    assert (progress.phase, progress.done, progress.total, progress.share) == ("undoing", 0, 2, 0)
    assert phrase("imports.state.undoing", lang) in page.text
    late = desk.now_us + STILL_US + 1
    monkeypatch.setattr("troth.web.ui.middleware.now_us", lambda: late)
    here = f"/import/{batch.pk}/progress/?at={page.told['at']}&since={page.told['since']}"
    stuck = client.get(here, headers=HTMX).content.decode()
    assert f'action="/import/{batch.pk}/undo/"' in stuck
    client.post(f"/import/{batch.pk}/undo/", {"sure": "on"})
    batch.refresh_from_db()
    assert batch.state == "undone"
    assert Event.objects.filter(kind="correction").count() == 2
    client.post(f"/import/{batch.pk}/undo/", {"sure": "on"})
    assert Event.objects.filter(kind="correction").count() == 2


@LANGUAGES
def test_a_broken_undo_can_only_be_gone_on_with(
    signed_in, desk, bring, imported, looked, monkeypatch, lang
):
    """Half taken back, the page says why it stopped; importing again would leave a mixture."""
    type(desk.users["lead"]).objects.filter(username=desk.users["lead"].username).update(lang=lang)
    client = signed_in("lead", lang)
    batch = imported(client, bring(client, "a.csv", EVENTS))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as broken:
        broken.setattr("troth.web.ledger.imports.append", full)
        client.post(f"/import/{batch.pk}/undo/", {"sure": "on"})
    page = looked(batch)
    assert page.told["batch"].state == "undoing"
    assert phrase("fault.full", lang) in page.text
    assert "/progress/?at=" not in page.text.split("needs-no-js")[0]
    assert f'action="/import/{batch.pk}/undo/"' in page.text
    client.post(f"/import/{batch.pk}/start/")
    assert looked(batch).told["batch"].state == "undoing"
    client.post(f"/import/{batch.pk}/undo/", {"sure": "on"})
    done = looked(batch).told["batch"]
    assert (done.state, done.problem) == ("undone", "")
    assert Event.objects.filter(kind="correction").count() == 2


@LANGUAGES
def test_a_failed_import_says_why(signed_in, desk, bring, looked, lang):
    """In the reader's language, and can be tried again while the file is there."""
    client = signed_in("lead", lang)
    batch = bring(client, "a.csv", EVENTS)
    Batch.objects.filter(pk=batch.pk).update(state="failed", problem="a.csv: no")
    page = looked(batch)
    assert "a.csv: no" in page.text
    assert f'action="/import/{batch.pk}/start/"' in page.text
    Batch.objects.filter(pk=batch.pk).update(file="")
    assert f'action="/import/{batch.pk}/start/"' not in looked(batch).text
    client.post(f"/import/{batch.pk}/start/")
    batch.refresh_from_db()
    assert batch.state == "failed"
