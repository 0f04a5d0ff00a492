"""What was tapped by mistake is taken back, all of it at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from troth.content.text import phrase
from troth.web.accounts.actions.refused import RefusedError
from troth.web.ledger.actions.overrule import take_back
from troth.web.ledger.actions.preferences import drop_preference
from troth.web.ledger.models import Event
from troth.web.parties.models import Preference

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.touch.actions.record_touches import Saved

#: Minutes in which whoever recorded a touch may take it back without asking.
UNDO_MINUTES: Final = 5
UNDO_US: Final = UNDO_MINUTES * 60_000_000


def take_back_touches(actor: Actor, saved: Saved) -> int:
    """Take back what was just recorded; the record of it stays, struck through.

    Args:
        actor: who recorded it.
        saved: what came of recording.

    Returns:
        How many events were taken back.

    Raises:
        RefusedError: the minutes are over, or there is nothing to take back.
    """
    rows = Event.objects.select_related("truster", "trustee", "organisation")
    events = list(rows.filter(event_id__in=saved.events, source="desk"))
    if not events or any(event.known_us < actor.now_us - UNDO_US for event in events):
        raise RefusedError("touch.too_late", minutes=UNDO_MINUTES)
    with transaction.atomic():
        for event in events:
            take_back(actor, event, phrase("touch.undo.reason", actor.lang))
        for preference in Preference.objects.select_related("party").filter(
            pk__in=saved.preferences
        ):
            drop_preference(actor, preference)
    return len(events)
