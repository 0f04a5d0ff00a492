"""Not every silence wants an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actor import write_audit
from troth.web.guidance.models import Rest

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.ledger.models import Relationship


def leave_in_peace(actor: Actor, relationship: Relationship) -> None:
    """Keep a quiet relationship off the day's list until they are in touch again.

    It says nothing about their trust, so the ledger has no event of it.

    Args:
        actor: who decided so.
        relationship: which.
    """
    with transaction.atomic():
        Rest.objects.get_or_create(
            relationship=relationship, last_us=relationship.last_us,
            defaults={"since_us": actor.now_us, "user": actor.user},
        )  # fmt: skip
        write_audit(actor, "leave_in_peace", str(relationship.pk))
