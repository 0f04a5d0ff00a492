"""What is done about promises: made, confirmed from a draft, kept, broken, moved, dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.ledger.actions.touches import row_of
from troth.web.ledger.models import Promise
from troth.web.ledger.record import record_one
from troth.web.ledger.rows import words_of

if TYPE_CHECKING:
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party

State = Promise.State


def _of(promise: Promise) -> tuple[Party, Party, Party | None]:
    return promise.truster, promise.trustee, promise.organisation


def promise_words(promise: Promise) -> str:
    """The sentence that a promise stands in, or the part of it that promises."""
    said = words_of([promise.said_in]).get(promise.said_in, "")
    return said[promise.start : promise.end] if promise.start is not None else said


def make_promise(
    actor: Actor,
    *,
    to: Party,
    by: Party,
    house: Party | None,
    text: str,
    due_us: int | None,
    channel: str = "",
) -> Promise:
    """Record a promise.

    Args:
        actor: who records it.
        to: to whom it is made.
        by: who makes it.
        house: for which organisation.
        text: its sentence.
        due_us: when it is due, microseconds UTC; None where that was not said.
        channel: where it was said.

    Raises:
        RefusedError: it has no words, or does not pass the checks.
    """
    if not text.strip():
        raise RefusedError("desk.refused.promise_words")
    row = row_of(to, by, house, "promise_made", text=text.strip(), due_us=due_us, channel=channel)
    return Promise.objects.get(event_id=record_one(actor, "make_promise", row))


def confirm_promise(
    actor: Actor, draft: Promise, *, text: str | None = None, due_us: int | None = None
) -> Promise:
    """Make a draft a promise on record; who said it when stays as it was said.

    Args:
        actor: who confirms.
        draft: found in a message.
        text: the sentence as corrected; by default as it was said.
        due_us: the due time as corrected; by default as it was read.

    Raises:
        RefusedError: it is no draft any more.
    """
    with transaction.atomic():
        draft = Promise.objects.select_for_update().get(pk=draft.pk)
        if draft.state != State.DRAFT:
            raise RefusedError("desk.refused.no_draft")
        due = draft.due_us if due_us is None else due_us
        row = row_of(
            *_of(draft), "promise_made", text=text or promise_words(draft), due_us=due,
            t_us=draft.made_us,
        )  # fmt: skip
        name = record_one(actor, "confirm_promise", row)
        draft.delete()
    return Promise.objects.get(event_id=name)


def dismiss_promise(actor: Actor, draft: Promise) -> None:
    """Set a draft aside: it was no promise.

    Raises:
        RefusedError: it is no draft any more.
    """
    with transaction.atomic():
        changed = Promise.objects.filter(pk=draft.pk, state=State.DRAFT).update(
            state=State.DISMISSED, ended_us=actor.now_us
        )
        if not changed:
            raise RefusedError("desk.refused.no_draft")
        write_audit(actor, "dismiss_promise", draft.event_id)


def _end(actor: Actor, promise: Promise, kind: str, deed: str, text: str) -> Promise:
    with transaction.atomic():
        promise = Promise.objects.select_for_update().get(pk=promise.pk)
        if promise.state != State.OPEN:
            raise RefusedError("desk.refused.ended")
        row = row_of(*_of(promise), kind, text=text.strip(), ref=promise.event_id)
        record_one(actor, deed, row)
        promise.refresh_from_db()
    return promise


def keep_promise(actor: Actor, promise: Promise, proof: str = "") -> Promise:
    """Say that a promise was kept, with the proof.

    Raises:
        RefusedError: it has ended already.
    """
    return _end(actor, promise, "promise_kept", "keep_promise", proof)


def break_promise(actor: Actor, promise: Promise, why: str = "") -> Promise:
    """Say that a promise was broken, and why; the ledger then waits for repair.

    Raises:
        RefusedError: it has ended already.
    """
    return _end(actor, promise, "promise_broken", "break_promise", why)


def move_promise(actor: Actor, promise: Promise, due_us: int, why: str = "") -> Promise:
    """Agree on a new due time.

    Raises:
        RefusedError: it has ended already, or the new time lies in the past.
    """
    if due_us <= actor.now_us:
        raise RefusedError("desk.refused.past")
    with transaction.atomic():
        promise = Promise.objects.select_for_update().get(pk=promise.pk)
        if promise.state != State.OPEN:
            raise RefusedError("desk.refused.ended")
        row = row_of(
            *_of(promise), "promise_renegotiated", text=why.strip(), ref=promise.event_id,
            due_us=due_us,
        )  # fmt: skip
        record_one(actor, "move_promise", row)
        promise.reminded_us = None
        promise.save(update_fields=["reminded_us"])
        promise.refresh_from_db()
    return promise
