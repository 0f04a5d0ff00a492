"""Today without a mouse: Tab leads to everything that can be done, and a key does it."""

from __future__ import annotations

import pytest

from tests.web.touch.browser import BROWSED, opened, served
from troth.content.text import phrase
from troth.web.ledger.models import Event, Promise

__all__ = ["opened", "served"]
pytestmark = BROWSED
MOST_STOPS = 60
#: What somebody who cannot see the focus, or not the page, would want to know of it.
STOP = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const named = [...(one.labels ?? [])].map(each => each.textContent).join(" ");
  return {
    name: (one.getAttribute("aria-label") || named || one.textContent || one.placeholder).trim(),
    seen: box.width > 0 && box.height > 0 && box.top < innerHeight && box.bottom > 0,
    ring: style.outlineStyle !== "none" || style.boxShadow !== "none"
      || (one.nextElementSibling && getComputedStyle(one.nextElementSibling).outlineStyle !== "none"),
    keeps: one.matches("#promises .actions form[action*=kept] button"),
    skips: one.matches(".skip"),
  };
}"""


def walk(page):
    """One stop after another, up to where a promise is kept."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        yield stop
        if stop["keeps"]:
            return


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(("lang", "key"), [("zh", "Enter"), ("en", "Space")])
def test_a_promise_is_kept_by_keys_alone(lived, opened, lang, key, width):
    """Every stop on the way is seen, has a name and shows that it is the one; then one key keeps it."""
    page = opened("/", lang=lang, width=width)
    stops = list(walk(page))
    assert stops[0]["skips"]
    assert stops[-1]["keeps"]
    assert stops[-1]["name"] == phrase("today.promise.kept", lang)
    assert [stop for stop in stops if not (stop["name"] and stop["seen"] and stop["ring"])] == []
    page.keyboard.press(key)
    page.locator("#promises .finished").wait_for()
    assert Promise.objects.get(event_id="e8").state == "kept"
    assert Event.objects.filter(kind="promise_kept", ref="e8").count() == 1
    page.keyboard.press("Tab")
    assert not page.evaluate(STOP)["skips"]  # one goes on from there, not from the top


def test_how_it_was_kept_is_told_by_keys_alone(lived, opened):
    """The closed line opens by a key, takes the words, and Enter keeps the promise with them."""
    page = opened("/", lang="en", width=1280)
    assert list(walk(page))[-1]["keeps"]
    for _ in range(3):  # moved, broken, how it was kept
        page.keyboard.press("Tab")
    assert page.evaluate(STOP)["name"] == phrase("promises.proof", "en")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Called at two.")
    page.keyboard.press("Enter")
    page.locator("#promises .finished").wait_for()
    assert Event.objects.get(kind="promise_kept", ref="e8").words.text == "Called at two."
