"""The first ten minutes of each role, in Debian's Chromium, in both languages, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest

from tests.web.browsing import windows
from troth.content.text import phrase
from troth.web.ledger.models import Event, Promise

pytestmark = pytest.mark.django_db(transaction=True)
LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


@pytest.fixture
def at_desk(chromium, live_server, lived):
    """A page for somebody of a role; whatever the console complains of fails the flow."""
    with windows(chromium, live_server.url) as window:

        def opened(role: str, lang: str, width: int = 1280):
            return window(lived.users[role], lang, width)

        yield opened


@LANGUAGES
def test_head_of_service_imports_and_sees_why(at_desk, lived, lang, tmp_path):
    """Last month's export is in, its bad row is listed; the list says who falls and why, with reasons."""
    file = tmp_path / "export.csv"
    file.write_text(
        "event_id,at,truster,trustee,organisation,kind,outcome,text\n"
        "m1,2026-02-20T10:00:00+08:00,guest:benbow,staff:wang,hotel,promise_kept,,\n"
        "m2,2026-02-21T10:00:00+08:00,guest:benbow,staff:wang,hotel,survey,0.9,Very good.\n"
        "m3,not a time,guest:benbow,staff:wang,hotel,survey,0.9,\n",
        encoding="utf-8",
    )
    page = at_desk("lead", lang)
    page.goto("/import/")
    page.set_input_files("input[type=file]", str(file))
    page.locator("main form:has(input[type=file]) button.primary").first.click()
    page.wait_for_load_state("networkidle")
    steps = 0
    while not Event.objects.filter(event_id="m2").exists() and steps < 4:
        page.locator("main button.primary").last.click()
        page.wait_for_load_state("networkidle")
        steps += 1
    assert Event.objects.filter(event_id__in=["m1", "m2"]).count() == 2
    assert not Event.objects.filter(event_id="m3").exists()
    assert page.locator("main").get_by_text(re.compile("1")).count()
    page.goto("/")
    assert "等到十点也没有人送来。" in page.locator("#repairs").inner_text()
    page.locator("#repairs a[href*='relationships']").first.click()
    page.wait_for_load_state("networkidle")
    text = page.locator("main").inner_text()
    assert re.search(r"\d\d%", text)
    assert phrase("explain.total_is", lang, share="").replace("%", "").strip()[:2] in text
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@LANGUAGES
def test_front_line_on_a_phone(at_desk, lived, lang):
    """Paste a message, one tap makes a promise of it, look at the card, add a touch; no sideways scroll."""
    page = at_desk("front_line", lang, width=390)
    page.goto("/")
    page.fill("#pasted", "陈女士，我今天下午五点前把发票送到您房间。")
    page.locator("#paste label.tap", has=page.locator("input[value=staff]")).click()
    page.fill("#about", "陈静" if lang == "zh" else "chen")
    page.locator("#about-found label.tap").first.wait_for()
    page.locator("#about-found input").first.check(force=True)
    page.locator("#paste button[value=record]").click()
    before = Promise.objects.filter(state="open").count()
    confirm = page.locator("#read form[action*=confirmed] button")
    confirm.first.wait_for()
    confirm.first.click()
    page.locator("#read .finished").wait_for()
    assert Promise.objects.filter(state="open").count() == before + 1
    page.goto(f"/relationships/{lived.party('guest:chen').pk}/{lived.house.pk}/")
    text = page.locator("main").inner_text()
    assert ("陈女士" if lang == "zh" else "Ms Chen") in text
    assert "等到十点也没有人送来。" in text
    page.goto("/add/")
    page.locator("label.tap", has=page.locator("input[name=to]")).first.click()
    page.locator("label.tap", has=page.locator("input[name=touch][value=smiled]")).first.click()
    page.locator(".save-bar button").click()
    page.wait_for_load_state("networkidle")
    assert Event.objects.filter(kind="smiled").count() == 1
    for path in ("/", "/promises/", "/parties/", "/add/", "/me/", "/settings/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


@LANGUAGES
def test_front_line_keeps_a_promise_in_one_tap(at_desk, lived, lang):
    """A promise due today is kept from the list, and the list says so."""
    page = at_desk("front_line", lang)
    page.goto("/")
    page.locator("#promises form[action*=kept] button").first.click()
    page.locator("#promises .finished").wait_for()
    assert Promise.objects.get(event_id="e8").state == "kept"


@LANGUAGES
def test_lead_overrules_with_a_reason(at_desk, lived, lang):
    """A lead gives an event another outcome; old and new both stay on the page."""
    page = at_desk("lead", lang)
    broken = Event.objects.get(event_id="e7")
    from troth.web.accounts.actor import Actor
    from troth.web.ledger.actions.overrule import overrule_event

    overrule_event(Actor(lived.users["lead"], "page", lived.now_us), broken, 0.5, "客人改了房间")
    page.goto(f"/relationships/{lived.party('guest:chen').pk}/{lived.house.pk}/")
    text = page.locator("main").inner_text()
    assert text.count("等到十点也没有人送来。") >= 2
    assert "客人改了房间" in text


@LANGUAGES
def test_admin_adds_a_colleague_and_reads_the_log(at_desk, lived, lang):
    """Roles are explained, a colleague gets a password shown once, and the log says who did it."""
    page = at_desk("admin", lang)
    page.goto("/settings/people/")
    page.locator("main a[href*='add']").first.click()
    page.fill("input[name=username]", "zhou-min")
    page.locator("main button.primary").first.click()
    page.wait_for_load_state("networkidle")
    shown = page.locator("main").inner_text()
    assert "zhou-min" in shown
    page.goto("/settings/audit/")
    assert "zhou-min" in page.locator("main").inner_text()


@LANGUAGES
def test_analyst_takes_everything_out(at_desk, lived, lang):
    """The analyst's data page offers the whole export; the front line is refused."""
    page = at_desk("analyst", lang)
    page.goto("/settings/data/")
    assert page.locator("main a, main button").count()
    refused = at_desk("front_line", lang).request.get("/api/export/events.csv")
    assert refused.status in (401, 403)


@LANGUAGES
def test_too_early_shows_no_number(at_desk, lived, lang):
    """Where there is too little evidence no page, chart or attribute carries a figure."""
    lived.event(1, "promise_kept", truster="guest:benbow")
    page = at_desk("lead", lang)
    page.goto(f"/relationships/{lived.party('guest:benbow').pk}/{lived.house.pk}/")
    main = page.locator("main").inner_html()
    assert (
        phrase("explain.too_early", lang).split("。")[0][:4].lower()
        in page.locator("main").inner_text().lower()
    )
    assert not re.search(r"\d\d\s?%", re.sub(r"90\s?%", "", main))
