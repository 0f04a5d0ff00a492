"""Adding by hand as a thumb does it: how many taps, within reach, and with no script at all."""

from __future__ import annotations

import pytest

from tests.web.touch.browser import BROWSED, opened, served
from troth.web.ledger.models import Event

__all__ = ["opened", "served"]
pytestmark = BROWSED
MOST_TAPS = 4


@pytest.mark.parametrize("script", [True, False])
def test_the_commonest_path_takes_at_most_four_taps(lived, opened, script):
    """From the page one is on: open Add, tap who, tap what, save."""
    page, taps = opened("/promises/", has_touch=True, java_script_enabled=script), 0

    def tap(place):
        nonlocal taps
        place.scroll_into_view_if_needed()
        place.tap()
        taps += 1

    tap(page.locator(".bar-nav a[href='/add/']"))
    page.wait_for_url("**/add/")
    tap(page.get_by_role("radio", name="陈静"))
    tap(page.get_by_role("checkbox", name="微笑相迎"))
    tap(page.get_by_role("button", name="记下"))
    page.wait_for_url("**/add/done/")
    assert page.get_by_role("button", name="撤回").is_visible()
    assert taps <= MOST_TAPS
    assert Event.objects.filter(source="desk", kind="smiled").count() == 1


def test_saving_is_always_within_reach(opened):
    """The button stays on the screen, above the bar, and hides no field that has the focus."""
    page = opened("/add/")
    button = page.get_by_role("button", name="记下").bounding_box()
    bar = page.locator(".bar-nav").bounding_box()
    assert button["y"] + button["height"] <= bar["y"] + 1
    for name in ("微笑相迎", "忽略了偏好"):
        box = page.get_by_role("checkbox", name=name)
        box.focus()
        place = box.bounding_box()
        assert place["y"] + place["height"] <= button["y"] + 1


def test_somebody_else_is_searched_for(opened):
    """As one types; the choice comes back as the first person."""
    page = opened("/add/", lang="en")
    page.get_by_text("Somebody else").click()
    page.locator("#q").fill("chen")
    page.locator("#found a").first.click()
    page.wait_for_url("**/add/?to=*")
    assert page.get_by_role("radio", name="Chen Jing").is_checked()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("address", ["/add/", "/promises/", "/promises/new/", "/parties/", "/me/"])
def test_pages_fit_their_window(opened, address, width):
    """Nothing scrolls sideways."""
    page = opened(address, role="lead", lang="en", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
