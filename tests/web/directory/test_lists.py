"""Lists: what is found, in what order, a page at a time, and what it costs."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from django.db import connection

from tests.web.directory.conftest import HOSTILE
from troth.web.accounts.access import Scope
from troth.web.directory.found import found_parties
from troth.web.directory.listing import Asked, asked_rows, page_of
from troth.web.parties.known import Newcomer, add_parties
from troth.web.parties.models import Party

pytestmark = pytest.mark.django_db


def plan(rows) -> str:
    """How SQLite would answer."""
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        return "\n".join(row[3] for row in cursor.fetchall())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("tab", ["customers", "colleagues", "teams", "houses"])
def test_every_tab_opens_for_every_role(lived, signed_in, tab, lang):
    """Nobody is refused the list; what it holds depends on who asks."""
    for role in lived.users:
        if role != "stranger":
            assert signed_in(role, lang).get("/parties/", {"t": tab}).status_code == 200


def test_the_list_costs_few_queries(crowd, signed_in, django_assert_max_num_queries):
    """Fifty rows cost no more queries than one."""
    client = signed_in("lead")
    with django_assert_max_num_queries(7):
        page = client.get("/parties/").content.decode()
    assert page.count('<th scope="row">') == 50


def test_search_costs_few_queries(crowd, signed_in, django_assert_max_num_queries):
    """As you type: the beginnings, who of them is seen, their relationships."""
    client = signed_in("lead")
    with django_assert_max_num_queries(9):
        page = client.get("/parties/search/", {"q": "lin 0"}).content.decode()
    assert page.count("<li") == 20


@pytest.mark.parametrize("order", ["last", "change"])
def test_the_default_list_is_read_from_its_index(crowd, order):
    """No sorting of a whole house: rows come in order, and stop after a page."""
    from troth.web.directory.listing import _ordered

    rows = asked_rows(Scope(crowd.users["lead"]), crowd.house, Asked(), crowd.now_us)
    told = plan(_ordered(rows, Asked(order=order))[:51])
    assert f"INDEX relationship_{ {'last': 'last', 'change': 'trend'}[order] }" in told
    assert "TEMP B-TREE" not in told
    assert "SCAN" not in told


@pytest.mark.parametrize(
    "asked",
    [Asked(stage=2), Asked(trend="falling"), Asked(quiet=True)],
    ids=["stage", "trend", "quiet"],
)
def test_deep_filters_use_an_index_of_the_house(crowd, asked):
    """A filter looks at the house's rows by an index, never at the whole table."""
    from troth.web.directory.listing import _ordered

    rows = asked_rows(Scope(crowd.users["lead"]), crowd.house, asked, crowd.now_us)
    told = plan(_ordered(rows, asked)[:51])
    assert "USING INDEX relationship_" in told
    assert "SCAN ledger_relationship" not in told


def test_search_is_a_range_of_an_index(crowd):
    """Beginnings are looked up as a range; other words by party; nothing is scanned."""
    from troth.web.directory.found import _beginning

    told = plan(_beginning("lin").order_by("term", "party_id").values_list("party_id")[:100])
    assert re.search(r"SEARCH .*term>\? AND term<\?", told)
    assert "TEMP B-TREE" not in told


@pytest.mark.parametrize("order", ["last", "stake", "change", "name"])
@pytest.mark.parametrize("narrow", [{}, {"stage": 1}, {"trend": "rising"}])
def test_pages_follow_one_another(crowd, order, narrow):
    """Page by page, everybody comes once, in order, whatever the order and the filter."""
    scope = Scope(crowd.users["lead"])
    asked, found = Asked(order=order, **narrow), []
    while True:
        lines, more = page_of(scope, crowd.house, asked, crowd.now_us, "en")
        found += [line.relationship for line in lines]
        if not more:
            break
        asked = Asked(order=order, after=more, **narrow)
    wanted = asked_rows(scope, crowd.house, Asked(**narrow), crowd.now_us)
    if order == "change":
        wanted = wanted.filter(enough=True)
    assert sorted(row.pk for row in found) == sorted(wanted.values_list("pk", flat=True))
    column = {"last": "last_us", "stake": "stake", "change": "trend"}.get(order)
    values = [getattr(row, column) if column else row.truster.name_en for row in found]
    falling = order in ("last", "stake") or (order == "change" and narrow.get("trend") == "rising")
    assert all(a >= b if falling else a <= b for a, b in pairwise(values))


def test_more_is_an_address_and_a_fragment(crowd, signed_in):
    """Without script the next page is a link; with it the rows alone come."""
    client = signed_in("lead")
    page = client.get("/parties/").content.decode()
    address = re.search(r'<tr id="more">.*?href="([^"]+)"', page).group(1).replace("&amp;", "&")
    headers = {"HX-Request": "true", "HX-Target": "more"}
    rows = client.get(address, headers=headers).content.decode()
    assert "<html" not in rows
    assert rows.count('<th scope="row">') == 50


@pytest.mark.parametrize(
    ("query", "found"),
    [("陈", {"guest:chen"}), ("静", {"guest:chen"}), ("chen j", {"guest:chen"}),
     ("JING chen", {"guest:chen"}), ("chen zhao", set()), ("ben", {"guest:benbow"}),
     ("%", set()), ("", set()), ("zhao", set())],
)  # fmt: skip
def test_all_words_must_begin_so(lived, query, found):
    """Every word of the query begins a word of the party; other houses' customers are not found."""
    lived.event(3, "survey", outcome=0.9, truster="guest:benbow")
    parties = found_parties(Scope(lived.users["lead"]), query)
    assert {party.key for party in parties} == found


def test_the_rarest_word_is_looked_up_first(crowd):
    """Few match the second word, so that the many who match the first are not gone through."""
    from troth.web.directory.found import _rarest_first

    assert _rarest_first(["lin", "117"]) == ["117", "lin"]
    assert [p.key for p in found_parties(Scope(crowd.users["lead"]), "lin 117")] == ["guest:117"]


def test_colleagues_are_not_found_by_the_front_line(lived):
    """Their pages are for those who lead them."""
    front, lead = (Scope(lived.users[role]) for role in ("front_line", "lead"))
    assert {p.key for p in found_parties(front, "wang")} == set()
    assert {p.key for p in found_parties(lead, "li na")} == {"staff:li"}
    assert {p.key for p in found_parties(front, "li na")} == {"staff:li"}


def test_the_old_name_of_a_merged_guest_finds_who_they_are(lived):
    """Terms of a merged entry lead to the one that stayed."""
    add_parties([Newcomer("guest:cj", Party.Kind.CUSTOMER, "", "Jenny Chan")])
    Party.objects.filter(key="guest:cj").update(merged_into=lived.party("guest:chen"))
    parties = found_parties(Scope(lived.users["lead"]), "jenny")
    assert [party.key for party in parties] == ["guest:chen"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_names_stay_text(lived, signed_in, lang):
    """A name is never markup, and never a template."""
    Party.objects.filter(key="guest:chen").update(name_zh=HOSTILE, name_en=HOSTILE)
    client = signed_in("lead", lang)
    chen = lived.party("guest:chen").pk
    found = [f"/parties/{part}?q=chen" for part in ("", "search/", f"{chen}/merge/")]
    for address in (
        "/parties/",
        f"/parties/{chen}/",
        "/promises/?who=house",
        f"/add/?to={chen}",
        *found,
    ):
        page = client.get(address).content.decode()
        assert "<img src=x" not in page, address
        assert "{{ 7|add:7 }}" in page or "guest:chen" not in page, address


@pytest.mark.parametrize(
    "query", ["after=999999999", "after=x", "stage=9", "team=-1", "house=77", "order=;"]
)
def test_senseless_addresses_show_the_list(crowd, signed_in, query):
    """What makes no sense is passed over."""
    assert signed_in("lead").get(f"/parties/?{query}").status_code == 200


def test_nobody_is_ranked(lived, signed_in):
    """Colleagues come by name without any figure, and the page says so."""
    page = signed_in("lead", "en").get("/parties/?t=colleagues").content.decode()
    assert "Nobody is scored or ranked" in page
    assert "%" not in re.sub(r"<head>.*?</head>", "", page, flags=re.DOTALL).split("<main")[1]


def test_choosing_leads_back_only_to_pages_that_ask(lived, signed_in):
    """The list of choices cannot be used to lead people elsewhere."""
    client = signed_in("front_line")
    page = client.get("/parties/choose/", {"next": "/add/", "q": "chen"}).content.decode()
    assert f'/add/?to={lived.party("guest:chen").pk}"' in page
    assert client.get("/parties/choose/", {"next": "//evil.example/"}).status_code == 400
