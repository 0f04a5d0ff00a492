"""Names and forms of address on record that must not leave with a draft."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from troth.web.parties.known import under
from troth.web.parties.models import Party
from troth.web.people.models import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMED: Final = ("name_zh", "name_en", "address_zh", "address_en")


def names_known(customer: Party | None, house: Party | None) -> tuple[str, ...]:
    """What a customer and the staff of a house are called.

    Args:
        customer: to whom the draft is written, where that is known.
        house: for which house; None for the staff of every house.

    Returns:
        Names, forms of address past and present, the customer's contact and key; in no order.
    """
    staff = Party.objects.filter(kind=Party.Kind.STAFF)
    if house is not None:
        staff = staff.filter(house=house)
    found: set[str] = set(_flat(staff.values_list(*_NAMED)))
    if customer is not None:
        rows = Party.objects.filter(pk__in=under(customer)).values_list(*_NAMED, "contact", "key")
        found |= set(_flat(rows))
        asked = Statement.objects.filter(party=customer, what="address")
        found |= set(_flat(asked.values_list("text", "replaced")))
    return tuple(found - {""})


def _flat(rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    return chain.from_iterable(rows)
