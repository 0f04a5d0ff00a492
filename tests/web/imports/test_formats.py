"""Every export that the desk knows: recognised, tried and imported with the same counts."""

from __future__ import annotations

import gzip

import pytest

from tests.web.imports.conftest import ARRIVALS, CHAT, CTRIP, EXPORTS, MAIL
from troth.content.presets import presets
from troth.content.text import phrase
from troth.web.ledger.imports import new_batch, run_import
from troth.web.ledger.models import Event, Promise
from troth.web.parties.models import Party, Preference

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@LANGUAGES
@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_an_export_is_recognised_tried_and_imported(
    signed_in, desk, bring, imported, looked, lang, export
):
    """What the trial promises is what the import does."""
    name, text, form, preset, taken, refused = EXPORTS[export]
    client = signed_in("lead", lang)
    batch = bring(client, name, text)
    page = looked(batch)
    assert page.told["form"] == form
    if preset:
        named = getattr(presets()[preset], lang)
        assert phrase("imports.recognised.preset", lang, preset=named) in page.text
    else:
        said = phrase("imports.recognised", lang, format=phrase(f"imports.form.{form}", lang))
        assert said in page.text
    trial = page.told["trial"]
    assert (trial.problem, trial.taken, trial.refused) == ("", taken, refused)
    assert Event.objects.count() == 0
    if taken:
        batch = imported(client, batch)
        assert (batch.state, batch.taken, batch.rejected) == ("done", taken, refused)
        assert client.get(f"/import/{batch.pk}/").status_code == 200


def test_all_presets_are_among_the_exports():
    """A preset that is added is tried here too."""
    shipped = set(presets()) - {"any"}
    assert shipped == {export[3] for export in EXPORTS.values()} - {""}


@LANGUAGES
def test_a_chat_nobody_of_which_is_known_asks_who_is_ours(signed_in, desk, bring, looked, lang):
    """Those who speak are shown to be tapped; a tap is enough."""
    client = signed_in("lead", lang)
    batch = bring(client, "chat.txt", CHAT.replace("李娜", "小周"))
    page = looked(batch)
    assert page.told["voices"] == [("小周", False), ("陈静", False)]
    assert phrase("imports.voices.first", lang) in page.text
    answer = client.post(
        f"/import/{batch.pk}/choose/",
        {"format": "chat_text", "staff": "", "ours": "小周"},
        headers={"hx-request": "true"},
    )
    assert answer.context["trial"].taken == 2
    assert answer.context["trial"].staff == ["小周"]
    assert ("小周", True) in answer.context["voices"]
    client.post(f"/import/{batch.pk}/choose/", {"format": "chat_text", "staff": ""})
    assert looked(batch).told["trial"].taken == 0


def test_mail_asks_which_addresses_are_ours(signed_in, desk, bring, looked):
    """A tapped address, or a typed domain."""
    client = signed_in("lead", "en")
    batch = bring(client, "letter.eml", MAIL)
    voices = [name for name, _ in looked(batch).told["voices"]]
    assert voices == ["desk@linjiang.example", "grace@example.com"]
    for said in ({"ours": "desk@linjiang.example"}, {"staff": "@linjiang.example"}):
        client.post(f"/import/{batch.pk}/choose/", {"format": "mail", "staff": "", **said})
        assert looked(batch).told["trial"].taken == 1


@LANGUAGES
def test_promises_in_a_chat_are_named_on_the_result(signed_in, desk, bring, imported, looked, lang):
    """They wait as drafts, and the page says so."""
    client = signed_in("lead", lang)
    batch = imported(client, bring(client, "chat.txt", CHAT))
    assert Promise.objects.filter(state="draft").count() == 1
    page = looked(batch)
    assert phrase("imports.drafts.one", lang, count="1") in page.text
    truster = Party.objects.get(name_zh="陈静", key__startswith="chat_text")
    assert f"/relationships/{truster.pk}/{desk.house.pk}/" in page.text


def test_the_page_and_the_command_name_parties_alike(signed_in, desk, bring, imported):
    """A sheet that came by one door is a repetition at the other."""
    client = signed_in("lead", "zh")
    assert imported(client, bring(client, "c.csv", CTRIP)).taken == 3
    told = {"house": "hotel", "zone": "Asia/Shanghai", "preset": "ctrip_reviews"}
    again = run_import(new_batch(desk.actor(), "c.csv", CTRIP.encode(), told), desk.actor())
    assert (again.taken, again.repeated) == (0, 3)


def test_arrivals_keep_wishes_and_tell_who_came_again(signed_in, desk, bring, imported):
    """The parts of a preset that the mapper does not show work on."""
    client = signed_in("lead", "zh")
    imported(client, bring(client, "f.csv", ARRIVALS))
    assert sorted(Event.objects.values_list("kind", flat=True)) == [
        "cancellation", "contact", "return",
    ]  # fmt: skip
    assert sorted(Preference.objects.values_list("what", flat=True)) == ["无烟", "高楼层"]
    assert not Party.objects.filter(key__contains="1380000").exists()


@LANGUAGES
@pytest.mark.parametrize("how", ["gb18030", "utf-8-sig", "gzip"])
def test_sheets_come_in_any_dress(signed_in, desk, bring, looked, lang, how):
    """As Chinese spreadsheets save them, and compressed."""
    client = signed_in("lead", lang)
    data = gzip.compress(CTRIP.encode()) if how == "gzip" else CTRIP.encode(how)
    assert looked(bring(client, "点评.csv", data)).told["trial"].taken == 3


@LANGUAGES
def test_the_example_can_be_brought_as_it_is(signed_in, desk, bring, looked, lang):
    """What we hand out as a model passes our own checks."""
    client = signed_in("lead", lang)
    answer = client.get("/import/example.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    trial = looked(bring(client, "example.csv", answer.content)).told["trial"]
    assert (trial.taken, trial.refused) == (2, 0), trial.first
    page = client.get("/import/").content.decode()
    for name in ("event_id", "at", "truster", "trustee", "kind"):
        assert f"<code>{name}</code>" in page


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\n", "file_empty"),
        (b"\x00\xff\xfe" * 50, "file_csv"),
        (b"{broken", "intake.file_no_json"),
        (b"PAR1 and nothing", "file_parquet"),
        (b"\x1f\x8b\x08broken", "file_gzip"),
    ],
)
@LANGUAGES
def test_a_broken_file_says_so(signed_in, desk, bring, looked, lang, data, key):
    """One line that says what is wrong, another way of reading is offered, and nothing is kept."""
    client = signed_in("lead", lang)
    batch = bring(client, "x.csv", data)
    page = looked(batch)
    said = phrase(key, lang, detail="") if key == "file_csv" else phrase(key, lang)
    assert page.told["trial"].problem.removeprefix("x.csv").lstrip("：: ").startswith(said.strip())
    assert page.told["trial"].problem in page.text
    assert 'name="format"' in page.text
    assert client.post(f"/import/{batch.pk}/start/").status_code == 302
    batch.refresh_from_db()
    assert (batch.state, Event.objects.count()) == ("waiting", 0)
