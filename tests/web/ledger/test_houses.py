"""For which house somebody speaks: asked for, own, met last; one order for every page."""

from __future__ import annotations

import pytest

from troth.web.accounts.access import Scope
from troth.web.ledger.houses import house_for


@pytest.fixture
def elsewhere(lived):
    """A shop; Zhao has dealt with it alone, Chen with it and, later, with the hotel."""
    lived.event(50, "contact", truster="shopper:zhao", trustee="shop", organisation="shop")
    lived.event(50, "contact", trustee="shop", organisation="shop")
    return lived.party("shop")


def spoken_for(lived, role, customer, asked=""):
    found = house_for(Scope(lived.users[role]), lived.party(customer), asked)
    return found.key if found else None


def test_ones_own_comes_first(lived, elsewhere):
    """Whoever sees one house speaks for it, whomever the customer met besides."""
    for customer in ("guest:chen", "shopper:zhao"):
        assert spoken_for(lived, "front_line", customer) == lived.house.key


def test_who_sees_every_house_speaks_for_one_that_was_met(lived, elsewhere):
    """The own one where the customer has met it, else the one met last."""
    assert spoken_for(lived, "admin", "guest:chen") == lived.house.key
    assert spoken_for(lived, "admin", "shopper:zhao") == elsewhere.key


def test_without_a_house_it_is_the_one_met_last(lived, elsewhere):
    """And none where nobody was met."""
    admin = lived.users["admin"]
    admin.house = None
    assert house_for(Scope(admin), lived.party("guest:chen")) == lived.house
    lived.event(0.05, "contact", trustee="shop", organisation="shop")
    assert house_for(Scope(admin), lived.party("guest:chen")) == elsewhere
    assert house_for(Scope(admin), lived.party("guest:benbow")) is None
    assert house_for(Scope(admin), None) is None


def test_the_one_asked_for_or_none(lived, elsewhere):
    """A house that is not seen is refused, not replaced."""
    asked = str(elsewhere.pk)
    assert spoken_for(lived, "admin", "guest:chen", asked) == elsewhere.key
    assert spoken_for(lived, "front_line", "guest:chen", asked) is None


def test_nobody_in_particular_is_written_to_for_ones_own_house(lived):
    """A draft without a customer."""
    assert house_for(Scope(lived.users["lead"]), None) == lived.house
