"""The first ten minutes of each role, in Debian's Chromium, in both languages, on a desk and on a phone."""

from __future__ import annotations

import re
from zipfile import ZipFile

import pytest

from tests.web.browsing import windows
from troth.content.text import phrase
from troth.web.accounts.models import AuditRow, User
from troth.web.ledger.actions.messages import record_message
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


def tally(page) -> dict[str, str]:
    """What an import comes to, as the page counts it."""
    page.locator("dl.tally").wait_for()
    pairs = page.locator("dl.tally > div").all()
    return {p.locator("dt").inner_text(): p.locator("dd").inner_text() for p in pairs}


def relationship(lived) -> str:
    """Where the guest Chen Jing's trust in the hotel is shown."""
    return f"/relationships/{lived.party('guest:chen').pk}/{lived.house.pk}/"


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
    assert tally(page)[phrase("imports.would.taken", lang)] == "2"
    page.locator("#trial .refusals summary").click()
    (bad,) = page.locator("#trial .refusals tbody tr").all()
    assert bad.locator("th").inner_text() == "4"
    assert "at" in bad.inner_text()
    assert "not a time" in bad.inner_text()
    page.locator("#trial form[action*=start] button").click()
    page.get_by_text(phrase("imports.state.done", lang), exact=True).wait_for()
    assert tally(page)[phrase("imports.rejected", lang)] == "1"
    assert set(Event.objects.filter(event_id__startswith="m").values_list("event_id", flat=True)) == {
        "m1", "m2",
    }  # fmt: skip
    page.goto("/")
    assert "等到十点也没有人送来。" in page.locator("#repairs").inner_text()
    page.locator("#repairs a[href*='relationships']").first.click()
    share = page.locator("#card .share").inner_text()
    assert re.fullmatch(r"\d\d%", share)
    total = page.locator("#why .origins .total .label").inner_text()
    assert total == phrase("explain.total_is", lang, share=share)
    assert "等到十点也没有人送来。" in page.locator("#why .events").inner_text()
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
    page.goto(relationship(lived))
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
    line = page.locator("#promises li")
    assert "我今天下午三点前回复您。" in line.inner_text()
    line.locator(".actions form[action*=kept] button").click()
    page.locator("#promises .finished").wait_for()
    (left,) = page.locator("#promises li").all_inner_texts()
    assert left.strip() == phrase("today.kept", lang)
    promise = Promise.objects.get(event_id="e8")
    assert (promise.state, promise.ended_us) == ("kept", lived.now_us)
    assert Event.objects.get(kind="promise_kept", ref="e8").trustee.key == "staff:li"


@LANGUAGES
def test_lead_overrules_with_a_reason(at_desk, lived, lang):
    """From the list of events: another outcome and why; old and new both stay on the page."""
    page = at_desk("lead", lang)
    page.goto(relationship(lived))
    before = page.locator("#card .share").inner_text()
    survey = page.locator("#history li:has-text('住得很舒服。')")
    survey.get_by_text(phrase("relations.event.act", lang)).click()
    form = survey.locator("form[action*=overruled]")
    form.locator("select").select_option(label=phrase("relations.outcome.let_down", lang))
    form.locator("button").click()
    assert not Event.objects.filter(source="desk:overrule").exists()  # no reason, no deed
    form.locator("input[name=text]").fill("客人说的是别家")
    form.locator("button").click()
    page.get_by_text(phrase("relations.event.overruled", lang)).wait_for()
    first, second = page.locator("#history li:has-text('住得很舒服。')").all()
    struck = [("struck" in one.get_attribute("class").split()) for one in (first, second)]
    assert sorted(struck) == [False, True]
    assert "客人说的是别家" in page.locator("#history li.struck").inner_text()
    assert page.locator("#card .share").inner_text() < before
    found = Event.objects.filter(source="desk:overrule").exclude(kind="correction").get()
    assert (found.kind, found.outcome) == ("survey", 0.0)
    assert AuditRow.objects.filter(deed="overrule_event", user=lived.users["lead"]).count() == 2


@LANGUAGES
def test_coach_works_on_a_real_case(at_desk, lived, lang):
    """What was said and how it was mended; a wrong reading is put right; nobody is ranked or governed."""
    said = "太让人失望了，等了一个小时都没有人理我！"
    record_message(
        lived.actor("lead"), customer=lived.party("guest:chen"), staff=lived.party("staff:li"),
        house=lived.house, text=said, speaker="customer",
    )  # fmt: skip
    lived.event(0.4, "apology", ref="e7", text="李娜当面道了歉。")
    page = at_desk("coach", lang)
    page.goto("/")
    page.locator("#repairs a[href*='relationships']").first.click()
    history = page.locator("#history")
    assert "李娜当面道了歉。" in history.inner_text()
    message = history.locator("li:has(mark:has-text('让人失望'))")
    message.get_by_text(phrase("relations.event.act", lang)).click()
    form = message.locator("form[action*=reread]")
    form.locator("input[name=text]").fill("客人在说另一家店")
    form.locator("button").click()
    page.get_by_text(phrase("relations.event.reread.done", lang)).wait_for()
    assert "客人在说另一家店" in history.inner_text()
    assert message.locator(".said").is_visible()
    assert AuditRow.objects.get(deed="overrule_reading").user == lived.users["coach"]
    page.goto(f"/parties/{lived.party('staff:li').pk}/")
    assert page.locator("h1").inner_text() == {"zh": "李娜", "en": "Li Na"}[lang]
    assert not re.search(r"\d\s?%", page.locator("main").inner_text())
    for path in ("/import/", "/settings/people/", "/settings/data/", "/settings/audit/"):
        assert page.request.get(path).status == 403, path
        assert not page.locator(f"a[href='{path}']").count(), path


@LANGUAGES
def test_admin_adds_a_colleague_and_reads_the_log(at_desk, lived, lang):
    """Roles are explained, a colleague gets a password shown once, and the log says who did it."""
    page = at_desk("admin", lang)
    page.goto("/settings/people/")
    page.locator("main a[href*='add']").first.click()
    for role in User.Role.values:
        assert phrase(f"setup.role.{role}", lang) in page.locator("main").inner_text()
    page.fill("input[name=username]", "zhou-min")
    page.locator("main button.primary").first.click()
    made = page.locator("#made").inner_text()
    assert page.locator("#name").inner_text() == "zhou-min"
    assert User.objects.get(username="zhou-min").check_password(made)
    page.goto(f"/settings/people/{User.objects.get(username='zhou-min').pk}/")
    assert made not in page.content()
    page.goto("/settings/audit/")
    row = page.locator("main tbody tr:has-text('zhou-min')")
    assert phrase("setup.deed.add_person", lang) in row.inner_text()
    assert "admin" in row.inner_text()


@LANGUAGES
def test_analyst_takes_everything_out(at_desk, lived, lang):
    """The analyst's data page offers the whole export; the front line is refused."""
    page = at_desk("analyst", lang)
    page.goto("/settings/data/")
    with page.expect_download() as coming:
        page.get_by_role("button", name=phrase("setup.export.do", lang)).click()
    with ZipFile(coming.value.path()) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith("events.csv")]
        assert len(archive.read(name).decode("utf-8-sig").strip().splitlines()) == 1 + 8
    refused = at_desk("front_line", lang).request
    assert refused.get("/settings/data/").status == 403
    assert refused.get("/api/export/events.csv").status == 403


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
