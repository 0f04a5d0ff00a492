"""Somebody changes their mind about a file before anything is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from troth.web.accounts.actor import write_audit
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor


def discard_file(actor: Actor, batch: Batch) -> bool:
    """Throw a waiting file away, from the disk too.

    Args:
        actor: who.
        batch: which.

    Returns:
        False where it is under way already.
    """
    with transaction.atomic():
        waiting = Batch.objects.filter(pk=batch.pk, state=Batch.State.WAITING)
        gone = bool(waiting.delete()[0])
        if gone:
            write_audit(actor, "discard_file", str(batch.pk))
    if gone and batch.file:
        (Path(settings.HOME.uploads) / batch.file).unlink(missing_ok=True)
    return gone
