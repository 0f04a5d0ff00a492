"""What colleagues note of a customer: two taps, needs with their source, who and when, gone in time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from troth.web.people.actions.delete_expired import delete_expired
from troth.web.people.actions.statements import NOTE_DAYS, STYLE_DAYS
from troth.web.people.known import person_of
from troth.web.people.models import Statement

DAY_US = 86_400_000_000


def test_two_taps_are_noted_with_who_and_when(lived, signed_in, guest):
    """Each at once; the page shows them, labelled as a colleague's note."""
    client = signed_in(lang="en")
    for tap in ("pace:steady", "focus:person"):
        answer = client.post(
            f"/people/{guest.pk}/tap/", {"tap": tap}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 200
    page = answer.content.decode()
    assert "<html" not in page
    assert page.count('aria-pressed="true"') == 2
    assert "A colleague’s note" in page
    assert "Li Na" in page
    rows = Statement.objects.all()
    assert {(row.what, row.value, row.origin) for row in rows} == {
        ("pace", "steady", "colleague_note"), ("focus", "person", "colleague_note"),
    }  # fmt: skip
    assert all(row.until_us == lived.now_us + STYLE_DAYS * DAY_US for row in rows)


def test_the_same_tap_takes_it_back_and_the_other_replaces_it(signed_in, guest):
    """One never holds two notes of one thing."""
    client = signed_in()
    for tap, left in [("pace:quick", ["quick"]), ("pace:steady", ["steady"]), ("pace:steady", [])]:
        client.post(f"/people/{guest.pk}/tap/", {"tap": tap})
        assert list(Statement.objects.values_list("value", flat=True)) == left


def test_two_colleagues_may_differ(lived, signed_in, guest):
    """Both notes stand, each with its author."""
    signed_in("front_line").post(f"/people/{guest.pk}/tap/", {"tap": "pace:quick"})
    signed_in("lead").post(f"/people/{guest.pk}/tap/", {"tap": "pace:steady"})
    person = person_of(guest, lived.house, lived.now_us)
    assert {(row.value, row.by) for row in person.known} == {
        ("quick", "Li Na"),
        ("steady", "Wang Lei"),
    }


@pytest.mark.parametrize("tap", ["", "pace:", "pace:slow", "attachment:anxious", "lang:zh"])
def test_nothing_else_can_be_tapped(signed_in, guest, tap):
    """A colleague notes no attachment, and nothing that only the customer can know."""
    signed_in().post(f"/people/{guest.pk}/tap/", {"tap": tap})
    assert not Statement.objects.exists()


@pytest.mark.parametrize("origin", ["own_words", "colleague_note"])
def test_needs_are_noted_with_their_source(lived, signed_in, guest, origin):
    """A quote is shown as one; what was observed is not."""
    told = {"subject": "need", "text": "A <quiet> room.", "origin": origin}
    signed_in(lang="en").post(f"/people/{guest.pk}/needs/", told)
    note = person_of(guest, lived.house, lived.now_us).notes[0]
    assert (note.subject, note.text, note.origin, note.by) == (
        "need",
        "A <quiet> room.",
        origin,
        "Li Na",
    )
    assert note.until_us == lived.now_us + NOTE_DAYS * DAY_US
    page = signed_in(lang="en").get(f"/parties/{guest.pk}/").content.decode()
    assert "A &lt;quiet&gt; room." in page
    assert ("<q " in page) is (origin == "own_words")


@pytest.mark.parametrize(
    "told",
    [
        {"subject": "need", "text": " ", "origin": "own_words"},
        {"subject": "need", "text": "x" * 301, "origin": "own_words"},
        {"subject": "trait", "text": "Proud.", "origin": "own_words"},
        {"subject": "need", "text": "Tea.", "origin": "inferred"},
    ],
)
def test_notes_that_are_none_are_refused(signed_in, guest, told):
    """Empty, too long, of another subject, or of an origin that nobody may claim."""
    signed_in().post(f"/people/{guest.pk}/needs/", told)
    assert not Statement.objects.exists()


def test_a_note_is_removed_for_good(signed_in, guest):
    """By whoever records."""
    signed_in().post(f"/people/{guest.pk}/tap/", {"tap": "pace:quick"})
    row = Statement.objects.get()
    signed_in("lead").post(f"/people/statements/{row.pk}/drop/")
    assert not Statement.objects.exists()


def test_notes_end(lived, signed_in, guest):
    """They no longer count on their day, and then the hour's work deletes them."""
    signed_in().post(f"/people/{guest.pk}/tap/", {"tap": "pace:quick"})
    later = lived.now_us + STYLE_DAYS * DAY_US
    assert person_of(guest, lived.house, later - 1).known
    assert not person_of(guest, lived.house, later).known
    assert delete_expired(replace(lived.actor(), now_us=later - 1)) == 0
    assert delete_expired(replace(lived.actor(), now_us=later)) == 1
    assert not Statement.objects.exists()


@pytest.mark.parametrize("path", ["tap/", "needs/", "link/", "forget/", "form/"])
def test_another_house_has_nothing_to_note(lived, signed_in, guest, path):
    """The customer does not exist for it; nor may an analyst write."""
    assert signed_in("stranger").post(f"/people/{guest.pk}/{path}").status_code == 404
    assert signed_in("analyst").post(f"/people/{guest.pk}/{path}").status_code == 403


def test_notes_stand_on_both_pages(lived, signed_in, guest):
    """The customer's and the relationship's."""
    signed_in().post(f"/people/{guest.pk}/tap/", {"tap": "focus:task"})
    for path in (f"/parties/{guest.pk}/", f"/relationships/{guest.pk}/{lived.house.pk}/"):
        page = signed_in(lang="en").get(path).content.decode()
        assert 'id="known"' in page
        assert "The matter first" in page
