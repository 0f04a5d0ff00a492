"""Importing in Debian's Chromium: taps and choices answer at once, and nothing is blocked or too wide."""

from __future__ import annotations

import pytest

from tests.web.browsing import windows
from tests.web.imports.conftest import CHAT, EVENTS, REVIEWS
from troth.content.text import phrase
from troth.web.ledger.models import Batch, Event

pytestmark = pytest.mark.django_db(transaction=True)
SEEN = pytest.mark.parametrize(("lang", "width"), [("zh", 1280), ("en", 390)])


@pytest.fixture
def at_imports(chromium, live_server, desk):
    """The page of imports for a lead; whatever the console complains of fails the test."""
    with windows(chromium, live_server.url) as window:

        def opened(lang: str, width: int):
            page = window(desk.users["lead"], lang, width)
            page.goto("/import/")
            return page

        yield opened


def fits(page, width: int) -> bool:
    """Whether nothing stands out to the right."""
    return page.evaluate("document.documentElement.scrollWidth") <= width


def settled(page) -> None:
    """Wait until what came has taken its place, and listens."""
    busy = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
    page.wait_for_timeout(100)
    while page.locator(busy).count():
        page.wait_for_timeout(50)


@SEEN
def test_a_tap_says_who_is_ours(at_imports, lang, width):
    """A pasted chat of people nobody knows: one tap, and it can be imported, watched and undone."""
    page = at_imports(lang, width)
    page.fill("#pasted", CHAT.replace("李娜", "小周"))
    page.locator("form:has(#pasted) button.primary").click()
    page.locator("label.tap", has_text="小周").click()
    go = page.get_by_role("button", name=phrase("imports.go.more", lang, count="2"))
    go.wait_for()
    assert fits(page, width)
    assert page.locator(".becomes").count() == 2
    go.click()
    page.get_by_text(phrase("imports.undo", lang)).click()
    assert fits(page, width)
    page.get_by_label(phrase("imports.undo.sure.more", lang, count="2")).check()
    page.locator("button.danger").click()
    page.get_by_text(phrase("imports.undone", lang)).wait_for()
    assert Event.objects.filter(source="chat_text").count() == 2


@SEEN
def test_a_choice_shows_what_rows_become(at_imports, lang, width, tmp_path):
    """Without the page being loaded anew; the field in hand keeps the focus."""
    file = tmp_path / "reviews.csv"
    file.write_text(REVIEWS, encoding="utf-8")
    page = at_imports(lang, width)
    page.set_input_files("#file", str(file))
    page.locator("form:has(#file) button.primary").click()
    heading = page.locator("h1")
    heading.evaluate("node => { node.dataset.same = 'yes'; }")
    settled(page)
    page.locator("#best").fill("9")
    page.locator("#best").press("Tab")
    page.locator(".sample .chip", has_text="0.5").wait_for()
    settled(page)
    page.locator("#ours-outcome-0").fill("1")
    page.locator("#column-text").focus()
    page.get_by_role("button", name=phrase("imports.go.more", lang, count="3")).wait_for()
    assert page.evaluate("document.activeElement.id") == "column-text"
    settled(page)
    page.select_option("#column-truster", "")
    page.get_by_text(phrase("imports.lacks", lang)).wait_for()
    assert heading.get_attribute("data-same") == "yes"
    assert fits(page, width)


@SEEN
def test_a_file_is_dropped_and_one_too_large_is_named(at_imports, lang, width):
    """Before it is sent."""
    page = at_imports(lang, width)
    drop = """([text, most]) => {
        const box = document.querySelector("[data-drop]");
        if (most) box.dataset.most = most;
        const data = new DataTransfer();
        data.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
        for (const name of ["dragover", "drop"]) {
            box.dispatchEvent(new DragEvent(name, { dataTransfer: data, bubbles: true }));
        }
    }"""
    page.evaluate(drop, [EVENTS, 10])
    assert page.locator("[data-drop-error]").is_visible()
    assert not page.locator("#file").evaluate("node => node.checkValidity()")
    page.evaluate(drop, [EVENTS, 10_000])
    assert not page.locator("[data-drop-error]").is_visible()
    page.locator("form:has(#file) button.primary").click()
    page.get_by_role("button", name=phrase("imports.go.more", lang, count="2")).wait_for()
    assert Batch.objects.get().name == "dropped.csv"
