"""A colleague helped: noted by whoever was helped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.web.ledger.actions.touches import row_of
from troth.web.ledger.record import record_one
from troth.web.team.actions.colleagues import recorder, said

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party


def record_help(actor: Actor, by: Party, text: str = "") -> str:
    """Record that a colleague helped; evidence of the doer's trust in them.

    Args:
        actor: who was helped.
        by: who helped.
        text: with what.

    Returns:
        The event's id.

    Raises:
        RefusedError: the two are not two colleagues of one house.
    """
    me = recorder(actor, by)
    row = row_of(me, by, me.house, "help_given", text=said(text))
    return record_one(actor, "record_help", row)
