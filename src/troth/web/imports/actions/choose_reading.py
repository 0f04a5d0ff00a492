"""Somebody says how a file is to be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from troth.web.accounts.actor import write_audit
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def choose_reading(actor: Actor, batch: Batch, told: dict[str, Any]) -> Batch:
    """Keep a choice with a file that waits; files under way or done stay as they are.

    Args:
        actor: who.
        batch: which.
        told: the choice, in JSON's own types.
    """
    with transaction.atomic():
        waiting = Batch.objects.filter(pk=batch.pk, state=Batch.State.WAITING)
        if waiting.update(choice=told):
            write_audit(actor, "choose_reading", str(batch.pk))
    batch.refresh_from_db()
    return batch
