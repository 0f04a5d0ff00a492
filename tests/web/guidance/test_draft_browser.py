"""Mending a draft as a person does, on a phone and from a bookmark, in both languages."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from tests.web.touch.browser import BROWSED, opened, served
from troth.web.ledger.models import Promise

__all__ = ["opened", "served"]
pytestmark = BROWSED
WORDS = {
    "zh": {
        "draft": "😀您必须先付款。明天上午十点前给您答复。", "label": "像命令", "use": "用这个",
        "mended": "😀麻烦您先付款。明天上午十点前给您答复。", "none": "没有要提醒的", "name": "陈静",
        "record": "记入承诺", "made": "已记入承诺",
    },
    "en": {
        "draft": "You must pay first. I will call you by ten tomorrow morning.",
        "label": "Sounds like an order", "use": "Use this",
        "mended": "Could you please pay first. I will call you by ten tomorrow morning.",
        "none": "Nothing to remark", "name": "Chen Jing", "record": "Record the promise",
        "made": "The promise is on record",
    },
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_draft_is_mended_and_its_promise_recorded(lived, opened, lang):
    """Type, see the remark, use the wording, the remark goes; find the customer, record the promise."""
    say, before = WORDS[lang], Promise.objects.filter(state="open").count()
    page = opened("/draft/", lang=lang, has_touch=True)
    page.locator("#draft-text").press_sequentially(say["draft"], delay=5)
    remark = page.locator(".remarks li")
    remark.get_by_text(say["label"]).wait_for()
    remark.get_by_role("button", name=say["use"]).tap()
    page.get_by_text(say["none"]).wait_for()
    assert page.locator("#draft-text").input_value() == say["mended"]
    page.locator("#draft-about").press_sequentially("Chen" if lang == "en" else "陈静")
    page.locator("#draft-found").get_by_text(say["name"]).wait_for()
    page.get_by_role("button", name=say["record"]).tap()
    page.get_by_text(say["made"]).wait_for()
    assert page.locator("#draft-text").input_value() == say["mended"]
    assert Promise.objects.filter(state="open").count() == before + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_bookmark_hands_over_what_is_selected(lived, opened):
    """Run on a page it opens the draft with the selection; the text is gone from the address at once."""
    page = opened("/draft/", lang="en", width=1280)
    page.locator(".beside summary").click()
    link = page.locator("[data-bookmarklet=asked]").get_attribute("href")
    script = unquote(link.removeprefix("javascript:"))
    page.goto("about:blank")
    page.set_content("<p>Where is my room?</p>")
    page.evaluate("getSelection().selectAllChildren(document.body)")
    page.evaluate("window.open = (to) => { window.handed = to; }")
    page.evaluate(script)
    to = page.evaluate("window.handed")
    assert to.endswith("/draft/#asked=Where%20is%20my%20room%3F")
    other = opened(f"{to[to.index('/draft/') :]}&text=You%20must%20wait.", lang="en")
    assert other.locator("#draft-asked").input_value() == "Where is my room?"
    other.locator(".remarks li").first.wait_for()
    assert "#" not in other.url
