"""The frame of every page: language, navigation by role, headers, errors, messages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

POLICY = "default-src 'none'"


def shown(answer) -> str:
    """The page as text."""
    return answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "lang", "title"), [("zh-CN,zh", "zh-CN", "登录"), ("en", "en", "Log in")]
)
def test_the_browser_language_is_spoken_before_log_in(client, db, asked, lang, title) -> None:
    """And the page says in which language it is."""
    page = shown(client.get("/login/", headers={"accept-language": asked}))
    assert f'<html lang="{lang}">' in page
    assert f"<title>{title} ·" in page


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_language_is_switched_before_log_in_and_kept(client, db, lang) -> None:
    """By a cookie, whatever the browser asks for."""
    answer = client.post("/language/", {"lang": lang, "next": "/login/?next=/parties/"})
    assert answer["Location"] == "/login/?next=/parties/"
    assert answer.cookies["troth_lang"].value == lang
    assert answer.cookies["troth_lang"]["httponly"]
    page = client.get("/login/", headers={"accept-language": "en" if lang == "zh" else "zh"})
    assert page["Content-Language"] == lang


def test_the_language_is_remembered_for_the_person(entered) -> None:
    """On their next device too; the change is in the audit log, once."""
    from troth.web.accounts.models import AuditRow, User

    client = entered(lang="zh")
    for _ in range(2):
        client.post("/language/", {"lang": "en"})
    assert User.objects.get().lang == "en"
    assert list(AuditRow.objects.values_list("deed", "what")) == [("choose_language", "en")]


@pytest.mark.parametrize("lang", ["fr", "", "zh-CN"])
def test_other_languages_are_refused(client, db, lang) -> None:
    """Rather than shown half-way."""
    assert client.post("/language/", {"lang": lang}).status_code == 400


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_the_switch_leads_nowhere_else(client, db, target) -> None:
    """An address of somebody else is no way back."""
    assert client.post("/language/", {"lang": "zh", "next": target})["Location"] == "/"


def test_the_switch_is_never_a_link(client, db) -> None:
    """A picture on another site could follow it."""
    assert client.get("/language/").status_code == 405


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (
            "front_line",
            ["/", "/parties/", "/draft/", "/promises/", "/add/", "/team/", "/settings/"],
        ),
        (
            "lead",
            [
                "/",
                "/parties/",
                "/draft/",
                "/promises/",
                "/add/",
                "/team/",
                "/import/",
                "/settings/",
            ],
        ),
        ("coach", ["/", "/parties/", "/draft/", "/promises/", "/add/", "/team/", "/settings/"]),
        (
            "analyst",
            ["/", "/parties/", "/draft/", "/promises/", "/team/", "/import/", "/settings/"],
        ),
        (
            "admin",
            [
                "/",
                "/parties/",
                "/draft/",
                "/promises/",
                "/add/",
                "/team/",
                "/import/",
                "/settings/",
            ],
        ),
    ],
)
def test_people_are_led_where_they_may_go(entered, role, places) -> None:
    """The same places in the header and, on a phone, on the bar and behind more."""
    page = shown(entered(role).get("/password/"))
    header = page.split('<nav class="places"')[1].split("</nav>")[0]
    assert re.findall(r'<a href="([^"]+)"', header) == places
    bar = page.split('<nav class="bar-nav"')[1].split("</nav>")[0]
    assert set(re.findall(r'<a href="([^"]+)"', bar)) == {*places, "/password/"}


def test_nobody_is_led_anywhere_before_log_in(client, db) -> None:
    """Nor asked to search."""
    page = shown(client.get("/login/"))
    assert 'class="places"' not in page
    assert 'role="search"' not in page


def test_the_place_where_one_is_is_marked(rf, person) -> None:
    """Also on the pages below it; Today stands for itself alone."""
    from troth.web.accounts.navigation import nav

    for path, here in [
        ("/", ["today"]),
        ("/parties/7/", ["parties"]),
        ("/import/3/map/", ["import"]),
    ]:
        request = rf.get(path)
        request.user = person("admin", username=path)
        told = nav(request)["nav"]
        assert [place.name for place in told["places"] if place.here] == here
        assert told["more_here"] == (here == ["import"])


@pytest.mark.parametrize("path", ["/login/", "/password/", "/nowhere/"])
def test_every_answer_carries_the_policy(entered, client, path) -> None:
    """Nothing inline, nothing from elsewhere, nothing kept by the browser."""
    answer = client.get(path) if path == "/login/" else entered().get(path)
    assert answer["Content-Security-Policy"].startswith(POLICY)
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "没有找到这一页"), ("en", "There is nothing here")]
)
def test_a_missing_page_says_so(entered, lang, said) -> None:
    """In the reader's language, with the way back."""
    answer = entered(lang=lang).get("/nowhere/")
    assert answer.status_code == 404
    assert said in shown(answer)


@pytest.mark.parametrize(("lang", "said"), [("zh", "暂时看不了"), ("en", "not open to you")])
def test_a_refusal_says_so(rf, person, lang, said) -> None:
    """And whom to ask."""
    from troth.web.ui.errors import forbidden
    from troth.web.ui.middleware import ReaderMiddleware

    request = rf.get("/settings/audit/")
    request.user = person(lang=lang)
    answer = ReaderMiddleware(forbidden)(request)
    assert answer.status_code == 403
    assert said in shown(answer)


@pytest.mark.parametrize(
    ("asked", "said"), [("zh-CN", "我们这边出了问题"), ("de", "broke on our side")]
)
def test_our_own_failure_asks_nothing_of_the_database(
    rf, asked, said, django_assert_num_queries
) -> None:
    """The page stands even where the database is what failed."""
    from troth.web.ui.errors import broken

    answer = broken(rf.get("/", headers={"accept-language": asked}))
    assert answer.status_code == 500
    assert said in shown(answer)


def test_a_stale_form_says_that_nothing_was_saved(client, db) -> None:
    """The commonest case is a page left open through a log-in."""
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/language/", {"lang": "zh"}, headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "nothing was saved" in shown(answer)


def test_demo_people_are_told_that_it_is_a_demo(entered) -> None:
    """On every page."""
    assert "演示数据" in shown(entered(demo=True).get("/password/"))


def test_names_are_escaped(entered) -> None:
    """Also in the header."""
    page = shown(entered(first_name="<b>x", username="o'neil").get("/password/"))
    assert "<b>x" not in page
    assert "&lt;b&gt;x" in page


def test_what_the_frame_links_is_there(entered) -> None:
    """Each style sheet, script and picture is a static file of ours; so are those of the manifest."""
    linked = re.findall(r'"/static/([^"#]+)', shown(entered().get("/password/")))
    assert {"ui/desk.css", "ui/search.js", "ui/icons.svg", "ui/manifest.webmanifest"} <= set(linked)
    manifest = json.loads(Path(finders.find("ui/manifest.webmanifest")).read_text(encoding="utf-8"))
    assert {"troth", "信诺"} <= set(manifest["name"].split())
    linked += [f"ui/{icon['src']}" for icon in manifest["icons"]]
    assert [name for name in linked if not finders.find(name)] == []


def test_the_frame_costs_at_most_two_queries(entered, django_assert_max_num_queries) -> None:
    """Session and person: navigation, banner and search box ask nothing more."""
    client = entered("admin")
    with django_assert_max_num_queries(2):
        client.get("/nowhere/")
