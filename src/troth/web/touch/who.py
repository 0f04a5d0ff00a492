"""Whom a touch may be about: those met lately first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.web.accounts.access import may
from troth.web.ledger.models import Event
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from troth.web.accounts.access import Scope

RECENT: Final = 8
_LOOKED_AT: Final = 80
_STAFF: Final = 200


def recent_customers(scope: Scope) -> list[Party]:
    """Customers whom the reader met last; for those who serve nobody, whom the house met last."""
    user = scope.user
    met: list[int] = []
    if user.party_id:
        rows = Event.objects.filter(trustee=user.party_id).order_by("-t_us")
        met = list(rows.values_list("truster_id", flat=True)[:_LOOKED_AT])
    if not met:
        house = user.house_id or scope.houses().values_list("pk", flat=True).first() or 0
        known = scope.relationships_in(house)
        met = list(known.order_by("-last_us").values_list("truster_id", flat=True)[:RECENT])
    numbers = list(dict.fromkeys(met))
    seen = {party.pk: party for party in scope.customers().filter(pk__in=numbers)}
    return [seen[number] for number in numbers if number in seen][:RECENT]


def colleagues(scope: Scope) -> list[Party]:
    """Those in whose name the reader may record: themselves first; for leads, their colleagues too."""
    user = scope.user
    staff = Party.objects.filter(merged_into=None).select_related("house")
    if not may(user, "see_colleagues"):
        return list(staff.filter(pk=user.party_id or 0))
    rows = staff.filter(kind=Party.Kind.STAFF)
    if user.house_id:
        rows = rows.filter(house=user.house_id)
    found = list(rows.order_by("key")[:_STAFF])
    return sorted(found, key=lambda one: one.pk != user.party_id)
