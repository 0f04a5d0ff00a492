"""A pasted message: read at once, kept only when asked to and somebody is named."""

from __future__ import annotations

import pytest

from troth.web.ledger.models import Event, Promise

HTMX = {"HTTP_HX_REQUEST": "true"}
SAID = "真的很抱歉，我今天下午三点前回复您。"
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@LANGUAGES
def test_without_a_person_it_only_reads(signed_in, lived, lang) -> None:
    """Acts are marked, the promise is told with its time, and nothing is stored."""
    before = Event.objects.count()
    told = {"text": SAID, "speaker": "staff", "deed": "read"}
    page = signed_in("front_line", lang).post("/today/paste/", told, **HTMX).content.decode()
    assert "<mark" in page
    assert "15:00" in page
    assert {"zh": "里面的承诺", "en": "Promises in it"}[lang] in page
    assert Event.objects.count() == before


def test_with_a_person_it_tells_how_to_speak_with_them(signed_in, lived) -> None:
    """By what is known of them."""
    told = {"text": "还没有人来。", "about": "chen"}
    page = signed_in("front_line", "en").post("/today/paste/", told, **HTMX).content.decode()
    assert "How to speak with Chen Jing now" in page


def test_it_is_recorded_and_drafts_are_confirmed_by_a_tap(signed_in, lived) -> None:
    """For the one who is logged in; the draft becomes a promise, or none."""
    client, guest = signed_in("front_line", "en"), lived.party("guest:chen")
    told = {"text": SAID, "speaker": "staff", "deed": "record", "customer": guest.pk}
    page = client.post("/today/paste/", told, **HTMX).content.decode()
    assert "Recorded with Chen Jing" in page
    message = Event.objects.get(kind="message")
    assert (message.truster, message.trustee.key) == (guest, "staff:li")
    draft = Promise.objects.get(state="draft")
    assert f"/today/drafts/{draft.pk}/confirmed/" in page
    client.post(f"/today/drafts/{draft.pk}/confirmed/", **HTMX)
    assert Promise.objects.filter(state="open", made_us=message.t_us).exists()
    assert client.post(f"/today/drafts/{draft.pk}/confirmed/").status_code == 404


def test_recording_needs_somebody_on_both_sides(signed_in, lived) -> None:
    """Else the message is read, and what is missing is said."""
    told = {"text": SAID, "speaker": "staff", "deed": "record"}
    page = signed_in("front_line", "en").post("/today/paste/", told).content.decode()
    assert "please choose whom it is about" in page
    client = signed_in("admin", "en")
    assert 'name="staff"' in client.get("/").content.decode()
    told["customer"] = lived.party("guest:chen").pk
    assert "which colleague it was" in client.post("/today/paste/", told).content.decode()
    told["staff"] = lived.party("staff:wang").pk
    client.post("/today/paste/", told)
    assert Event.objects.get(kind="message").trustee.key == "staff:wang"


def test_people_are_found_as_one_types_within_scope(signed_in, lived) -> None:
    """By the beginnings of their names; several are offered, others' customers never."""
    client = signed_in("front_line", "en")
    assert "Chen Jing" in client.get("/today/who/", {"about": "che"}).content.decode()
    assert "Nobody found" in client.get("/today/who/", {"about": "zhao"}).content.decode()
    stranger = signed_in("stranger", "en")
    assert "Chen" not in stranger.get("/today/who/", {"about": "chen"}).content.decode()
    told = {"text": "x", "customer": lived.party("guest:chen").pk}
    assert "Chen" not in stranger.post("/today/paste/", told, **HTMX).content.decode()


def test_an_empty_box_says_so_and_markup_stays_text(signed_in, lived) -> None:
    """Whatever is pasted."""
    client = signed_in("analyst", "en")
    assert client.post("/today/paste/", {"text": " "}, **HTMX).status_code == 422
    text = "<script>alert(1)</script> sorry \u202e"
    page = client.post("/today/paste/", {"text": text, "deed": "record"}, **HTMX).content.decode()
    assert "<script" not in page
    assert "\u202e" not in page
    assert not Event.objects.filter(kind="message").exists()
