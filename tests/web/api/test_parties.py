"""Parties: found, named, and seen by those who may."""

from __future__ import annotations

import pytest

from tests.web.api.conftest import Machine
from troth.web.accounts.access import Scope
from troth.web.accounts.models import AuditRow
from troth.web.api.seen import seen_parties
from troth.web.parties.models import Party

pytestmark = pytest.mark.django_db


def keys(answer) -> list[str]:
    """Keys of a page."""
    return [party["key"] for party in answer.json()["items"]]


def test_parties_are_listed_filtered_and_paged(lived, admin):
    """By kind, by the beginnings of their words, by pages."""
    assert keys(admin.get("/parties?kind=team")) == ["team:front"]
    assert keys(admin.get("/parties?q=陈")) == ["guest:chen"]
    assert keys(admin.get("/parties?q=chen jing")) == ["guest:chen"]
    assert keys(admin.get("/parties?q=!!")) == []
    assert keys(admin.get("/parties?key=guest:benbow")) == ["guest:benbow"]
    first = admin.get("/parties?limit=4")
    rest = admin.get(f"/parties?cursor={first.json()['next']}&limit=500")
    assert len(set(keys(first) + keys(rest))) == Party.objects.count()


def test_a_party_is_named(lived, admin):
    """What is left out stays; the audit log names fields, never their values."""
    answer = admin.put("/parties/guest:chen", {"address_zh": "陈老师", "contact": "138"})
    assert answer.status_code == 200
    assert answer.json()["address_zh"] == "陈老师"
    assert answer.json()["name_en"] == "Chen Jing"
    row = AuditRow.objects.get(deed="edit_party")
    assert row.details["fields"] == ["address_zh", "contact"]
    assert keys(admin.get("/parties?q=138")) == ["guest:chen"]
    assert admin.put("/parties/guest:chen", {"address_zh": "陈老师"}).status_code == 200


def test_a_new_party_is_put_on_record(lived, admin):
    """A customer by default; colleagues with their house."""
    answer = admin.put("/parties/guest:林/7", {"name_zh": "林小雨", "lang": "zh"})
    assert (answer.status_code, answer.json()["kind"]) == (200, "customer")
    assert admin.get("/parties/guest:林/7").json()["name_zh"] == "林小雨"
    told = {"kind": "staff", "name_zh": "周敏", "house": "hotel"}
    assert admin.put("/parties/staff:zhou", told).json()["house"] == "hotel"
    assert keys(admin.get("/parties?q=林小")) == ["guest:林/7"]


@pytest.mark.parametrize(
    "told",
    [{"kind": "robot"}, {"name_zh": "x" * 121}, {"name": "x"}, {"name_en": 3}, {"kind": "staff"}, [], "x",
     {"house": "hotel"}, {"contact": "a\nb"}],
)  # fmt: skip
def test_wrong_names_are_refused(lived, admin, told):
    """422, and nothing changes."""
    assert admin.put("/parties/guest:chen", told).status_code == 422
    assert Party.objects.get(key="guest:chen").name_zh == "陈静"


def test_only_admins_change_who_is_inside(lived, signed_in):
    """A lead names customers, not colleagues."""
    lead = Machine(signed_in("lead"))
    assert lead.put("/parties/staff:li", {"name_en": "Nina"}).status_code == 403
    assert lead.put("/parties/staff:new", {"kind": "staff"}).status_code == 403
    assert lead.put("/parties/guest:chen", {"name_en": "Jing Chen"}).status_code == 200


def test_hidden_parties_are_not_overwritten(lived, signed_in):
    """What one may not see one may not name."""
    lead = Machine(signed_in("lead"))
    assert lead.put("/parties/shopper:zhao", {"name_en": "Taken"}).status_code == 404
    assert Party.objects.get(key="shopper:zhao").name_en == "Zhao Min"


def test_relationships_of_a_party(lived, admin):
    """As truster, and as trusted."""
    mine = admin.get("/parties/guest:chen/relationships").json()["items"]
    assert [(row["truster"], row["trusted"]) for row in mine] == [("guest:chen", "hotel")]
    assert admin.get("/parties/hotel/relationships").json()["items"] == mine
    assert admin.get("/parties/nobody/relationships").status_code == 404


def test_lists_show_exactly_what_pages_show(lived):
    """The list's condition and ``Scope.sees`` are one, for every role and party."""
    for user in lived.users.values():
        scope = Scope(user)
        listed = set(seen_parties(scope).values_list("pk", flat=True))
        assert listed == {party.pk for party in Party.objects.all() if scope.sees(party)}, user.role
