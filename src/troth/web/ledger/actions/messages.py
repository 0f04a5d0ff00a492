"""Messages: recorded, read, and what the reading drafts for a person to confirm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import orjson
from django.db import connection, transaction

from troth.web.accounts.actions.refused import RefusedError
from troth.web.ledger.actions.touches import row_of
from troth.web.ledger.models import Event, Promise
from troth.web.ledger.record import record_events, record_one
from troth.web.parties.models import Preference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.reading.reader import Reader
    from troth.reading.schema import TurnReading
    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
STAFF: Final = "staff"


@dataclass(frozen=True)
class Said:
    """A message on record, and what was found in it.

    Attributes:
        event_id: of the message.
        reading: what it says.
        drafts: promises that wait for a person.
        preferences: likewise.
    """

    event_id: str
    reading: TurnReading
    drafts: list[Promise]
    preferences: list[Preference]


@cache
def reader() -> Reader:
    """The reader of this desk, loaded when first asked for."""
    from troth.reading.reader import Reader

    return Reader.installed()


def local(t_us: int, zone: str) -> datetime:
    """A time on a zone's clock."""
    return (_EPOCH + timedelta(microseconds=t_us)).astimezone(ZoneInfo(zone))


def micros(moment: datetime) -> int:
    """Microseconds UTC."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


def read_only(text: str, speaker: str | None, at_us: int, zone: str) -> TurnReading:
    """Read a message without keeping anything."""
    return reader().read_message(text, speaker, local(at_us, zone))


def record_message(  # noqa: PLR0913 - who, to whom, for which house, what, how and when
    actor: Actor,
    *,
    customer: Party,
    staff: Party,
    house: Party | None,
    text: str,
    speaker: str,
    channel: str = "",
    at_us: int | None = None,
    name: str = "",
) -> Said:
    """Record a message, what it says about trust, and drafts of what was promised or wished.

    Args:
        actor: who records it.
        customer: whose trust it is about.
        staff: the member of staff who wrote or got it.
        house: the organisation they acted for.
        text: the message.
        speaker: ``customer`` or ``staff``.
        channel: where it was said.
        at_us: when; now by default.
        name: the event's id, where what asks for it may ask twice.

    Raises:
        RefusedError: the message does not pass the checks, or is on record under its name.
    """
    at = actor.now_us if at_us is None else at_us
    zone = actor.user.zone if actor.user else "UTC"
    row = row_of(
        customer, staff, house, "message", text=text, channel=channel, speaker=speaker,
        event_id=name,
    )  # fmt: skip
    with transaction.atomic():
        if name and Event.objects.filter(event_id=name).exists():
            raise RefusedError("draft.sent.twice")
        name = record_one(actor, "record_message", {**row, "t_us": at})
        event = Event.objects.select_related("truster", "trustee", "organisation").get(
            event_id=name
        )
        reading = read_only(text, speaker, at, zone)
        drafts, preferences = keep_reading(actor, event, speaker, text, reading)
    return Said(name, reading, drafts, preferences)


def keep_reading(
    actor: Actor, event: Event, speaker: str, text: str, reading: TurnReading
) -> tuple[list[Promise], list[Preference]]:
    """Keep what a recorded message says: its reading, soft evidence, drafts."""
    save_readings([(event.pk, reading.to_json())])
    soft = soft_rows(event, speaker, text, reading)
    if soft:
        record_events(actor, soft)
    return draft_promises(event, speaker, reading), draft_preferences(event, speaker, reading)


def save_readings(readings: Sequence[tuple[int, dict[str, Any]]]) -> None:
    """Put readings beside the words of their events."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE ledger_words SET reading = %s WHERE event_id = %s",
            [(orjson.dumps(reading).decode(), number) for number, reading in readings],
        )


def soft_rows(event: Event, speaker: str, text: str, reading: TurnReading) -> list[dict[str, Any]]:
    """What one message says about trust, as rows; the forecast of a whole dialogue is not asked."""
    from troth.reading.evidence import soft_events
    from troth.reading.schema import Dialogue, DialogueReading, Turn

    even = dict.fromkeys(("-2", "-1", "0", "1", "2"), 0.2)
    turn = Turn(speaker, text, local(event.t_us, "UTC"))
    house = event.organisation.key if event.organisation else None
    dialogue = Dialogue(
        event.event_id, (turn,), customer=event.truster.key, staff=event.trustee.key,
        organisation=house,
    )  # fmt: skip
    stamp = reader()._stamp()  # noqa: SLF001 - the stamp that Reader.read puts on its readings
    told = DialogueReading(event.event_id, (reading,), even, even, even, None, stamp)
    return [
        {**row, "ref": event.event_id, "organisation": house}
        for row in soft_events(told, dialogue, with_words=True)
    ]


def draft_promises(event: Event, speaker: str, reading: TurnReading) -> list[Promise]:
    """Drafts of what staff promised in a message."""
    if speaker != STAFF:
        return []
    drafts = [
        Promise(
            event_id=f"draft:{event.event_id}:{found['start']}",
            truster=event.truster, trustee=event.trustee, organisation=event.organisation,
            state=Promise.State.DRAFT, made_us=event.t_us,
            due_us=micros(datetime.fromisoformat(found["due"])) if found.get("due") else None,
            said_in=event.event_id, start=found["start"], end=found["end"],
        )
        for found in reading.promises
    ]  # fmt: skip
    Promise.objects.bulk_create(drafts, ignore_conflicts=True)
    return list(Promise.objects.filter(event_id__in=[draft.event_id for draft in drafts]))


def draft_preferences(event: Event, speaker: str, reading: TurnReading) -> list[Preference]:
    """Drafts of what a customer said they like or do not."""
    if speaker == STAFF:
        return []
    drafts = [
        Preference(
            party=event.truster, house=event.organisation, what=found["what"][:300],
            wanted=found["wanted"], source="message", t_us=event.t_us, draft=True,
            event_id=event.event_id,
        )
        for found in reading.preferences
    ]  # fmt: skip
    return Preference.objects.bulk_create(drafts)
