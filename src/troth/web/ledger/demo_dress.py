"""What the demo's desk shows beside its year: wishes, and recent messages as the desk reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from troth.lab.demo.pages import page
from troth.lab.demo.people import demo_customers, demo_houses
from troth.web.ledger.actions.messages import (
    draft_preferences,
    draft_promises,
    read_only,
    save_readings,
)
from troth.web.ledger.actions.touches import row_of
from troth.web.ledger.models import Event, Promise
from troth.web.ledger.record import record_events
from troth.web.parties.models import Party, Preference, random_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from troth.lab.demo.people import Customer, House
    from troth.web.accounts.actor import Actor

_DAY_US: Final = 86_400_000_000
#: Messages of so many days are read as the desk reads those that come in.
_READ_US: Final = 10 * _DAY_US
#: Share of customers whose wishes are known.
_KNOWN: Final = 0.45
ZONE: Final = "Asia/Shanghai"


def dress_demo(actor: Actor, rng: Random) -> None:
    """Add wishes and recent messages, and read what was said lately.

    Args:
        actor: with the demo's present as its time.
        rng: decides who wishes what.
    """
    parties = {party.key: party for party in Party.objects.filter(demo=True)}
    told = page("desk")
    people = demo_customers()
    Preference.objects.bulk_create(_wishes(told, people, parties, (rng, actor.now_us)))
    rows = [
        row
        for house in demo_houses()
        for row in _messages(told, house, parties, (rng, actor.now_us))
    ]
    record_events(actor, rows)
    _read_recent(actor.now_us)


def _wishes(
    told: dict[str, Any],
    people: tuple[Customer, ...],
    parties: dict[str, Party],
    when: tuple[Random, int],
) -> list[Preference]:
    rng, now_us = when
    houses = {house.short: house for house in demo_houses()}
    found = []
    for person in people:
        if rng.random() > _KNOWN and not person.cast:
            continue
        lines = told[person.home]["wishes"][person.lang]
        house = houses[person.home]
        for what in rng.sample(lines, rng.choice((1, 1, 2))):
            source = rng.choice(house.staff).names[person.lang]
            found.append(Preference(
                party=parties[person.id], house=parties[house.id], what=what, source=source,
                t_us=now_us - rng.randrange(10, 330) * _DAY_US,
            ))  # fmt: skip
    return found


def _messages(
    told: dict[str, Any], house: House, parties: dict[str, Party], when: tuple[Random, int]
) -> Iterator[dict[str, Any]]:
    """Messages of the last two days, each to or from somebody whose language it is in."""
    rng, now_us = when
    for speaker in ("staff", "customer"):
        for lang, lines in told[house.short]["messages"][speaker].items():
            people = [p for p in demo_customers() if p.home == house.short and p.lang == lang]
            for text, person in zip(lines, rng.sample(people, len(lines)), strict=True):
                staff = parties[rng.choice(house.staff).id]
                row = row_of(parties[person.id], staff, parties[house.id], "message", text=text)
                at_us = now_us - rng.randrange(30, 1800) * 60_000_000
                yield row | {
                    "event_id": f"demo:{random_id()}", "t_us": at_us, "channel": "chat",
                    "source": "demo", "speaker": speaker,
                }  # fmt: skip


def _read_recent(now_us: int) -> None:
    """Read the messages of the last days as the desk reads those that come in."""
    recent = Event.objects.filter(
        kind__in=("message", "promise_made"), t_us__gte=now_us - _READ_US
    ).select_related("words", "truster", "trustee", "organisation")
    saved = []
    promised = set(Promise.objects.values_list("said_in", flat=True))
    for event in recent:
        words = getattr(event, "words", None)
        if words is None or not words.text:
            continue
        usual = "staff" if event.kind == "promise_made" else "customer"
        speaker = words.extras.get("speaker", usual)
        reading = read_only(words.text, speaker, event.t_us, ZONE)
        saved.append((event.pk, reading.to_json()))
        if event.event_id not in promised:
            draft_promises(event, speaker, reading)
        draft_preferences(event, speaker, reading)
    save_readings(saved)
