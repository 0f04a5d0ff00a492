"""What is known of a person at a house, for whoever gathers a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.people.known import Person

if TYPE_CHECKING:
    from troth.web.parties.models import Party


def person_of(party: Party, house: Party | None, at_us: int) -> Person:
    """All that is known of somebody and still holds.

    Args:
        party: whom.
        house: whose notes count; None for notes of no house.
        at_us: microseconds UTC.
    """
    del party, house, at_us
    return Person()
