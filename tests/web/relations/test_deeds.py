"""What is done from a relationship's page, each in the ledger or the audit log."""

from __future__ import annotations

import pytest

from tests.pages.reader import hundredths, read_page
from troth.web.accounts.models import AuditRow
from troth.web.ledger.actions.messages import record_message
from troth.web.ledger.models import Case, Event, Promise
from troth.web.parties.models import Preference

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def said(answer) -> str:
    """The page that a deed leads back to."""
    assert answer.redirect_chain, answer.status_code
    return answer.content.decode()


@pytest.mark.parametrize("deed", ["kept", "broken", "moved"])
def test_a_promise_ends_or_moves(signed_in, lived, address, deed) -> None:
    """By the deed's own event."""
    promise = Promise.objects.get(state="open")
    told = {"text": "做好了。", "due": "2026-03-05T15:00"}
    client = signed_in("front_line", "en")
    page = client.post(address(then=f"promises/{promise.pk}/{deed}/"), told, follow=True)
    assert "toast success" in said(page)
    promise.refresh_from_db()
    assert promise.state == {"moved": "open"}.get(deed, deed)
    assert promise.moved == (deed == "moved")
    again = client.post(address(then=f"promises/{promise.pk}/{deed}/"), told, follow=True)
    assert ("toast error" in said(again)) is (deed != "moved")


def test_how_a_promise_was_kept_may_be_told(signed_in, lived, address) -> None:
    """One tap keeps it without a word; beside it a closed line takes the proof, which goes on record."""
    client = signed_in("front_line", "en")
    page = read_page(client.get(address()).content.decode())
    kept = [f for f in page.find("form") if f.attributes["action"].endswith("/kept/")]
    texts = [[i for i in f.find("input") if i.attributes["name"] == "text"] for f in kept]
    assert [len(found) for found in texts] == [0, 1]
    assert "required" not in texts[1][0].attributes
    around = [d for d in page.find("details") if kept[1] in d.find("form")]
    assert ["open" in each.attributes for each in around] == [False]
    sent = {i.attributes["name"]: i.attributes.get("value", "") for i in kept[1].find("input")}
    client.post(kept[1].attributes["action"], {**sent, "text": "Called at two."}, follow=True)
    assert Event.objects.get(kind="promise_kept", ref="e8").words.text == "Called at two."


def test_moving_needs_a_time(signed_in, address) -> None:
    """Or it says so."""
    promise = Promise.objects.get(state="open")
    page = signed_in("lead", "en").post(
        address(then=f"promises/{promise.pk}/moved/"), {"due": "soon"}, follow=True
    )
    assert "Please give the new time" in said(page)


@LANGUAGES
def test_preferences_are_noted_confirmed_and_dropped(signed_in, lived, address, lang) -> None:
    """With their date and source; empty ones are refused in the reader's language."""
    client = signed_in("front_line", lang)
    page = said(client.post(address(then="preferences/"), {"what": "靠窗"}, follow=True))
    assert "靠窗" in page
    noted = Preference.objects.get()
    assert (noted.source, noted.t_us) == ("front_line", lived.now_us)
    assert "toast error" in said(client.post(address(then="preferences/"), follow=True))
    Preference.objects.update(draft=True)
    client.post(address(then=f"preferences/{noted.pk}/confirmed/"))
    assert not Preference.objects.get().draft
    client.post(address(then=f"preferences/{noted.pk}/dropped/"))
    assert not Preference.objects.exists()
    assert client.post(address(then=f"preferences/{noted.pk}/dropped/")).status_code == 404


def test_repair_is_recorded_about_its_breach(signed_in, lived, address) -> None:
    """Step after step, until it is settled; by the one who did it."""
    client, where = signed_in("lead"), address(then="repair/")
    ref = Case.objects.get().event_id
    page = client.post(where, {"kind": "apology", "ref": ref, "text": "对不起。"}, follow=True)
    assert "对不起。" in said(page)
    step = Event.objects.get(kind="apology")
    assert (step.ref, step.trustee.key) == (ref, "staff:wang")
    assert "toast error" in said(client.post(where, {"kind": "survey", "ref": ref}, follow=True))
    client.post(where, {"kind": "complaint_resolved", "ref": ref})
    assert not Case.objects.exists()
    assert client.post(where, {"kind": "apology", "ref": ref}).status_code == 404


def test_an_outcome_is_overruled_with_a_reason(signed_in, lived, address, event) -> None:
    """The earlier record is struck through, and both stay visible with the reason."""
    survey = event("e3")
    client, where = signed_in("lead", "en"), address(then=f"events/{survey.pk}/")
    assert "overruled/" in client.get(where, HTTP_HX_REQUEST="true").content.decode()
    refused = client.post(f"{where}overruled/", {"outcome": "0.25"}, follow=True)
    assert "toast error" in said(refused)
    told = {"outcome": "0.25", "text": "Misread the scale."}
    page = said(client.post(f"{where}overruled/", told, follow=True))
    assert page.count("住得很舒服。") >= 2
    assert "Misread the scale." in page
    assert "struck" in page
    assert "corrected by a colleague" in page
    assert client.post(f"{where}overruled/", {"outcome": "7", "text": "x"}).status_code == 404


def test_what_was_taken_back_hurts_no_more(signed_in, lived, address, event) -> None:
    """It is neither the last hurt nor a bar of the sum, which still adds up."""
    broken = event("e7")
    client = signed_in("lead", "en")
    client.post(address(then=f"events/{broken.pk}/taken-back/"), {"text": "It did arrive."})
    page = read_page(client.get(address()).content.decode())
    assert "No hurt is on record" in page.text()
    events = page.find("ol", "events")[0]
    assert "Promise broken" not in events.text()
    assert "Correction" not in events.text()
    *parts, total = [hundredths(v.text()) for v in events.find("span", "value")]
    assert sum(parts) == total


def test_an_event_is_taken_back(signed_in, address, event) -> None:
    """By those who may overrule, and nobody else."""
    where = address(then=f"events/{event('e3').pk}/taken-back/")
    assert signed_in("front_line").post(where, {"text": "x"}).status_code == 403
    assert signed_in("analyst").post(where, {"text": "x"}).status_code == 403
    page = said(signed_in("coach", "en").post(where, {"text": "Another guest."}, follow=True))
    assert "Another guest." in page
    assert "taken back, no longer counted" in page


def test_a_reading_is_overruled_and_the_words_stay(signed_in, lived, address, event) -> None:
    """What was read is folded below its message, marked in its words, and can be taken back."""
    text = "太让人失望了，等了一个小时都没有人理我！"
    who = {"customer": lived.party("guest:chen"), "staff": lived.party("staff:li")}
    told = record_message(
        lived.actor("lead"), **who, house=lived.house, text=text, speaker="customer"
    )
    client = signed_in("lead", "en")
    page = client.get(address()).content.decode()
    assert "<mark" in page
    assert "Evidence that was read from these words" in page
    where = address(then=f"events/{event(told.event_id).pk}/")
    assert "reread/" in client.get(where).content.decode()
    page = said(client.post(f"{where}reread/", {"text": "Meant kindly."}, follow=True))
    assert "Meant kindly." in page


def test_the_one_concerned_answers(signed_in, lived, address, event) -> None:
    """Beside the event, which stays as it was; others cannot speak for them."""
    broken = event("e7")
    where = address(then=f"events/{broken.pk}/")
    page = said(
        signed_in("front_line").post(f"{where}answered/", {"text": "电梯坏了。"}, follow=True)
    )
    assert "电梯坏了。" in page
    refused = signed_in("lead").post(f"{where}answered/", {"text": "x"}, follow=True)
    assert "toast error" in said(refused)
    assert "answered/" not in signed_in("lead").get(where).content.decode()
    assert AuditRow.objects.filter(deed="answer_event").count() == 1


@LANGUAGES
def test_analysts_look_and_touch_nothing(signed_in, address, lang) -> None:
    """Every deed is refused."""
    client = signed_in("analyst", lang)
    for then in ("repair/", "preferences/", "promises/1/kept/", "preferences/1/dropped/"):
        assert client.post(address(then=then)).status_code == 403
