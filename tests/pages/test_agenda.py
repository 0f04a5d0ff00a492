"""The day's list as people see it: every section, both languages, links to the right pages."""

from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.pages.demo import SHANGHAI, todays
from tests.pages.reader import language, read_page
from troth.guidance.today import Today
from troth.lab.demo import demo_names
from troth.pages import page_name, render_today, today_html

QUIET_DAY = Today(0, (), (), (), (), (), {})


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_terminal_tells_every_entry(lang: str) -> None:
    """Each relationship and its sentence, within 80 columns and without colour."""
    out = io.StringIO()
    render_today(todays(), demo_names(), lang, SHANGHAI, Console(file=out, width=80))
    text = out.getvalue()
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text
    for truster, _ in todays().relationships():
        assert demo_names()[truster][lang] in text
    flat = "".join(text.split())
    for item in todays().repairs:
        assert "".join((item.breach.text or "").split()) in flat


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_links_to_every_relationship(lang: str) -> None:
    """By the very file name that its page is written to."""
    page = read_page(today_html(todays(), demo_names(), lang, SHANGHAI))
    part = language(page, lang)
    links = {a.attributes["href"] for a in part.find("a")}
    files = {link for link in links if not link.startswith("#")}
    assert files == {page_name(*who) for who in todays().relationships()}
    anchors = {each.attributes.get("id") for each in page.walk()}
    assert {link[1:] for link in links if link.startswith("#")} <= anchors


def test_a_day_without_anything_says_so() -> None:
    """In the terminal and on the page."""
    out = io.StringIO()
    render_today(QUIET_DAY, {}, "en", SHANGHAI, Console(file=out, width=80))
    assert "Nothing waits today." in out.getvalue()
    assert "今天没有等着的事。" in today_html(QUIET_DAY, {}, "zh", SHANGHAI)


def test_page_names_are_safe_and_never_shared() -> None:
    """Whatever an id holds; ids that differ only in forbidden letters get different files."""
    ids = ["guest:a", "guest/a", "../../etc/passwd", "陈静", "刘建平", "a" * 500, "", "CON", "<x>"]
    names = [page_name(one, other) for one in ids for other in ids]
    assert len(set(names)) == len(names)
    for name in names:
        assert name.removesuffix(".html").replace("-", "").isalnum()
        assert name.isascii()
        assert len(name) < 80
    assert page_name("ab", "c") != page_name("a", "bc")
