"""Files go: because somebody changes their mind, or because a day has passed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction

from troth.web.accounts.actor import write_audit
from troth.web.imports.trial import forget
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor

DAY_US: Final = 86_400_000_000
_ENDED: Final = (Batch.State.DONE, Batch.State.FAILED, Batch.State.UNDONE)


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
    if gone:
        _unlink(batch)
    return gone


def discard_old_files(actor: Actor) -> int:
    """Throw away files that nobody imported within a day, and those whose import ended a day ago.

    They hold what their columns hold, whether it was mapped or not; what was taken is in the ledger, and
    refused rows lie in a file of their own.

    Args:
        actor: for whom.

    Returns:
        How many.
    """
    before = actor.now_us - DAY_US
    abandoned = Batch.objects.filter(state=Batch.State.WAITING, started_us__lt=before)
    count = sum(discard_file(actor, batch) for batch in abandoned)
    ended = list(Batch.objects.filter(state__in=_ENDED, ended_us__lt=before).exclude(file=""))
    for batch in ended:
        with transaction.atomic():
            Batch.objects.filter(pk=batch.pk).update(file="")
            write_audit(actor, "discard_file", str(batch.pk))
        _unlink(batch)
    return count + len(ended)


def _unlink(batch: Batch) -> None:
    forget(batch)
    if batch.file:
        (Path(settings.HOME.uploads) / batch.file).unlink(missing_ok=True)
