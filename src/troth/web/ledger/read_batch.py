"""Messages of a batch read as dialogues: readings beside their words, soft evidence, drafts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from django.db import transaction

from troth.reading.evidence import soft_events
from troth.reading.schema import Dialogue, Turn
from troth.web.ledger.actions.messages import (
    draft_preferences,
    draft_promises,
    local,
    reader,
    save_readings,
)
from troth.web.ledger.append import Setting, append
from troth.web.ledger.models import Event
from troth.web.ledger.record import check, raw_of
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.web.accounts.actor import Actor

#: Messages read and kept at a time; a conversation is never cut.
_AT_ONCE: Final = 2_000


def read_messages(batch: int, actor: Actor) -> int:
    """Read the messages that a batch brought and nobody has read yet.

    Args:
        batch: its number.
        actor: for whom.

    Returns:
        How many were read.
    """
    count = 0
    waiting: list[list[Event]] = []
    for conversation in _conversations(batch):
        waiting.append(conversation)
        if sum(map(len, waiting)) >= _AT_ONCE:
            count += _read(waiting, batch, actor)
            waiting = []
    return count + (_read(waiting, batch, actor) if waiting else 0)


def _conversations(batch: int) -> Iterator[list[Event]]:
    """Messages that say who spoke, by conversation, in order of time."""
    rows = (
        Event.objects.filter(batch=batch, kind="message", words__reading__isnull=True)
        .exclude(words__text="")
        .select_related("words", "truster", "trustee", "organisation")
        .order_by("truster", "organisation", "t_us", "event_id")
    )
    said = (row for row in rows.iterator(chunk_size=_AT_ONCE) if row.words.extras.get("speaker"))

    def thread(event: Event) -> tuple[object, ...]:
        return event.truster_id, event.organisation_id, event.words.extras.get("thread")

    for _, conversation in groupby(said, key=thread):
        yield list(conversation)


def _read(conversations: list[list[Event]], batch: int, actor: Actor) -> int:
    dialogues = []
    for messages in conversations:
        first = messages[0]
        turns = tuple(
            Turn(m.words.extras["speaker"], m.words.text, local(m.t_us, "UTC")) for m in messages
        )
        staff = next((m.trustee.key for m in reversed(messages)), first.trustee.key)
        house = first.organisation.key if first.organisation else None
        name = first.words.extras.get("thread") or first.event_id
        dialogues.append(Dialogue(
            f"{name}:{first.event_id}", turns, customer=first.truster.key, staff=staff,
            organisation=house,
        ))  # fmt: skip
    readings = reader().read(dialogues)
    soft, saved = [], []
    with transaction.atomic():
        for messages, dialogue, reading in zip(conversations, dialogues, readings, strict=True):
            for message, turn in zip(messages, reading.turns, strict=True):
                saved.append((message.pk, turn.to_json()))
                speaker = message.words.extras["speaker"]
                draft_promises(message, speaker, turn)
                draft_preferences(message, speaker, turn)
            for row in soft_events(reading, dialogue, with_words=True):
                turn_at = messages[int(row["turn"])]
                told = {"ref": turn_at.event_id, "trustee": turn_at.trustee.key}
                soft.append({**row, **told, "t_us": turn_at.t_us})
        save_readings(saved)
        if soft:
            for row in soft:
                del row["at"]
            checked = check([raw_of(soft)], actor.now_us, "en")
            append(checked.events.table, Setting(actor.now_us, desk_parameters(), batch=batch))
    return len(saved)
