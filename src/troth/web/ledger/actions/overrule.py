"""When a person knows better than the record: both stay visible, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from troth.content.kinds import codebook
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.ledger.actions.touches import row_of
from troth.web.ledger.models import Event
from troth.web.ledger.record import record_one
from troth.web.ledger.rows import retracting, words_of

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def is_taken_back(event: Event) -> bool:
    """Whether a standing correction takes an event back."""
    for correction in Event.objects.filter(ref=event.event_id, kind__in=retracting()):
        if not is_taken_back(correction):
            return True
    return False


def _standing(event: Event, reason: str) -> None:
    if not reason.strip():
        raise RefusedError("desk.refused.reason")
    if is_taken_back(event):
        raise RefusedError("desk.refused.taken_back")


def _correction(event: Event, reason: str) -> dict[str, Any]:
    who = (event.truster, event.trustee, event.organisation)
    return row_of(
        *who, "correction", text=reason.strip(), ref=event.event_id, source="desk:overrule"
    )


def take_back(actor: Actor, event: Event, reason: str) -> str:
    """Take an event back: it never happened so, or was never ours to record.

    Returns:
        The correction's id.

    Raises:
        RefusedError: there is no reason, or it is taken back already.
    """
    with transaction.atomic():
        _standing(event, reason)
        return record_one(actor, "take_back", _correction(event, reason))


def overrule_event(actor: Actor, event: Event, outcome: float, reason: str) -> str:
    """Give an event another outcome: a correction, and the event anew as a person sees it.

    Args:
        actor: who.
        event: with evidence.
        outcome: 0 trust let down … 1 trust honoured.
        reason: why; shown beside both.

    Returns:
        The new event's id.

    Raises:
        RefusedError: there is no reason, the event carries no evidence, or it is taken back already.
    """
    with transaction.atomic():
        _standing(event, reason)
        if event.weight <= 0 or event.kind in retracting():
            raise RefusedError("desk.refused.no_evidence")
        record_one(actor, "overrule_event", _correction(event, reason))
        kind = event.kind if codebook()[event.kind].outcome is None else "observation"
        row = row_of(
            event.truster, event.trustee, event.organisation, kind, outcome=outcome,
            weight=event.weight, ability=event.ability, reliability=event.reliability,
            integrity=event.integrity, benevolence=event.benevolence, t_us=event.t_us,
            text=words_of([event.event_id]).get(event.event_id, ""), source="desk:overrule",
            replaces=event.event_id, reason=reason.strip(),
        )  # fmt: skip
        return record_one(actor, "overrule_event", row)


def overrule_reading(actor: Actor, event: Event, reason: str) -> list[str]:
    """Take back what the reader drew from a message; the message itself stays.

    Returns:
        Ids of the corrections.

    Raises:
        RefusedError: there is no reason, or the reader drew nothing that still stands.
    """
    with transaction.atomic():
        drawn = Event.objects.select_related("truster", "trustee", "organisation").filter(
            ref=event.event_id, source__startswith="reading"
        )
        standing = [row for row in drawn if not is_taken_back(row)]
        if not standing:
            raise RefusedError("desk.refused.nothing_drawn")
        done = [take_back(actor, row, reason) for row in standing]
        write_audit(actor, "overrule_reading", event.event_id, taken_back=len(done))
    return done
