"""The board in a browser: one tap each, without leaving the page."""

from __future__ import annotations

from tests.web.touch.browser import BROWSED, opened, served
from troth.web.ledger.actions.messages import record_message
from troth.web.ledger.models import Promise

__all__ = ["opened", "served"]
pytestmark = BROWSED


def test_a_draft_is_confirmed_and_a_promise_kept_with_one_tap_each(lived, opened):
    """The card says what became of it; the page stays."""
    record_message(
        lived.actor("front_line"), customer=lived.party("guest:chen"), staff=lived.party("staff:li"),
        house=lived.house, text="我明天中午十二点前把发票送到您房间。", speaker="staff",
    )  # fmt: skip
    page = opened("/promises/")
    page.get_by_role("button", name="是承诺，记下").click()
    page.locator("#drafts").get_by_text("已记下", exact=True).wait_for()
    page.locator(".board").get_by_role("button", name="已兑现").first.click()
    page.locator(".board [role=status]").wait_for()
    assert sorted(Promise.objects.values_list("state", flat=True)) == [
        "broken", "kept", "kept", "kept", "open",
    ]  # fmt: skip


def test_a_pasted_sentence_fills_the_form(lived, opened):
    """What and by when appear as one types, and are saved."""
    page = opened(f"/promises/new/?to={lived.party('guest:chen').pk}", lang="en")
    page.locator("#sentence").fill("I will call you back by 5 pm today.")
    page.locator("#due-0").wait_for()
    assert page.locator("#due-0").input_value() == "2026-03-02T17:00"
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/promises/")
    assert page.get_by_text("1 promise is on record").is_visible()


def test_a_time_that_has_passed_is_refused_on_the_card(lived, opened):
    """The card comes back, open where one was, with the reason."""
    page = opened("/promises/", lang="zh")
    card = page.locator(".board article").first
    card.get_by_text("改期", exact=True).click()
    card.locator("input[name=due]").fill("2026-03-01T10:00")
    with page.expect_response("**/move/") as answered:
        card.get_by_role("button", name="改到这个时间").click()
    assert answered.value.status == 422
    page.get_by_text("新的时间已经过去，请另选一个。").wait_for()
    assert page.get_by_role("button", name="改到这个时间").first.is_visible()
