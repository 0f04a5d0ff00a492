"""The team's page as a thumb does it: thanks in two taps, then the page of the two; in both languages."""

from __future__ import annotations

import pytest

from tests.web.touch.browser import BROWSED, opened, served
from troth.web.ledger.models import Event

__all__ = ["opened", "served"]
pytestmark = BROWSED


@pytest.mark.parametrize(
    ("lang", "name", "thank", "saved"),
    [
        ("zh", "王磊", "道谢", "王磊 会先看到"),
        ("en", "Wang Lei", "Thank you", "Wang Lei sees it first"),
    ],
)
@pytest.mark.parametrize("script", [True, False])
def test_thanks_take_two_taps_and_stand_on_the_page_of_the_two(
    hotel, opened, lang, name, thank, saved, script
):
    """Who, then thanks; no script is needed. The page of the two is one tap away."""
    page = opened("/team/", lang=lang, has_touch=True, java_script_enabled=script)
    page.get_by_role("radio", name=name).tap()
    page.get_by_role("button", name=thank, exact=True).tap()
    page.get_by_text(saved).wait_for()
    event = Event.objects.get(source="desk")
    assert (event.kind, event.trustee.key) == ("thanks", "staff:wang")
    page.get_by_role("link", name=name).tap()
    page.wait_for_url(f"**/team/{hotel.party('staff:li').pk}/{hotel.party('staff:wang').pk}/")
    page.get_by_role("heading", level=1).wait_for()
    assert page.locator(".happened > li").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_dropped_hand_over_asks_for_words_and_keeps_what_was_chosen(hotel, opened, lang):
    """The colleague stays chosen, the field for words is open."""
    page = opened("/team/", lang=lang, has_touch=True)
    page.locator("label.tap", has_text="王磊" if lang == "zh" else "Wang Lei").tap()
    page.locator("button[value=dropped]").tap()
    page.get_by_role("alert").wait_for()
    assert page.locator("input[name=to]:checked").count() == 1
    page.locator("#text").fill("发票没写进交接本")
    page.locator("button[value=dropped]").tap()
    page.locator("form[action='/team/undo/']").wait_for()
    assert Event.objects.get(source="desk").kind == "hand_over_dropped"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_to_tap_is_large_enough(hotel, opened, style, lang):
    """On the pages of the team, at 390 px."""
    style("front_line", -0.9, 0.8)
    style("lead", 0.9, -0.8)
    li, wang = hotel.party("staff:li").pk, hotel.party("staff:wang").pk
    chen = hotel.party("guest:chen").pk
    for address in ("/team/", f"/team/{li}/{wang}/", f"/team/match/?to={chen}", "/team/coaches/"):
        page = opened(address, role="lead", lang=lang, has_touch=True, is_mobile=True)
        small = page.evaluate(
            "[...document.querySelectorAll('main button, main select, main .tap span, main .button')]"
            ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)"
            ".map(e => e.outerHTML.slice(0, 80))"
        )
        assert small == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
