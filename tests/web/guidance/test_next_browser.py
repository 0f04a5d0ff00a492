"""The next action in a browser on a phone: accepted, adapted, declined; a minute to steady oneself."""

from __future__ import annotations

import time

import pytest

from tests.web.touch.browser import BROWSED, opened, served
from troth.web.guidance.models import Advised
from troth.web.ledger.actions.messages import reader
from troth.web.ledger.models import Relationship

__all__ = ["opened", "served"]
pytestmark = BROWSED
WORDS = {
    "zh": {
        "accept": "就这么办", "adapt": "改一改再办…", "how": "打算怎么办", "time": "时间",
        "mine": "按我的办法办", "decline": "不这么办…", "bad": "时候不对", "no": "记下，不办",
        "taken": "您来办", "own": "按您的办法办", "declined": "这次不办", "start": "开始",
        "steady": "先缓一分钟",
    },
    "en": {
        "accept": "I’ll do it", "adapt": "Do it differently…", "how": "How you will do it",
        "time": "the time", "mine": "Do it my way", "decline": "Decline…", "bad": "wrong time",
        "no": "Decline it", "taken": "you take it on", "own": "your way", "declined": "declined",
        "start": "Start", "steady": "Take a minute first",
    },
}  # fmt: skip


@pytest.fixture(params=["zh", "en"])
def said(request):
    """The words of the page, in one language."""
    return {"lang": request.param, **WORDS[request.param]}


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(request, lived, opened, said):
    """The relationship's page on a phone, with and without script."""
    reader()  # its loading is no part of what is timed
    row = Relationship.objects.get(truster__key="guest:chen", trusted__key="hotel")
    address = f"/relationships/{row.truster_id}/{row.trusted_id}/"
    return opened(address, lang=said["lang"], java_script_enabled=request.param)


def test_an_action_is_accepted(page, said):
    """One tap; the answer says what to do next, and the row stands in the log."""
    page.get_by_role("button", name=said["accept"]).click()
    page.get_by_text(said["taken"]).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert Advised.objects.get().decision == "accepted"


def test_an_action_is_adapted(page, said):
    """What changes is tapped, how is written."""
    page.get_by_text(said["adapt"], exact=True).click()
    page.get_by_role("checkbox", name=said["time"], exact=True).check()
    page.get_by_label(said["how"]).fill("明天上午再打")
    page.get_by_role("button", name=said["mine"]).click()
    page.get_by_text(said["own"]).first.wait_for()
    row = Advised.objects.get()
    assert (row.decision, row.words) == ("adapted", "明天上午再打")
    assert row.adapted == {"changes": ["time"]}


def test_an_action_is_declined_with_a_reason(page, said):
    """A reason of the list is needed; words are not."""
    page.get_by_text(said["decline"], exact=True).click()
    page.get_by_role("radio", name=said["bad"]).check()
    page.get_by_role("button", name=said["no"]).click()
    page.get_by_text(said["declined"]).first.wait_for()
    row = Advised.objects.get()
    assert (row.decision, row.reason) == ("declined", "bad_time")


def test_what_comes_into_view_is_logged_as_shown(lived, opened):
    """By the page itself, without a tap."""
    row = Relationship.objects.get(truster__key="guest:chen", trusted__key="hotel")
    page = opened(f"/relationships/{row.truster_id}/{row.trusted_id}/")
    page.locator("#next").scroll_into_view_if_needed()
    until = (
        time.monotonic() + 20
    )  # it may have been in view, and been logged, while the page opened
    while not Advised.objects.exists() and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert Advised.objects.get().times == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_routine_walks_through_its_steps(opened, lang):
    """On a phone, nothing sideways; the first step lights up at once; nothing is sent."""
    page = opened("/steady/?for=anger", lang=lang)
    asked = []
    page.on("request", lambda one: asked.append(one.url))
    page.get_by_role("button", name=WORDS[lang]["start"]).click()
    page.locator(".breaths li.now").wait_for()
    assert page.locator(".breaths li").first.get_attribute("class") == "now"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not [url for url in asked if "/static/" not in url]
