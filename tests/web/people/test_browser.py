"""On a phone, in both languages: a questionnaire taken and left, the customer's form, two taps."""

from __future__ import annotations

import re

import pytest

from tests.web.touch.browser import BROWSED, opened, served
from troth.web.people.actions.links import make_form_link
from troth.web.people.models import Sitting, Statement

__all__ = ["opened", "served"]
pytestmark = BROWSED
#: What buttons are called.
SAID = {
    "zh": {
        "begin": "开始", "agree": "我看明白了，愿意做这份问卷", "next": "下一页", "leave": "存好，以后再做",
        "resume": re.compile("接着做"), "finish": "做完了，看结果", "delete": "删除全部答案和结果",
        "save": "保存", "gone": "删除我的全部回答", "phone": "打电话", "quick": "快一点", "person": "先谈人",
    },
    "en": {
        "begin": "Begin", "agree": "I have read this and wish to take it", "next": "Next page",
        "leave": "Save and leave", "resume": re.compile("Go on"), "finish": "Finish and see the result",
        "delete": "Delete all answers and results", "save": "Save", "gone": "Delete all my answers",
        "phone": "A phone call", "quick": "Quicker", "person": "The person first",
    },
}  # fmt: skip


def tick(page, count: int, value: int = 4) -> None:
    """Answer the first statements of a page, waiting until each is saved."""
    for place in range(count):
        label = page.locator("fieldset.statement").nth(place).locator("label.tap").nth(value - 1)
        with page.expect_response("**/answer/"):
            label.tap()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_questionnaire_is_taken_left_and_finished(opened, lang):
    """Begun with consent, left in the middle, taken up where it was left, read, deleted."""
    said = SAID[lang]
    page = opened("/people/forms/kusiv3/", lang=lang, has_touch=True)
    page.get_by_label(said["agree"]).check()
    page.get_by_role("button", name=said["begin"], exact=True).tap()
    page.wait_for_url("**/statements/")
    tick(page, 2)
    assert page.locator("#progress progress").get_attribute("value") == "2"
    assert len(Sitting.objects.get().answers) == 2
    page.goto("/")
    page.goto("/people/forms/")
    page.get_by_role("link", name=said["resume"]).first.tap()
    page.wait_for_url("**/statements/")
    assert page.locator("fieldset.statement input:checked").count() == 2
    page.locator("fieldset.statement").nth(2).locator("label.tap").nth(3).tap()
    page.get_by_role("button", name=said["finish"]).tap()
    page.wait_for_url("**/result/")
    assert page.locator("meter").count() == 1
    page.get_by_role("button", name=said["delete"]).tap()
    page.wait_for_url("**/people/forms/")
    assert not Sitting.objects.exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_circle_is_reached_and_fits_a_phone(opened, lang, desk):
    """Four pages of statements, then the drawing; nothing scrolls sideways on the way."""
    said = SAID[lang]
    page = opened("/people/forms/ipip_ipc/", lang=lang, has_touch=True)
    page.get_by_label(said["agree"]).check()
    page.get_by_role("button", name=said["begin"], exact=True).tap()
    for number in range(1, 5):
        page.wait_for_url(re.compile(r"/statements/"))
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert page.locator("input[name=page]").get_attribute("value") == str(number)
        for place in range(10 if number < 4 else 2):
            page.locator("fieldset.statement").nth(place).locator("label.tap").nth(place % 5).tap()
        page.get_by_role("button", name=said["next" if number < 4 else "finish"]).tap()
        if number < 4:
            page.wait_for_url(f"**?page={number + 1}")
    page.wait_for_url("**/result/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator("svg.circumplex").bounding_box()
    assert box["width"] <= 390


@pytest.mark.parametrize("script", [True, False])
def test_it_works_without_script(opened, script):
    """A page at a time; leaving keeps what was ticked."""
    page = opened("/people/forms/kusiv3/", lang="en", java_script_enabled=script)
    page.get_by_label(SAID["en"]["agree"]).check()
    page.get_by_role("button", name="Begin", exact=True).click()
    page.locator("fieldset.statement").nth(0).locator("label.tap").nth(1).click()
    page.get_by_role("button", name="Save and leave").click()
    page.wait_for_url("**/people/forms/")
    assert len(Sitting.objects.get().answers) == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_customer_fills_in_their_form(chromium, served, lived, lang):
    """From the link, without a login; seen again, and deleted."""
    said = SAID[lang]
    guest = lived.party("guest:chen")
    token = make_form_link(lived.actor("front_line"), guest, lived.house)[1]
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, base_url=served, has_touch=True,
        locale="zh-CN" if lang == "zh" else "en-GB",
    )  # fmt: skip
    try:
        page = context.new_page()
        page.set_default_timeout(8000)
        page.goto(f"/f/{token}/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        group = page.locator("fieldset", has=page.locator("#address"))
        group.get_by_role("radio").nth(1).tap()
        page.locator("#address").fill("Jing")
        page.get_by_role("radio", name=said["phone"], exact=True).tap()
        page.get_by_role("button", name=said["save"], exact=True).tap()
        page.wait_for_url("**?saved=1")
        assert {(row.what, row.origin) for row in Statement.objects.all()} == {
            ("address", "own_words"), ("channel", "own_words"), ("form", "own_words"),
        }  # fmt: skip
        assert page.locator("#address").input_value() == "Jing"
        page.get_by_role("button", name=said["gone"]).tap()
        page.wait_for_url("**?deleted=1")
        assert not Statement.objects.exists()
    finally:
        context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_two_taps_are_two_taps(opened, lived, lang):
    """On the customer's page, each shown at once and large enough for a thumb."""
    said = SAID[lang]
    page = opened(f"/parties/{lived.party('guest:chen').pk}/", lang=lang, has_touch=True)
    for name in ("quick", "person"):
        button = page.get_by_role("button", name=said[name], exact=True)
        assert button.bounding_box()["height"] >= 44
        with page.expect_response("**/tap/"):
            button.tap()
        page.locator(f".side[aria-pressed=true]:has-text('{said[name]}')").wait_for()
    assert set(Statement.objects.values_list("value", flat=True)) == {"quick", "person"}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "address",
    [
        "/people/forms/",
        "/people/forms/mini_ipip/",
        "/people/culture/",
        "/people/privacy/",
        "/f/privacy/",
    ],
)
def test_pages_fit_their_window(opened, address, width):
    """Nothing scrolls sideways."""
    page = opened(address, lang="en", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
