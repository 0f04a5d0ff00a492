"""What a relationship's page shows, to whom, and that its figures add up."""

from __future__ import annotations

import re
from math import exp

import pytest

from tests.pages.reader import hundredths, read_page
from tests.web.relations.conftest import HOSTILE
from troth.web.ledger.models import Relationship
from troth.web.parties.models import Party

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def page_of(client, address):
    """The page, read."""
    answer = client.get(address)
    assert answer.status_code == 200
    return read_page(answer.content.decode())


def shown(page, kind):
    """Figures of a sum as they are shown, the total last."""
    listed = page.find("ol", kind)[0]
    return [hundredths(value.text()) for value in listed.find("span", "value")]


@LANGUAGES
def test_everything_stands_on_one_page(signed_in, address, lang) -> None:
    """Form of address, open promise, last hurt, what not to say, stage, all words."""
    page = page_of(signed_in("front_line", lang), address())
    text = page.text()
    for words in {
        "zh": (
            "陈女士",
            "我今天下午三点前回复您。",
            "等到十点也没有人送来。",
            "现在怎么说话",
            "截至",
        ),
        "en": (
            "Ms Chen",
            "我今天下午三点前回复您。",
            "等到十点也没有人送来。",
            "How to speak with them now",
            "as of",
        ),
    }[lang]:
        assert words in text
    assert page.find("section", "alert")
    assert len([li for li in page.find("li") if li.attributes.get("aria-current")]) == 1


@LANGUAGES
def test_the_sums_shown_add_up_exactly(signed_in, address, lived, lang) -> None:
    """With what other people lived, of which only the sum is told."""
    lived.event(5, "promise_kept", truster="guest:benbow", text="Kept.")
    lived.event(4, "complaint_opened", truster="guest:benbow", trustee="staff:wang")
    page = page_of(signed_in("lead", lang), address())
    *origins, total = shown(page, "origins")
    assert sum(origins) == total
    *events, evidence = shown(page, "events")
    assert sum(events) == evidence == sum(origins[1:])
    said = {"zh": "别人的经历", "en": "What other people lived"}[lang]
    assert said in page.find("ol", "events")[0].text()
    share = int(page.find("p", "share")[0].text().strip("%"))
    assert abs(share - 100 / (1 + exp(-total / 100))) < 0.9


def test_colleagues_parts_sum_to_own_experience(signed_in, address, lived) -> None:
    """For those who lead; front-line staff see their own figure alone, first, and no other."""
    lived.event(3, "survey", trustee="staff:wang", outcome=0.2)
    page = page_of(signed_in("lead", "en"), address())
    part = next(s for s in page.find("section") if s.attributes.get("id") == "shares")
    values = [hundredths(v.text()) for v in part.find("span", "value")]
    assert len(values) == 2
    direct = next(
        li for li in page.find("ol", "origins")[0].find("li") if "Own experience" in li.text()
    )
    assert sum(values) == hundredths(direct.find("span", "value")[0].text())
    page = page_of(signed_in("front_line", "en"), address())
    part = next(s for s in page.find("section") if s.attributes.get("id") == "shares")
    assert len(part.find("span", "value")) == 1
    assert part.find("li")[0].text().startswith("Li Na")


@LANGUAGES
def test_too_early_shows_no_number(signed_in, lived, address, lang) -> None:
    """Neither on the page, in titles and labels, nor in the data of the chart."""
    lived.event(2, "promise_kept", truster="guest:benbow", text="Done.")
    client = signed_in("lead", lang)
    where = address("guest:benbow")
    page = page_of(client, where)
    assert {"zh": "证据还太少", "en": "Too early to tell"}[lang] in page.text()
    assert not re.search(r"[+−]\d\.\d\d", page.text())
    main = page.find("main")[0]
    numbers = next(d for d in main.find("details") if d.attributes.get("id") == "numbers")
    assert "%" not in main.text().replace(numbers.text(), "")
    for each in main.walk():
        for name in ("title", "aria-label", "data-curve"):
            assert "%" not in each.attributes.get(name, "")
    told = client.get(f"{where}course/").json()
    assert told["points"] == []
    assert {abs(mark["weight"]) for mark in told["marks"]} <= {0, 0.4}


def test_the_course_is_told_as_json(signed_in, address) -> None:
    """Points with their intervals, and a mark for each event that leads to it."""
    told = signed_in("lead").get(address(then="course/")).json()
    assert told["points"]
    assert all(0 < low <= p <= high < 1 for _, p, low, high in told["points"])
    assert len(told["marks"]) == 8
    assert told["marks"][-1]["href"] == "#e-7"


def test_hostile_words_and_names_stay_words(signed_in, lived, address) -> None:
    """Markup in a name or message is shown and never obeyed."""
    Party.objects.filter(key="guest:chen").update(name_zh=HOSTILE, address_zh=HOSTILE)
    lived.event(0.2, "complaint_opened", text=HOSTILE)
    html = signed_in("lead").get(address()).content.decode()
    page = read_page(html)
    assert all("src" in script.attributes for script in page.find("script"))
    assert not [img for img in page.find("img") if img.attributes.get("src") == "x"]
    assert "{{7*7}}" in page.text()
    assert "\u202e" not in page.find("ol", "happened")[0].text()


@pytest.mark.parametrize("role", ["front_line", "lead", "coach", "analyst", "admin"])
def test_who_may_do_what(signed_in, address, role) -> None:
    """All of the house see it; analysts record nothing."""
    html = signed_in(role).get(address()).content.decode()
    assert ("/repair/" in html) is (role != "analyst")
    assert ("/events/" in html) is (role in {"front_line", "lead", "coach", "admin"})


def test_nobody_sees_other_houses(signed_in, address, client) -> None:
    """Neither the page, its data nor its deeds; and who is not logged in is led there first."""
    where = address()
    assert client.get(where).status_code == 302
    stranger = signed_in("stranger")
    for then in ("", "course/", "history/", "events/1/"):
        assert stranger.get(f"{where}{then}").status_code == 404
    for then in ("repair/", "preferences/", "promises/1/kept/", "events/1/taken-back/"):
        assert stranger.post(f"{where}{then}").status_code == 404


def test_trust_inside_the_team_has_a_page(signed_in, lived, address) -> None:
    """A colleague's trust in a colleague, seen by the one who trusts and those who lead."""
    for days in (9, 5, 2):
        lived.event(days, "promise_kept", truster="staff:li", trustee="staff:wang")
    row = Relationship.objects.get(truster__key="staff:li", trusted__key="staff:wang")
    where = f"/relationships/{row.truster_id}/{row.trusted_id}/"
    assert "王磊" in page_of(signed_in("front_line"), where).text()
    assert page_of(signed_in("lead"), where).find("ol", "happened")


def test_adding_begins_with_the_customer_of_the_page(signed_in, lived, address) -> None:
    """The link leads to a form in which they are chosen, though others were met later."""
    lived.event(0.01, "contact", truster="guest:benbow")
    client, chen = signed_in("front_line"), str(lived.party("guest:chen").pk)
    link = next(
        a.attributes["href"]
        for a in page_of(client, address()).find("a", "primary")
        if a.attributes["href"].startswith("/add/")
    )
    radios = [i for i in page_of(client, link).find("input") if i.attributes.get("name") == "to"]
    assert [i.attributes["value"] for i in radios if "checked" in i.attributes] == [chen]


def test_a_colleagues_trust_offers_nothing_to_add(signed_in, lived, address) -> None:
    """The form is about customers, so that no link leads to one in which nobody is chosen."""
    lived.event(2, "promise_kept", truster="staff:li", trustee="staff:wang")
    row = Relationship.objects.get(truster__key="staff:li", trusted__key="staff:wang")
    page = page_of(signed_in("lead"), f"/relationships/{row.truster_id}/{row.trusted_id}/")
    main = page.find("main")[0]
    assert not [a for a in main.find("a") if a.attributes["href"].startswith("/add/")]


def test_older_events_come_by_the_page(signed_in, lived, address) -> None:
    """Fifty at a time, each once; a link to an older one opens as many as it needs."""
    for hour in range(60):
        lived.event(30 + hour, "contact", text=f"No {hour}.")
    client, where = signed_in("lead", "en"), address()
    page = page_of(client, where)
    first = {li.attributes.get("id") for li in page.find("ol", "happened")[0].find("li")}
    more = next(a for a in page.find("a") if "history/?before" in a.attributes.get("hx-get", ""))
    answer = client.get(more.attributes["hx-get"], HTTP_HX_REQUEST="true")
    rest = set(re.findall(r'id="(e-\d+)"', answer.content.decode()))
    assert len(first - {None}) == 50
    assert not first & rest
    assert len(rest) == 18
    assert 'id="e-0"' in client.get(f"{where}?to=0").content.decode()


def test_queries_stay_constant(signed_in, lived, address, django_assert_max_num_queries) -> None:
    """However much has happened."""
    client, where = signed_in("lead"), address()
    with django_assert_max_num_queries(28):
        client.get(where)
    for day in range(20):
        lived.event(3 + day, "promise_made", text="x", due_us=lived.now_us + 9**9)
        lived.event(3 + day, "complaint_opened", text="y")
    with django_assert_max_num_queries(28):
        client.get(where)
