"""Reading the card on a phone as it is read before a call, in both languages."""

from __future__ import annotations

import re

import pytest

from tests.web.touch.browser import BROWSED, opened, served
from troth.content.text import phrases
from troth.web.ledger.actions.preferences import note_preference
from troth.web.ledger.models import Relationship

__all__ = ["opened", "served"]
pytestmark = BROWSED
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def where() -> str:
    """Address of Chen Jing's relationship with the hotel."""
    row = Relationship.objects.get(truster__key="guest:chen", trusted__key="hotel")
    return f"/relationships/{row.truster_id}/{row.trusted_id}/"


@LANGUAGES
def test_the_card_is_read_before_a_call(opened, lang) -> None:
    """Open the relationship, switch to the phone, see why a line stands there, follow it to the event."""
    page = opened(where(), lang=lang)
    voice = phrases()["card.part.voice"][lang]
    card = page.locator("#advice")
    assert card.get_by_role("heading", name=voice, exact=True).count() == 0
    phone = phrases()["card.channel.phone"][lang]
    card.get_by_role("link", name=phone, exact=True).click()
    card.get_by_role("heading", name=voice, exact=True).wait_for()
    chosen = card.locator("a[aria-current]")
    assert chosen.inner_text().strip() == phone
    reason = card.locator(".because a").first
    assert reason.is_visible()
    assert "等到十点也没有人送来。" in card.inner_text()
    reason.click()
    page.wait_for_url(re.compile(r"#e-6$"))
    event = page.locator("#e-6")
    assert event.is_visible()
    assert "等到十点也没有人送来。" in event.inner_text()


@LANGUAGES
def test_who_asked_not_to_be_rung_is_named_first(opened, lived, lang) -> None:
    """On the card for the phone, with the words noted; on the others nobody is told to ring."""
    said = {"zh": "上班时间别打电话", "en": "No calls at work"}[lang]
    house, guest = lived.house, lived.party("guest:chen")
    note_preference(lived.actor("lead"), party=guest, house=house, what=said)
    page = opened(f"/card/?to={guest.pk}&channel=phone", lang=lang)
    asked = {"zh": "对方请我们别在上班时间打", "en": "asked not to be rung at work"}[lang]
    lines = page.locator("#advice").inner_text()
    assert asked in lines
    assert said in lines
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"/card/?to={guest.pk}&channel=face")
    card = page.locator("#advice").inner_text()
    assert {"zh": "打电话说清", "en": "Ring and talk"}[lang] not in card
    assert {"zh": "不突然打电话", "en": "rather than ring"}[lang] not in card


@LANGUAGES
@pytest.mark.parametrize("script", [True, False])
def test_a_card_is_found_with_a_thumb(opened, lang, script) -> None:
    """Type a name, take the one that is found; all within a phone's width and reach."""
    page = opened("/card/", lang=lang, java_script_enabled=script)
    page.locator("#card-q").fill("chen")
    if not script:
        page.locator("form.find button").click()
    page.locator(".found a").first.click()
    page.wait_for_url("**/card/?to=*")
    assert page.get_by_role("heading", name=phrases()["card.part.eyes"][lang]).is_visible()
    assert page.locator(".because").count() >= 8
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for link in page.locator(".channels a").all():
        assert link.bounding_box()["height"] >= 44


def test_the_card_prints_without_what_is_only_clicked(opened) -> None:
    """The lines and their reasons stay, the search and the switch do not."""
    page = opened("/card/?q=chen", lang="en")
    page.locator(".found a").first.click()
    page.wait_for_url("**/card/?to=*")
    page.emulate_media(media="print")
    assert not page.locator(".find").is_visible()
    assert not page.locator(".channels").is_visible()
    assert page.locator(".because").first.is_visible()
