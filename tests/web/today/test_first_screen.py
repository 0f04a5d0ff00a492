"""What is owed stands on a phone's first screen; the box to paste into opens when it is used."""

from __future__ import annotations

import pytest

from tests.web.touch.browser import BROWSED, opened, served
from troth.content.text import phrase

__all__ = ["opened", "served"]
pytestmark = BROWSED


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_first_promise_is_seen_without_scrolling(lived, opened, lang):
    """On a phone the box is one line until somebody writes in it; then all of it is there, and stays."""
    page = opened("/", lang=lang, width=390)
    top = page.locator("#promises li").first.bounding_box()["y"]
    assert top < page.viewport_size["height"] - 60  # the bar at the foot
    record = page.get_by_role("button", name=phrase("today.paste.record", lang))
    assert not record.is_visible()
    page.locator("#pasted").click()
    assert record.is_visible()
    page.keyboard.type("好的" if lang == "zh" else "Fine")
    page.locator("h1").click()
    assert record.is_visible()


def test_at_a_desk_the_whole_box_is_there(lived, opened):
    """Beside the list there is room."""
    page = opened("/", lang="en", width=1280)
    assert page.get_by_role("button", name=phrase("today.paste.record", "en")).is_visible()
