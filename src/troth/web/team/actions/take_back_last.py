"""What was tapped by mistake between colleagues is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.content.text import phrase
from troth.web.accounts.actions.refused import RefusedError
from troth.web.ledger.actions.overrule import take_back
from troth.web.ledger.models import Event
from troth.web.team.happened import KINDS

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor

#: Minutes in which whoever recorded it may take it back without asking.
UNDO_MINUTES: Final = 5
UNDO_US: Final = UNDO_MINUTES * 60_000_000


def take_back_last(actor: Actor, event_id: str) -> None:
    """Take back what the doer just recorded; the record of it stays, struck through.

    Args:
        actor: who recorded it.
        event_id: of the event.

    Raises:
        RefusedError: the minutes are over, or it is none of theirs.
    """
    me = actor.user.party_id if actor.user else None
    rows = Event.objects.select_related("truster", "trustee", "organisation")
    event = rows.filter(event_id=event_id, kind__in=KINDS, source="desk", truster=me or 0).first()
    if event is None or event.known_us < actor.now_us - UNDO_US:
        raise RefusedError("team.refused.late", minutes=UNDO_MINUTES)
    take_back(actor, event, phrase("team.undo.reason", actor.lang))
