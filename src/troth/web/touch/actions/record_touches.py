"""Several touches of one moment, recorded together: all of them, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.ledger.actions.preferences import note_preference
from troth.web.ledger.actions.touches import row_of
from troth.web.ledger.record import record_events, refusal_of
from troth.web.parties.models import random_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.content.touches import Touch
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party

_PROMISE, _NOTE, _PREFERENCE = "promise_made", "note", "preference_stated"


@dataclass(frozen=True)
class Moment:
    """What happened between two people at one time.

    Attributes:
        customer: whose trust it is about.
        staff: who served them.
        house: for which organisation.
        text: what was said, in a few words; may be empty.
        due_us: when what was promised is due, microseconds UTC; None where that was not said.
        channel: face to face, phone, chat.
    """

    customer: Party
    staff: Party
    house: Party | None
    text: str = ""
    due_us: int | None = None
    channel: str = ""


@dataclass(frozen=True)
class Saved:
    """What came of it.

    Attributes:
        events: their ids.
        preferences: numbers of preferences noted beside them.
    """

    events: list[str]
    preferences: list[int]


def record_touches(actor: Actor, moment: Moment, touches: Sequence[Touch]) -> Saved:
    """Record what was tapped, in one transaction.

    Args:
        actor: who records.
        moment: between whom, and what was said.
        touches: of ``content/touches.yaml``, at least one. The words go with each that asks for words
            or a time, else with the first.

    Raises:
        RefusedError: nothing was tapped, a promise or a note has no words, or an event does not pass
            the checks; nothing is recorded then.
    """
    _check(touches, moment.text, actor.lang)
    rows = [_row(actor, moment, touch) for touch in touches]
    speaking = [row for row, touch in zip(rows, touches, strict=True) if touch.wants] or rows[:1]
    for row in speaking if moment.text else ():
        row["text"] = moment.text
    with transaction.atomic():
        recorded = record_events(actor, rows, lang=actor.lang)
        if recorded.rejected.num_rows:
            raise refusal_of(recorded.rejected)
        told = [touch.kind for touch in touches]
        noted = []
        if _PREFERENCE in told and moment.text:
            noted = [
                note_preference(
                    actor, party=moment.customer, house=moment.house, what=moment.text[:300]
                ).pk
            ]
        write_audit(actor, "record_touches", moment.customer.key, kinds=told)
    return Saved([str(row["event_id"]) for row in rows], noted)


def _row(actor: Actor, moment: Moment, touch: Touch) -> dict[str, object]:
    due = moment.due_us if touch.wants == "due" else None
    return row_of(
        moment.customer, moment.staff, moment.house, touch.kind, outcome=touch.outcome,
        due_us=due, channel=moment.channel, event_id=f"desk:{random_id()}", t_us=actor.now_us,
        source="desk",
    )  # fmt: skip


def _check(touches: Sequence[Touch], text: str, lang: str) -> None:
    if not touches:
        raise RefusedError("touch.what_missing")
    for touch in touches:
        if touch.kind in (_PROMISE, _NOTE) and not text:
            raise RefusedError("touch.words_missing", touch=touch.label(lang))
