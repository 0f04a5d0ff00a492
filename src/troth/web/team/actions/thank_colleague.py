"""A colleague is thanked: one tap, a few words where there are some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.web.ledger.actions.touches import row_of
from troth.web.ledger.record import record_one
from troth.web.team.actions.colleagues import recorder, said

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party


def thank_colleague(actor: Actor, to: Party, text: str = "") -> str:
    """Thank a colleague; evidence of the doer's trust in them.

    Args:
        actor: who thanks.
        to: whom.
        text: what for.

    Returns:
        The event's id.

    Raises:
        RefusedError: the two are not two colleagues of one house.
    """
    me = recorder(actor, to)
    return record_one(actor, "thank_colleague", row_of(me, to, me.house, "thanks", text=said(text)))
