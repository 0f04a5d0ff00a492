"""For whom somebody at the desk speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.web.accounts.models import User

_MOST: Final = 300


def staff_of(user: User) -> Sequence[Party]:
    """Colleagues to choose from, for those who do not serve customers themselves; else nobody."""
    if user.party_id or not user.house_id:
        return ()
    rows = Party.objects.filter(house=user.house_id, kind=Party.Kind.STAFF, merged_into=None)
    return list(rows.order_by(f"name_{user.lang}", "pk")[:_MOST])


def speaks_for(user: User, house: Party) -> Party:
    """Who was in touch: the user, where they are of the house; else the house itself."""
    party = user.party
    return party if party is not None and party.house_id == house.pk else house
