"""The frame in Debian's Chromium: it fits a phone, keeps the policy, and is led by the keyboard."""

from __future__ import annotations

import pytest
from django.template import Context, Template

from tests.web.browsing import ADVICE, windows
from tests.web.ui.test_tags import CURVE
from troth.pages.charts import Curve, Mark
from troth.web.ui.middleware import POLICY

pytestmark = [
    pytest.mark.django_db(transaction=True),
]
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


@pytest.fixture
def opened(chromium, live_server, person):
    """Opens the desk for somebody who is logged in, and fails on whatever the console says."""
    expected = [ADVICE, "404 (Not Found)"]  # and pages that are not there
    with windows(chromium, live_server.url, expected) as window:

        def inside(width=1280, lang="en", role="admin", **more):
            return window(person(role, lang) if role else None, lang, width, **more)

        inside.expected = expected
        yield inside


@WIDTHS
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", ["/login/", "/password/", "/nowhere/"])
def test_pages_fit_and_stay_at_home(opened, live_server, path, lang, width) -> None:
    """No sideways scrolling, no request to anybody else, nothing refused by the policy."""
    page = opened(width, lang, role="" if path == "/login/" else "admin")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []


@WIDTHS
def test_what_is_tapped_is_large_enough(opened, width) -> None:
    """Links and buttons of the frame are at least 44 pixels high."""
    page = opened(width)
    page.goto("/password/")
    page.locator("details[data-menu]:visible summary").click()
    parts = [f"{part} :is(a, button, input, summary):visible" for part in ("header", ".bar-nav")]
    targets = page.locator(", ".join(parts))
    assert targets.count() > 4
    assert [box for box in (t.bounding_box() for t in targets.all()) if box["height"] < 43.5] == []


def test_the_language_switches_without_script(opened) -> None:
    """Before log-in, by an ordinary form."""
    page = opened(390, "zh", role="", java_script_enabled=False)
    page.goto("/login/")
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.get_by_role("heading", name="Welcome back").is_visible()


def test_the_keyboard_reaches_the_content_first(opened) -> None:
    """The first tab stop skips the header."""
    page = opened()
    page.goto("/nowhere/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


RESULTS = """<ul role="listbox">
<li role="none"><a role="option" aria-selected="false" href="/nowhere/?one" tabindex="-1">One</a></li>
<li role="none"><a role="option" aria-selected="false" href="/nowhere/?two" tabindex="-1">Two</a></li></ul>"""


@WIDTHS
def test_search_is_led_by_the_keyboard(opened, width) -> None:
    """Slash leads there, arrows choose and wrap around, Enter opens, Escape closes."""
    page = opened(width)
    page.route("**/parties/search/**", lambda route: route.fulfill(body=RESULTS))
    page.goto("/password/")
    page.locator("main h1").click()
    page.keyboard.press("/")
    box = page.get_by_role("combobox")
    page.keyboard.type("wa")
    page.get_by_role("option").first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    chosen = page.locator("[aria-selected=true]")
    assert chosen.inner_text() == "One"
    assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert not page.get_by_role("option").first.is_visible()
    page.keyboard.type("n")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/nowhere/?two")


def test_menus_close_by_escape_and_elsewhere(opened) -> None:
    """And Escape leads back to where one was."""
    page = opened()
    page.goto("/password/")
    menu = page.locator("header details[data-menu]")
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    menu.locator("summary").click()
    page.locator("main h1").click()
    assert menu.get_attribute("open") is None


def test_a_form_is_sent_once(opened) -> None:
    """However often one taps."""
    page = opened()
    page.goto("/password/")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    page.fill("#id_old_password", "x")
    page.fill("#id_new_password1", "y")
    page.fill("#id_new_password2", "y")
    page.evaluate("for (let i = 0; i < 3; i++) document.querySelector('main form').requestSubmit()")
    page.get_by_text("That is not your current password").wait_for()
    assert len(sent) == 1


def test_messages_stay_until_closed_where_they_warn(opened) -> None:
    """A failed request says so in words, and can be put away."""
    page = opened()
    opened.expected += ["htmx:", "ERR_FAILED"]
    page.route("**/parties/search/**", lambda route: route.abort())
    page.goto("/password/")
    page.get_by_role("combobox").fill("wa")
    toast = page.locator(".toast.error")
    toast.wait_for()
    assert "cannot be reached" in toast.inner_text()
    toast.get_by_role("button", name="Close").click()
    assert toast.count() == 0


def test_a_lapsed_session_leads_the_whole_page_to_the_door(opened) -> None:
    """Rather than showing the log-in form inside a list of results."""
    page = opened()
    page.goto("/password/")
    page.context.clear_cookies(name="sessionid")
    with page.expect_navigation(url="**/login/?next=/password/"):
        page.evaluate("void htmx.ajax('get', '/password/', '#search-results')")
    assert page.locator(".results form").count() == 0


CHART_PAGE = """{% extends "ui/base.html" %}{% load troth %}
{% block scripts %}{% include "ui/chart_scripts.html" %}{% endblock %}
{% block main %}<div class="card">{% trust_over_time curve "Trust over time" leads %}</div>{% endblock %}"""


def charted(page, curve, leads) -> None:
    """Show a page with a chart, under the desk's own policy."""
    from zoneinfo import ZoneInfo

    from troth.pages.words import Words

    words = Words("en", ZoneInfo("Asia/Shanghai"), {})
    told = Context({"words": words, "lang": "en", "curve": curve, "leads": leads})
    body = Template(CHART_PAGE).render(told)
    headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
    page.route("**/chart/", lambda route: route.fulfill(body=body, headers=headers))
    page.goto("/chart/", wait_until="networkidle")


@WIDTHS
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chart_is_drawn_and_read_by_keyboard(opened, width, scheme) -> None:
    """In place of the SVG; arrows step through the events, Enter leads to one."""
    page = opened(width, color_scheme=scheme)
    marks = [Mark(t * 86_400_000_000, 0.6, w, f"event {t}") for t, w in ((3, 0.2), (9, -0.4))]
    points = [(t * 86_400_000_000, 0.6, 0.5, 0.7) for t in range(40)]
    charted(page, Curve(points, marks, [], (0, points[-1][0])), ["#e-3", "#e-9"])
    chart = page.get_by_role("group", name="Trust over time")
    assert chart.locator("canvas").is_visible()
    assert chart.locator("svg").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    chart.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "event 9" in chart.locator(".hint").inner_text()
    assert "event 9" in chart.locator("[aria-live]").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/chart/#e-9")


def test_the_svg_stays_where_there_is_little_to_draw(opened) -> None:
    """One point makes no line."""
    page = opened()
    charted(page, Curve(CURVE.points[:1], CURVE.marks, CURVE.ticks, CURVE.span), [])
    assert page.locator("svg.chart:visible").count() == 1
    assert page.locator("canvas").count() == 0
