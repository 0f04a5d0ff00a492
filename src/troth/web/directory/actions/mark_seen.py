"""A member of staff has seen events about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actor import write_audit
from troth.web.directory.models import Seen
from troth.web.ledger.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.web.accounts.actor import Actor


def mark_seen(actor: Actor, events: Iterable[int]) -> int:
    """Note that the doer has seen events; those about others are passed over.

    Args:
        actor: the member of staff whom the events are about.
        events: their numbers.

    Returns:
        How many were new to them.
    """
    user = actor.user
    if user is None or user.party_id is None:
        return 0
    with transaction.atomic():
        mine = Event.objects.filter(pk__in=list(events), trustee=user.party_id)
        known = Seen.objects.filter(user=user, event__in=mine).values_list("event_id", flat=True)
        fresh = set(mine.values_list("pk", flat=True)) - set(known)
        if fresh:
            Seen.objects.bulk_create(
                Seen(event_id=number, user=user, t_us=actor.now_us) for number in sorted(fresh)
            )
            write_audit(actor, "mark_seen", user.party.key if user.party else "", seen=len(fresh))
    return len(fresh)
