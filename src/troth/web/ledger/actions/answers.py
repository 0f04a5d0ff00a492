"""A member of staff answers an event about them; their word stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.web.accounts.actions.refused import RefusedError
from troth.web.ledger.actions.touches import row_of
from troth.web.ledger.record import record_one

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.ledger.models import Event


def answer_event(actor: Actor, event: Event, text: str) -> str:
    """Answer an event about oneself.

    Args:
        actor: the member of staff whom the event is about.
        event: it.
        text: what they say about it.

    Returns:
        The answer's id.

    Raises:
        RefusedError: the event is about somebody else, or nothing is said.
    """
    if actor.user is None or actor.user.party_id != event.trustee_id:
        raise RefusedError("desk.refused.not_about_you")
    if not text.strip():
        raise RefusedError("desk.refused.empty_answer")
    who = (event.truster, event.trustee, event.organisation)
    row = row_of(*who, "staff_answer", text=text.strip(), ref=event.event_id)
    return record_one(actor, "answer_event", row)
