"""Closeness: asked of customers alone, by a tick of its own, and only what follows is kept."""

from __future__ import annotations

import pytest
from django.test import Client

from troth.content.questionnaires import questionnaires
from troth.web.people.known import person_of
from troth.web.people.models import Statement

#: Answers of somebody who clearly likes to hear more, and of somebody in the middle.
WORRIED = {"anxiety": 7, "avoidance": 2}
CALM = {"anxiety": 3, "avoidance": 4}


def sheet(style: dict[str, int]) -> dict[str, str]:
    """A filled-in form; reversed statements are answered the other way round."""
    return {
        f"a-{item.name}": str(8 - style[item.scale] if item.reversed else style[item.scale])
        for item in questionnaires()["ecr_rs"].items
    }


@pytest.fixture
def address(link) -> str:
    """Where she may answer."""
    return link + "closeness/"


@pytest.mark.parametrize(("style", "known"), [(WORRIED, "anxious"), (CALM, None)])
def test_only_what_follows_is_kept(lived, guest, address, style, known):
    """As her own report, for as long as the questionnaire says; where nothing is clear, nothing."""
    assert Client().post(address, {**sheet(style), "agreed": "yes"}).status_code == 302
    found = person_of(guest, lived.house, lived.now_us).wish("attachment")
    assert (found.value if found else None) == known
    if found:
        assert (found.origin, found.by) == ("self_report", "Chen Jing")
        assert found.until_us - lived.now_us == 180 * 86_400_000_000
    assert {row.text for row in Statement.objects.all()} <= {""}


@pytest.mark.parametrize(
    "told", [{"agreed": ""}, {"a-q1": "", "agreed": "yes"}, {"a-q1": "9", "agreed": "yes"}]
)
def test_nothing_without_the_tick_and_all_answers(address, told):
    """The form comes back."""
    first = next(iter(sheet(WORRIED)))
    told = {first if name == "a-q1" else name: value for name, value in told.items()}
    assert Client().post(address, {**sheet(WORRIED), **told}).status_code == 422
    assert not Statement.objects.exists()


def test_nobody_at_the_desk_answers_it_for_them(signed_in, address):
    """Not even on a device that the customer holds."""
    answer = signed_in("lead").post(address, {**sheet(WORRIED), "agreed": "yes"})
    assert answer.status_code == 422
    assert not Statement.objects.exists()


def test_it_goes_with_the_rest(lived, guest, address):
    """Deleting all answers deletes it; saving the form anew leaves it."""
    visitor, form = Client(), address.removesuffix("closeness/")
    visitor.post(address, {**sheet(WORRIED), "agreed": "yes"})
    visitor.post(form, {"channel": "phone"})
    assert person_of(guest, lived.house, lived.now_us).wish("attachment")
    visitor.post(form + "forget/")
    assert not Statement.objects.exists()


def test_it_says_how_little_it_means(address):
    """Whose scale it is, and that it was never examined between customers and a house."""
    page = Client(headers={"accept-language": "en"}).get(address).content.decode()
    assert "never examined between customers" in page
    assert "Not validated for this use" in page
    assert "answers themselves are not kept" in page
