"""Imports as deeds: brought in, run in the background, undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django_tasks import task

from troth.web.accounts.actor import Actor, write_audit
from troth.web.ledger.imports import new_batch, run_import, undo_batch
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from collections.abc import Mapping


@task()
def import_job(batch: int, lang: str) -> None:
    """Run an import in the background.

    Args:
        batch: its number.
        lang: language of reasons.
    """
    told = Batch.objects.select_related("user").get(pk=batch)
    run_import(told, Actor(told.user, "job"), lang)


@task()
def undo_job(batch: int, user: int) -> None:
    """Undo an import in the background.

    Args:
        batch: its number.
        user: who asked for it.
    """
    from troth.web.accounts.models import User

    told = Batch.objects.get(pk=batch)
    undo_batch(Actor(User.objects.filter(pk=user).first(), "job"), told)


def start_import(actor: Actor, name: str, data: bytes, told: Mapping[str, Any]) -> Batch:
    """Bring a file in and let it be imported in the background.

    Args:
        actor: who.
        name: of the file.
        data: its bytes.
        told: the choice (``house``, ``zone``, ``format``, ``preset``, ``mapping``, ``staff``).
    """
    batch = new_batch(actor, name, data, told)
    import_job.enqueue(batch.pk, actor.lang)
    return batch


def start_batch(actor: Actor, batch: Batch, told: Mapping[str, Any]) -> bool:
    """Let a waiting or half-done import run in the background.

    Args:
        actor: who.
        batch: which.
        told: the choice it is run by.

    Returns:
        False where it is under way or done.
    """
    ready = (Batch.State.WAITING, Batch.State.RUNNING, Batch.State.FAILED)
    with transaction.atomic():
        changed = Batch.objects.filter(pk=batch.pk, state__in=ready).update(
            choice=dict(told), state=Batch.State.RUNNING, started_us=actor.now_us, problem=""
        )
        if not changed:
            return False
        write_audit(actor, "start_import", str(batch.pk))
    import_job.enqueue(batch.pk, actor.lang)
    return True


def start_undo(actor: Actor, batch: Batch) -> None:
    """Let an import be undone in the background.

    Args:
        actor: who.
        batch: which.
    """
    Batch.objects.filter(pk=batch.pk).update(state=Batch.State.UNDOING, problem="")
    undo_job.enqueue(batch.pk, actor.user.pk if actor.user else 0)


def resume_imports() -> int:
    """Set imports that a dead process left half-way in motion again; asked when the desk starts.

    Returns:
        How many.
    """
    waiting = Batch.objects.filter(state__in=(Batch.State.RUNNING, Batch.State.UNDOING))
    for batch in waiting:
        if batch.state == Batch.State.UNDOING:
            undo_job.enqueue(batch.pk, batch.user_id or 0)
        else:
            import_job.enqueue(batch.pk, "en")
    return len(waiting)
