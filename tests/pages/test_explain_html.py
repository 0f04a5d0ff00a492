"""A relationship's page: sums that add up, both languages, nothing fetched, nothing let in."""

from __future__ import annotations

import re
from dataclasses import replace
from math import exp

import pyarrow as pa
import pytest

from tests.pages.demo import LIVE, SHANGHAI, explained, newcomer, year
from tests.pages.reader import Element, hundredths, language, read_page
from troth.lab.demo import DEMO_UNTIL_US, demo_names
from troth.ledger.read import read_events
from troth.pages import explanation_html
from troth.trust.explain import explain
from troth.trust.stage import STAGES

LANGUAGES = ("zh", "en")


def page_of(truster: str, trustee: str, lang: str = "zh") -> Element:
    """The page of one of the demo's relationships."""
    told = explained(truster, trustee)
    html = explanation_html(told, year().table, demo_names(), lang, SHANGHAI)
    return read_page(html)


def shown(part: Element, kind: str) -> list[int]:
    """Figures of a sum as they are shown, the total last."""
    listed = part.find("ol", kind)
    return [hundredths(value.text()) for value in listed[0].find("span", "value")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", LIVE, ids=lambda who: who[0])
def test_the_sums_shown_add_up_to_the_last_digit(who: tuple[str, str], lang: str) -> None:
    """Baseline and origins sum to the belief; events sum to what the origins add."""
    told = explained(*who)
    part = language(page_of(*who), lang)
    baseline, *origins, total = shown(part, "origins")
    assert baseline + sum(origins) == total
    assert abs(total / 100 - told.eta) <= 0.005 + 1e-9
    assert abs(baseline / 100 - told.baseline) <= 0.01 + 1e-9
    *events, evidence = shown(part, "events")
    assert sum(events) == evidence == sum(origins)
    share = int(part.find("p", "share")[0].text().strip("%"))
    assert abs(share - 100 / (1 + exp(-total / 100))) < 0.9


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("who", LIVE, ids=lambda who: who[0])
def test_both_languages_stand_in_one_file(who: tuple[str, str], lang: str) -> None:
    """The one asked for is shown first, and each says the name, stage and latest words."""
    page = page_of(*who, lang)
    checked = [each for each in page.find("input") if "checked" in each.attributes]
    assert [each.attributes["id"] for each in checked] == [f"lang-{lang}"]
    stages = {"zh": ("初步接触", "了解与互动", "建立信任", "信任维持"),
              "en": ("First contact", "Understanding", "Building", "Maintenance")}  # fmt: skip
    for each in LANGUAGES:
        part = language(page, each)
        assert all(demo_names()[name][each] in part.find("h1")[0].text() for name in who)
        here = [step.text() for step in part.find("li") if "aria-current" in step.attributes]
        assert len(here) == 1
        assert here[0].startswith(stages[each][STAGES.index(explained(*who).stage)])
        own = [e for e in year().table.to_pylist() if e["truster"] == who[0] and e["text"]]
        assert own[-1]["text"] in part.text()


def test_breaches_link_to_what_was_done_about_them() -> None:
    """Each link leads to an event of the same page, and the complaint to its answer."""
    page = page_of("guest:liu-jianping", "hotel:linjiang")
    anchors = [each.attributes["id"] for each in page.walk() if "id" in each.attributes]
    assert len(anchors) == len(set(anchors))
    links = [each.attributes["href"] for each in page.find("a")]
    assert links
    assert all(link.startswith("#") and link[1:] in anchors for link in links)
    part = language(page, "en")
    complaint = next(
        each for each in part.find("li", "bad") if "Complaint opened" in each.find("b")[0].text()
    )
    answer = next(a for a in complaint.find("a") if "complaint answered" in a.text().lower())
    target = next(
        each for each in page.walk() if each.attributes.get("id") == answer.attributes["href"][1:]
    )
    assert "Complaint answered" in target.text()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_early_shows_no_number_for_the_belief(lang: str) -> None:
    """Neither a percentage nor a signed figure stands anywhere on the page."""
    page = page_of(*newcomer())
    assert "%" not in page.text()
    part = language(page, lang)
    assert ("证据还太少" if lang == "zh" else "Too early to tell") in part.text()
    assert not re.search(r"[+−]\d", part.text())
    for label in ("aria-label", "title"):
        assert not any("%" in each.attributes.get(label, "") for each in page.walk())


def test_the_page_needs_nothing_but_itself() -> None:
    """No script, no address, no font or image to fetch, and a policy that would refuse them."""
    told = explained(*LIVE[0])
    html = explanation_html(told, year().table, demo_names(), "en", SHANGHAI)
    page = read_page(html)
    assert "http:" not in html
    assert "https:" not in html
    assert "@import" not in html
    assert "url(" not in html
    tags = {each.tag for each in page.walk()}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    assert not any(name.startswith("on") for each in page.walk() for name in each.attributes)
    policies = [
        each.attributes["content"]
        for each in page.find("meta")
        if each.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}\u202e\x07"


def test_hostile_words_and_ids_stay_words() -> None:
    """Markup in a message, an id or a name is shown and never obeyed."""
    guest, house = f"guest:{HOSTILE}", f"hotel:{HOSTILE}"
    rows = [
        {"event_id": f"{i}{HOSTILE}", "at": f"2026-03-0{i}T09:00:00Z", "truster": guest,
         "trustee": f"staff:{HOSTILE}", "organisation": house, "kind": kind, "text": HOSTILE}
        for i, kind in ((1, "promise_kept"), (2, "complaint_opened"), (3, "promise_kept"))
    ]  # fmt: skip
    events = read_events(pa.Table.from_pylist(rows), now_us=DEMO_UNTIL_US).events
    html = explanation_html(explain(events, guest, house), events.table, {}, "en", SHANGHAI)
    page = read_page(html)
    assert not page.find("script")
    assert not page.find("img")
    assert "{{7*7}}" in page.text()
    assert "\u202e" not in html
    assert "\x07" not in html


def test_other_peoples_words_stay_on_their_own_pages() -> None:
    """What others lived counts and is shown without their names or words."""
    told = explained("guest:chen-jing", "staff:wang-lei")
    foreign = next(c for c in told.contributions if not c.own and c.text)
    raised = replace(
        told, contributions=(foreign, *[c for c in told.contributions if c != foreign])
    )
    html = explanation_html(raised, year().table, demo_names(), "zh", SHANGHAI)
    assert "旁人：" in html
    assert demo_names()[foreign.truster]["zh"] not in html
    same_words = {c.text for c in told.contributions if c.own}
    assert foreign.text in same_words or foreign.text not in html


def test_an_unknown_language_is_named() -> None:
    """Rather than silently English."""
    with pytest.raises(ValueError, match="unknown language 'fr'"):
        explanation_html(explained(*LIVE[0]), year().table, {}, "fr", SHANGHAI)
