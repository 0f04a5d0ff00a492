"""What a customer is called: by the name they wrote, or by their first name where they ticked that."""

from __future__ import annotations

import pytest
from django.test import Client

from troth.web.people.actions.links import make_form_link
from troth.web.people.actions.statements import drop_statement
from troth.web.people.known import person_of
from troth.web.people.models import Statement

TICKED = {"form": "first_name"}


def called(lived) -> tuple[str, str]:
    guest = lived.party("guest:chen")
    return guest.address_zh, guest.address_en


def test_a_tick_is_enough(lived, visitor, link):
    """In both languages, without a name being written; taken back, they are called as before."""
    visitor.post(link, TICKED)
    assert called(lived) == ("陈静", "Jing")
    visitor.post(link, {"form": "formal"})
    assert called(lived) == ("陈女士", "Ms Chen")
    visitor.post(link, TICKED)
    visitor.post(link + "forget/")
    assert called(lived) == ("陈女士", "Ms Chen")
    assert not Statement.objects.exists()


def test_what_was_written_counts_in_its_language(lived, visitor, link):
    """The tick serves the other one; deleting the tick leaves what was written."""
    visitor.post(link, {**TICKED, "address": "Lily"})
    assert called(lived) == ("陈静", "Lily")
    row = Statement.objects.get(what="form")
    page = visitor.get(link).content.decode()
    assert 'value="Lily"' in page
    assert "陈静" not in page
    drop_statement(lived.actor(), row)
    assert called(lived) == ("陈女士", "Lily")


def test_a_name_that_follows_from_a_tick_is_not_put_into_their_mouth(lived, visitor, link):
    """The line for writing stays empty, and no wish in words is made of it."""
    visitor.post(link, TICKED)
    page = visitor.get(link).content.decode()
    assert 'name="address" maxlength="60" value=""' in page
    assert "Hello Jing" in page


def test_each_layer_is_taken_off_in_turn(lived, visitor, link, guest):
    """Written under one link, ticked under the next, all forgotten: the title is back."""
    visitor.post(link, {"address": "Aunt Jing"})
    fresh = f"/f/{make_form_link(lived.actor('lead'), guest, lived.house)[1]}/"
    visitor.post(fresh, TICKED)
    assert called(lived)[1] == "Jing"
    visitor.post(fresh + "forget/")
    assert called(lived) == ("陈女士", "Ms Chen")


@pytest.mark.parametrize(
    "said",
    [
        ("zh", "陈静", "尊敬的陈女士，您的房间在三楼。", "陈静"),
        ("en", "Jing", "Dear Ms Chen, your room is on the third floor.", "Hello Jing"),
    ],
)
def test_card_and_draft_use_it(lived, signed_in, link, said):
    """Wherever a colleague reads how to call them."""
    lang, name, text, better = said
    Client().post(link, TICKED)
    guest = lived.party("guest:chen")
    person = person_of(guest, lived.house, lived.now_us)
    assert person.called[lang] == name
    browser = signed_in(lang=lang)
    card = browser.get(f"/card/?to={guest.pk}").content.decode()
    assert name in card
    assert "陈女士" not in card
    assert "Ms Chen" not in card
    page = browser.post("/draft/live/", {"text": text, "customer": guest.pk})
    assert better in page.content.decode()


@pytest.mark.parametrize(
    ("lang", "asked"), [("zh", "怎么称呼您"), ("en", "How would you like to be addressed?")]
)
def test_it_is_asked_once(visitor, link, lang, asked):
    """One question, with room for a name."""
    visitor.post("/language/", {"lang": lang, "next": link})
    page = visitor.get(link).content.decode()
    assert page.count(asked) == 1
    group = page[page.index(asked) : page.index("</fieldset>", page.index(asked))]
    assert 'name="form"' in group
    assert 'name="address"' in group
