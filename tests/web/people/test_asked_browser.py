"""On a phone, in both languages: a colleague chooses what is asked, the customer answers without a login."""

from __future__ import annotations

import pytest

from tests.web.touch.browser import BROWSED, opened, served
from troth.web.people.models import FormLink, OwnSitting

__all__ = ["opened", "served"]
pytestmark = BROWSED
#: What things are called.
SAID = {
    "zh": {
        "let": "请客户自己填", "trust": "您对我们的信任", "make": "生成链接", "open": "回答这 10 句",
        "begin": "开始", "agree": "我看明白了，愿意回答", "resume": "接着答（2/10）", "finish": "答完了",
        "back": "回到表格", "report": "本人做的问卷，不进信任数字", "once": "怎么称呼您",
    },
    "en": {
        "let": "Let them say it themselves", "trust": "Your trust in us", "make": "Make a link",
        "open": "Answer the 10 statements", "begin": "Begin", "agree": "I have read this and wish to answer",
        "resume": "Go on (2 of 10)", "finish": "Finish", "back": "Back to the form",
        "report": "Their own questionnaire, not an input to the belief", "once": "be addressed",
    },
}  # fmt: skip


def fits(page) -> bool:
    """Whether nothing scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth") <= 390


def link_made(page, said) -> str:
    """The address of the form, as a colleague is shown it."""
    page.locator("#known summary", has_text=said["let"]).tap()
    box = page.locator("#known label.check", has_text=said["trust"])
    assert box.bounding_box()["height"] >= 44
    box.tap()
    page.get_by_role("button", name=said["make"]).tap()
    page.locator("#link").wait_for()
    assert said["trust"] in page.locator(".page-head").inner_text()
    return page.locator("#link").inner_text().strip()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_trust_is_asked_answered_and_read(opened, chromium, served, lived, lang):
    """Chosen at the desk; agreed to, tapped, left, resumed, finished; read by who serves them."""
    said, guest = SAID[lang], lived.party("guest:chen")
    desk = opened(f"/parties/{guest.pk}/", lang=lang, has_touch=True)
    address = link_made(desk, said)
    assert FormLink.objects.get().asks == ["trust"]
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True,
        locale="zh-CN" if lang == "zh" else "en-GB",
    )  # fmt: skip
    wrong = []
    try:
        page = context.new_page()
        page.on("console", lambda told: wrong.append(told.text) if told.type == "error" else None)
        page.set_default_timeout(8000)
        page.goto(address)
        assert fits(page)
        assert page.get_by_text(said["once"]).count() == 1
        page.get_by_role("link", name=said["open"]).tap()
        page.get_by_label(said["agree"]).check()
        assert fits(page)
        page.get_by_role("button", name=said["begin"], exact=True).tap()
        page.locator("fieldset.statement").first.wait_for()
        assert fits(page)
        for place in range(2):
            choice = page.locator("fieldset.statement").nth(place).locator("label.tap").nth(3)
            assert choice.bounding_box()["height"] >= 44
            with page.expect_response("**/answer/"):
                choice.tap()
        assert len(OwnSitting.objects.get().answers) == 2
        page.goto(address)
        page.get_by_role("link", name=said["resume"]).tap()
        page.locator("fieldset.statement").first.wait_for()
        assert page.locator("fieldset.statement input:checked").count() == 2
        for place in range(2, 10):
            with page.expect_response("**/answer/"):
                page.locator("fieldset.statement").nth(place).locator("label.tap").nth(2).tap()
        page.get_by_role("button", name=said["finish"], exact=True).tap()
        page.locator("meter").first.wait_for()
        assert fits(page)
        page.get_by_role("link", name=said["back"]).tap()
        page.locator("#address").wait_for()
    finally:
        context.close()
    assert not wrong
    desk.goto(f"/parties/{guest.pk}/")
    assert said["report"] in desk.locator("#known").inner_text()
    assert desk.locator("#known meter").count() == 4
    assert fits(desk)
