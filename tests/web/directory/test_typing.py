"""People found as one types, and pages that go on."""

from __future__ import annotations

from tests.web.touch.browser import BROWSED, opened, served
from troth.web.directory.models import Seen

__all__ = ["opened", "served"]
pytestmark = BROWSED


def test_the_header_finds_somebody_by_keyboard(lived, opened):
    """Typed, chosen with the arrow, opened with Enter."""
    page = opened("/parties/", role="lead", lang="en", width=1280)
    page.locator("#search").press_sequentially("chen")
    page.locator("#search-results [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    where = page.locator("#search-results [role=option] a, #search-results a[role=option]")
    chen, house = lived.party("guest:chen").pk, lived.house.pk
    assert where.first.get_attribute("href") == f"/relationships/{chen}/{house}/"


def test_the_list_narrows_as_one_types(crowd, opened):
    """The rows are replaced; more rows join them."""
    from playwright.sync_api import expect

    page = opened("/parties/", role="lead", lang="en", width=1280)
    assert page.locator("#people tr").count() == 51
    page.locator("#more a").click()
    expect(page.locator("#people tr")).to_have_count(101)
    page.locator("#who").press_sequentially("lin 007")
    expect(page.locator("#people tr")).to_have_count(1)
    assert page.locator("#people th").inner_text().strip() == "Lin 007"


def test_looking_at_ones_own_page_is_noted(lived, opened):
    """Without a tap; from then on those who lead see the same."""
    page = opened("/me/", lang="en")
    page.get_by_text("Noted that you have seen these.").wait_for()
    assert Seen.objects.count() == 4
