"""Somebody took a matter over: was all of it there, or did the customer have to start again?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.web.accounts.access import Scope
from troth.web.accounts.actions.refused import RefusedError
from troth.web.ledger.actions.touches import row_of
from troth.web.ledger.record import record_one
from troth.web.team.actions.colleagues import recorder, said

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party

#: Column beside the event that names the customer, by the id that says nothing about them.
ABOUT = "about"


def record_hand_over(
    actor: Actor, by: Party, *, kept: bool, text: str = "", customer: Party | None = None
) -> str:
    """Record a hand-over; evidence of the doer's trust in who handed over.

    Args:
        actor: who took over.
        by: who handed over.
        kept: whether the customer need not start again.
        text: what was there, or missing.
        customer: whose matter it was; one whom the doer may see.

    Returns:
        The event's id.

    Raises:
        RefusedError: the two are not two colleagues of one house, a dropped hand-over has no words, or
            the customer is none of theirs.
    """
    me, words = recorder(actor, by), said(text)
    if not kept and not words:
        raise RefusedError("team.refused.words", "text")
    if customer is not None:
        own = actor.user and Scope(actor.user).customers().filter(pk=customer.pk).exists()
        if not own:
            raise RefusedError("team.refused.customer", "customer")
    kind = "hand_over_kept" if kept else "hand_over_dropped"
    about = customer.uid if customer else ""
    row = row_of(me, by, me.house, kind, text=words, **{ABOUT: about})
    return record_one(actor, "record_hand_over", row)
