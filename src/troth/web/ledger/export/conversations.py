"""Messages as conversations: one row each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyarrow as pa

from troth.reading.schema import CUSTOMER, STAFF
from troth.traces.decay import DAY_US
from troth.web.ledger.export.parts import REAL, TEXT, WHOLE, batch_of_rows, keys_of, of_house
from troth.web.ledger.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.web.accounts.access import Scope

CONVERSATIONS: Final = pa.schema([
    ("conversation", TEXT), ("truster", TEXT), ("trustee", TEXT), ("organisation", TEXT),
    ("channel", TEXT), ("begun_us", WHOLE), ("ended_us", WHOLE), ("messages", WHOLE),
    ("by_customer", WHOLE), ("by_staff", WHOLE), ("first_reply_s", REAL), ("text", TEXT),
])  # fmt: skip
#: Where messages name no thread, so long a silence begins another conversation.
PAUSE_US: Final = DAY_US
_TRUSTERS: Final = 500
_COLUMNS: Final = (
    "truster_id", "organisation_id", "t_us", "event_id", "trustee_id", "channel", "words__text",
    "words__extras",
)  # fmt: skip


class _Message(NamedTuple):
    """One message, as it is fetched."""

    truster: int
    organisation: int | None
    t_us: int
    event_id: str
    trustee: int
    channel: str
    text: str | None
    extras: dict[str, Any] | None

    @property
    def speaker(self) -> str:
        """Who said it; empty where that is not known."""
        return str((self.extras or {}).get("speaker") or "")

    @property
    def thread(self) -> Any:
        """What the tool it comes from calls the conversation."""
        return (self.extras or {}).get("thread")


def conversation_batches(scope: Scope | None) -> Iterator[pa.RecordBatch]:
    """Conversations, by truster and in order of time.

    Args:
        scope: who asks; None for the desk itself.

    Yields:
        Batches of ``CONVERSATIONS``.
    """
    yield batch_of_rows(CONVERSATIONS, [])
    messages = of_house(scope, Event.objects.filter(kind="message"))
    last = 0
    while True:
        some = messages.filter(truster__gt=last).order_by("truster")
        trusters = list(some.values_list("truster", flat=True).distinct()[:_TRUSTERS])
        if not trusters:
            return
        last = trusters[-1]
        rows = messages.filter(truster__in=trusters).order_by("truster", "t_us", "event_id")
        said = (_Message(*row) for row in rows.values_list(*_COLUMNS).iterator())
        found = [
            talk
            for _, own in groupby(said, key=lambda message: message.truster)
            for talk in _talks(list(own))
        ]
        keys = keys_of(
            n for talk in found for m in talk for n in (m.truster, m.trustee, m.organisation)
        )
        yield batch_of_rows(CONVERSATIONS, [_row(talk, keys) for talk in found])


def _talks(messages: list[_Message]) -> list[list[_Message]]:
    """One truster's messages, cut into conversations."""
    begun: dict[Any, list[_Message]] = {}
    found = []
    for message in messages:
        key = (message.organisation, message.thread)
        talk = begun.get(key)
        silent = talk is not None and message.t_us - talk[-1].t_us > PAUSE_US
        if talk is None or (message.thread is None and silent):
            talk = begun[key] = []
            found.append(talk)
        talk.append(message)
    return found


def _row(talk: list[_Message], keys: dict[int | None, str]) -> tuple[Any, ...]:
    first, end = talk[0], talk[-1]
    speakers = [message.speaker for message in talk]
    said = "\n".join(f"{m.speaker}: {m.text}" if m.speaker else m.text or "" for m in talk)
    return (
        f"{first.thread}:{first.event_id}" if first.thread else first.event_id,
        keys[first.truster], keys[end.trustee], keys.get(first.organisation), first.channel or None,
        first.t_us, end.t_us, len(talk), speakers.count(CUSTOMER), speakers.count(STAFF),
        _first_reply(talk), said or None,
    )  # fmt: skip


def _first_reply(talk: list[_Message]) -> float | None:
    """Seconds from the customer's first message to the first answer."""
    asked = next((message.t_us for message in talk if message.speaker == CUSTOMER), None)
    if asked is None:
        return None
    answers = (m.t_us for m in talk if m.speaker == STAFF and m.t_us >= asked)
    answered = next(answers, None)
    return None if answered is None else (answered - asked) / 1e6
