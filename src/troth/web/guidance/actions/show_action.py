"""A proposal came before somebody's eyes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from troth.web.accounts.actor import write_audit
from troth.web.guidance.models import Advised
from troth.web.guidance.next import digest_of

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.ledger.models import Relationship

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def show_action(actor: Actor, relationship: Relationship, shown: dict[str, Any]) -> Advised:
    """Log what was shown: one row a person, day and proposal, however often the page is opened.

    Args:
        actor: who saw it.
        relationship: whose.
        shown: as ``troth.web.guidance.next.shown_of`` keeps it.

    Returns:
        The row of today.
    """
    best = shown["actions"][0]
    with transaction.atomic():
        row, new = Advised.objects.get_or_create(
            truster_id=relationship.truster_id, trusted_id=relationship.trusted_id,
            user=actor.user, day=day_of(actor), digest=digest_of(shown),
            defaults={
                "action": best["action"], "spends": best["spends"], "lang": shown["lang"],
                "shown": shown, "first_us": actor.now_us, "last_us": actor.now_us,
            },
        )  # fmt: skip
        if new:
            write_audit(actor, "show_action", str(relationship.pk), action=row.action)
        else:
            Advised.objects.filter(pk=row.pk).update(times=F("times") + 1, last_us=actor.now_us)
    return row


def day_of(actor: Actor) -> int:
    """The day on the actor's calendar, as a number such as 20260302."""
    zone = ZoneInfo(actor.user.zone) if actor.user else UTC
    local = (_EPOCH + timedelta(microseconds=actor.now_us)).astimezone(zone)
    return local.year * 10_000 + local.month * 100 + local.day
