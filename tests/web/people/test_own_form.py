"""The customer's own form: a link nobody guesses, one customer and house, seen and deleted by themselves."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.test import Client

from troth.web.accounts.models import AuditRow
from troth.web.ledger.actions.merges import merge_parties
from troth.web.parties.models import Preference
from troth.web.people.actions.links import LINK_DAYS, MOST_SAVES, make_form_link
from troth.web.people.actions.own_words import OWN_DAYS, OwnForm, answer_form
from troth.web.people.actions.switch_inference import switch_inference
from troth.web.people.known import person_of
from troth.web.people.models import FormLink, Guess, Statement

DAY_US = 86_400_000_000
SAID = {
    "channel": "phone",
    "detail": "short",
    "address": "Aunt Jing",
    "matters": "No lilies.",
    "guess": "yes",
}


def test_a_link_is_made_at_the_desk_and_kept_as_a_digest(lived, signed_in, guest):
    """It is shown this once, with words to send it with."""
    page = signed_in(lang="en").post(f"/people/{guest.pk}/link/").content.decode()
    token = re.search(r"http://testserver/f/([\w-]+)/", page)[1]
    assert len(token) >= 30
    assert "陈女士您好" in page  # in her language, whoever sends it
    row = FormLink.objects.get()
    assert token not in (row.digest, str(row.__dict__))
    assert row.until_us == lived.now_us + LINK_DAYS * DAY_US
    assert token not in str(list(AuditRow.objects.values()))


def test_it_says_who_asks_what_for_and_until_when(visitor, link):
    """And of the customer nothing but the form of address."""
    page = visitor.get(link).content.decode()
    assert all(
        said in page for said in ("Linjiang Hotel", "Li Na", "two years", "16 Mar 2026", "Ms Chen")
    )
    assert "Chen Jing" not in page
    assert "guest:chen" not in page
    assert visitor.get(link)["X-Robots-Tag"].startswith("noindex")
    assert 'action="/login' not in page


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "每一项都可以不填"), ("en", "You may skip anything")]
)
def test_it_speaks_both_languages(visitor, link, lang, said):
    """As the browser asks, or as is chosen on the page."""
    visitor.post("/language/", {"lang": lang, "next": link})
    assert said in visitor.get(link).content.decode()


def test_what_is_said_counts_as_their_own_words(lived, visitor, link, guest):
    """Every line that was filled in, and the form of address on the card."""
    assert visitor.post(link, SAID).status_code == 302
    person = person_of(guest, lived.house, lived.now_us)
    assert {(row.what, row.value, row.origin, row.by) for row in person.known} == {
        ("channel", "phone", "own_words", "Chen Jing"), ("detail", "short", "own_words", "Chen Jing"),
    }  # fmt: skip
    assert person.notes[0].text == "No lilies."
    assert all(row.until_us == lived.now_us + OWN_DAYS * DAY_US for row in person.known)
    guest.refresh_from_db()
    assert guest.address_en == "Aunt Jing"
    assert "Aunt Jing" in Preference.objects.get(party=guest).what
    assert Guess.objects.filter(party=guest, house=lived.house).exists()


def test_every_line_may_be_skipped(lived, visitor, link, guest):
    """An empty form is a good one, and agrees to nothing."""
    assert visitor.post(link, {}).status_code == 302
    assert not Statement.objects.exists()
    assert not Guess.objects.exists()


def test_the_same_link_shows_and_deletes_it(lived, visitor, link, guest):
    """Answers, consent and wish are gone, they are called as before; the log says only that."""
    visitor.post(link, SAID)
    page = visitor.get(link).content.decode()
    assert "Aunt Jing" in page
    assert page.count("checked") >= 3
    visitor.post(link + "forget/")
    assert not Statement.objects.exists()
    assert not Guess.objects.exists()
    assert not Preference.objects.filter(party=guest).exists()
    guest.refresh_from_db()
    assert guest.address_en == "Ms Chen"
    row = AuditRow.objects.get(deed="forget_own_words")
    assert (row.user, row.details) == (None, {})


def test_a_new_link_shows_nothing_of_what_was_said(lived, visitor, link, guest):
    """It may have gone to the wrong person; what is skipped under it stays."""
    visitor.post(link, SAID)
    fresh = f"/f/{make_form_link(lived.actor('lead'), guest, lived.house)[1]}/"
    page = visitor.get(fresh).content.decode()
    assert "No lilies." not in page
    assert 'value="phone" checked' not in page
    visitor.post(fresh, {"channel": "email"})
    known = {row.what: row.value for row in person_of(guest, lived.house, lived.now_us).known}
    assert known == {"channel": "email", "detail": "short"}
    assert visitor.get(link).status_code == 404


@pytest.mark.parametrize("how", ["unknown", "revoked", "old", "erased"])
def test_a_link_that_does_not_open_says_nothing(lived, visitor, link, guest, how, monkeypatch):
    """Not whose it was, nor why it ended."""
    row = FormLink.objects.get()
    if how == "revoked":
        row.revoked_us = lived.now_us
    elif how == "old":
        row.until_us = lived.now_us
    row.save()
    if how == "erased":
        row.delete()
    answer = visitor.get("/f/made-up/" if how == "unknown" else link)
    assert answer.status_code == 404
    assert "Hotel" not in answer.content.decode()
    assert visitor.post(link if how != "unknown" else "/f/made-up/", SAID).status_code == 404
    assert not Statement.objects.exists()


def test_it_cannot_be_flooded(lived, visitor, link):
    """After so many saves a link takes no more."""
    FormLink.objects.update(saves=MOST_SAVES)
    assert visitor.post(link, SAID).status_code == 422
    assert not Statement.objects.exists()


def test_another_site_cannot_fill_it_in(link):
    """The form carries proof that it was opened here."""
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, SAID).status_code == 403


@pytest.mark.parametrize(
    "told", [{"channel": "pigeon"}, {"address": "x" * 61}, {"matters": "x" * 301}]
)
def test_what_was_not_asked_is_refused(visitor, link, told):
    """And what was filled in stays on the page."""
    assert visitor.post(link, {**told, "detail": "full"}).status_code == 422
    assert not Statement.objects.exists()


def test_taken_down_it_names_who_did(lived, signed_in, guest):
    """Their own words all the same, and the label says whose hand."""
    client = signed_in(lang="en")
    assert client.get(f"/people/{guest.pk}/form/").status_code == 200
    client.post(f"/people/{guest.pk}/form/", {"channel": "email"})
    row = person_of(guest, lived.house, lived.now_us).known[0]
    assert (row.origin, row.value, row.by) == ("own_words", "email", "Li Na")
    assert "taken down by Li Na" in client.get(f"/parties/{guest.pk}/").content.decode()


def test_on_a_logged_in_device_the_form_names_the_colleague(lived, signed_in, link, guest):
    """Nobody at the desk can answer in a customer's name."""
    signed_in("lead").post(link, {"channel": "phone"})
    assert person_of(guest, lived.house, lived.now_us).known[0].by == "Wang Lei"


def test_own_words_outweigh_a_note(lived, signed_in, visitor, link, guest):
    """Both stand, and what the customer said is what counts."""
    signed_in().post(f"/people/{guest.pk}/tap/", {"tap": "pace:quick"})
    visitor.post(link, {"pace": "steady"})
    person = person_of(guest, lived.house, lived.now_us)
    assert len(person.known) == 2
    assert person.wish("pace").value == "steady"


def test_erasing_a_party_erases_all_of_it(lived, visitor, link):
    """Statements, consents and links hang on it."""
    extra = lived.party("shopper:zhao")
    answer_form(lived.actor(), extra, lived.house, OwnForm({"pace": "quick"}, guess=True))
    make_form_link(lived.actor(), extra, lived.house)
    extra.delete()
    assert not Statement.objects.exists()
    assert not Guess.objects.exists()
    assert FormLink.objects.count() == 1


def test_links_end_with_the_hour(lived, link):
    """What has expired is deleted, digest and all."""
    from troth.web.people.actions.delete_expired import delete_expired

    later = replace(lived.actor(), now_us=lived.now_us + LINK_DAYS * DAY_US)
    assert delete_expired(later) == 1
    assert not FormLink.objects.exists()


def test_what_is_kept_is_told_to_anybody(visitor):
    """Without a login."""
    page = visitor.get("/f/privacy/").content.decode()
    assert "two years" in page
    assert "How to see and delete it" in page


def test_saving_nothing_under_a_new_link_shows_nothing_either(lived, visitor, link, guest):
    """Whoever got it by mistake learns nothing by trying; what was said stays, the tick does not."""
    visitor.post(link, SAID)
    fresh = f"/f/{make_form_link(lived.actor('lead'), guest, lived.house)[1]}/"
    visitor.post(fresh, {})
    page = visitor.get(fresh).content.decode()
    assert "No lilies." not in page
    assert "Aunt Jing" not in page.split("<form")[-1]
    assert Statement.objects.filter(party=guest, what="need", text="No lilies.").exists()


def test_a_merged_name_is_forgotten_and_its_link_ends(lived, signed_in, visitor, link, guest):
    """Two names of one customer: forgetting forgets both, each line can be deleted, old links are closed."""
    visitor.post(link, SAID)
    other = lived.party("guest:benbow")
    lived.event(3, "contact", truster="guest:benbow")
    merge_parties(lived.actor("admin"), keep=other, other=guest, reason="same card")
    assert visitor.get(link).status_code == 404
    assert person_of(lived.party("guest:benbow"), lived.house, lived.now_us).wish("channel")
    browser = signed_in("lead")
    row = Statement.objects.get(party=guest, what="channel")
    assert browser.post(f"/people/statements/{row.pk}/drop/").status_code == 302
    browser.post(f"/people/{other.pk}/forget/")
    assert not Statement.objects.filter(party__in=[guest, other]).exists()
    assert not Guess.objects.filter(party__in=[guest, other]).exists()


def test_a_consent_that_ended_lets_nobody_guess(lived, visitor, link, guest):
    """The day after its last, however many messages there are."""
    visitor.post(link, SAID)
    switch_inference(lived.actor("admin"), lived.house, on=True)
    for day in range(12):
        lived.event(20 - day, "message", text="好的。" if day % 2 else "行。", speaker="customer")
        lived.event(20 - day, "message", text="我想详细了解一下套餐里都包含哪些项目。" * 4,
                    truster="guest:benbow", speaker="customer")  # fmt: skip
    assert guesses(lived, guest, lived.now_us)
    assert not guesses(lived, guest, Guess.objects.get().until_us)


def guesses(lived, guest, at_us):
    known = person_of(lived.party(guest.key), lived.house, at_us).known
    return [one for one in known if one.origin == "inferred"]
