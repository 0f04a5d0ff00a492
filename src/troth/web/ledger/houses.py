"""For which house somebody speaks with a customer: one order for cards, drafts, forms and matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.web.ledger.models import Relationship
from troth.web.parties.models import Party
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from troth.web.accounts.access import Scope


def house_for(scope: Scope, customer: Party | None, asked: str = "") -> Party | None:
    """For which house somebody speaks with a customer.

    In this order: the house asked for, and no other; one's own, unless one sees every house and
    this customer has never met it; of the houses one sees the one the customer met last; one's own.

    Args:
        scope: of whoever speaks.
        customer: with whom; None where that is not known, and then it is one's own.
        asked: number of a house, as a form or address tells it; may be empty.

    Returns:
        The house; None where one belongs to none and the customer has met none that one sees, or
        where the one asked for is not seen.
    """
    houses = scope.houses()
    if number := number_of(asked):
        return houses.filter(pk=number).first()
    own: Party | None = scope.user.house
    if own is not None and own.kind != Party.Kind.ORGANISATION:
        own = None
    if customer is None:
        return own
    met = Relationship.objects.filter(truster=customer, inside=False)
    if own is not None and (not scope.everything or met.filter(trusted=own).exists()):
        return own
    last = met.filter(trusted__in=houses).select_related("trusted").order_by("-last_us").first()
    return last.trusted if last else own
