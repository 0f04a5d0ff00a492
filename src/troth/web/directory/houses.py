"""Which house a page is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troth.web.accounts.access import Scope
    from troth.web.parties.models import Party


def chosen_house(scope: Scope, asked: str) -> tuple[Party | None, list[Party]]:
    """The house asked for, else one's own, else the first; and all there are to choose from.

    Args:
        scope: who asks.
        asked: its number, as it came in the address.
    """
    houses = list(scope.houses().order_by("pk"))
    by_number = {str(house.pk): house for house in houses}
    own = by_number.get(str(scope.user.house_id))
    return by_number.get(asked, own or (houses[0] if houses else None)), houses
