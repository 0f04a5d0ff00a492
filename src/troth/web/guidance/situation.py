"""What the card of a relationship is made from, gathered for the one who reads it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from troth.content.card_facts import facts_known
from troth.content.kinds import codebook
from troth.guidance.facts import Message, Situation, Wish
from troth.guidance.relationship import taken_back
from troth.people.known import Person
from troth.web.accounts.access import may
from troth.web.ledger.actions.messages import reader
from troth.web.ledger.models import Words as Said
from troth.web.parties.models import Party, Preference
from troth.web.people.known import person_of, self_reported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.breaches import OpenBreach
    from troth.guidance.standing import Row
    from troth.web.ledger.models import Relationship
    from troth.web.ledger.standing import Told

CHANNELS: Final = facts_known()["channel"].values
#: So many of the customer's own messages are looked at, and so many rows to find them among.
MESSAGES: Final = 5
_LOOKED_AT: Final = 12
_WISHES: Final = 20
_CUSTOMER: Final = "customer"


def channel_asked(request: Any, usual: str = "written") -> str:
    """How the reader is in touch, as the address says it."""
    asked: str = request.GET.get("channel", "")
    return asked if asked in CHANNELS else usual


def house_trusted(relationship: Relationship) -> Party | None:
    """The house trusted; None where a party stands for itself."""
    trusted = relationship.trusted
    return trusted if trusted.kind == Party.Kind.ORGANISATION else trusted.house


def preferences_of(relationship: Relationship) -> list[Preference]:
    """Likes and dislikes that the house knows of, drafts last, newest first."""
    return preferences_known(relationship.truster_id, house_trusted(relationship))


def preferences_known(party: int, house: Party | None) -> list[Preference]:
    """Likewise of a customer, by number."""
    rows = Preference.objects.filter(Q(house=None) | Q(house=house), party=party)
    return list(rows.order_by("draft", "-t_us")[:_WISHES])


def wishes_in(preferences: Sequence[Preference]) -> tuple[Wish, ...]:
    """Those that somebody has confirmed, as guidance reads them."""
    return tuple(Wish(p.what, p.wanted, p.source, p.t_us) for p in preferences if not p.draft)


def situation_of(
    relationship: Relationship,
    told: Told,
    waiting: Sequence[OpenBreach],
    request: Any,
    *,
    preferences: Sequence[Preference] | None = None,
    channel: str = "written",
) -> Situation:
    """Gather what a card is made from.

    Args:
        relationship: with its parties.
        told: as reckoned for this moment.
        waiting: its breaches that wait for repair.
        request: of the reader.
        preferences: as ``preferences_of`` finds them, where they are at hand.
        channel: one of ``CHANNELS``.
    """
    at_us, user = told.explanation.at_us, request.user
    liked = preferences_of(relationship) if preferences is None else preferences
    house, quiet_us = house_trusted(relationship), relationship.quiet_us
    return Situation(
        told=told.explanation, rows=told.rows, waiting=waiting, zone=request.words.zone,
        messages=messages_of(told.rows),
        wishes=wishes_in(liked),
        person=person_told(request, relationship.truster, house),
        staff=_staff(request, at_us), me=str(user.party_id or ""),
        quiet=quiet_us is not None and quiet_us < at_us, channel=channel,
    )  # fmt: skip


def person_told(request: Any, truster: Party, house: Party | None) -> Person:
    """What is known of a customer, to a reader who may know it.

    A colleague's results are their own, and no card is made of them.
    """
    if truster.kind != Party.Kind.CUSTOMER or not may(request.user, "know"):
        return Person()
    return person_of(truster, house, request.now_us, request.words.lang)


def _staff(request: Any, at_us: int) -> Person:
    """What the reader shares of their own style."""
    user = request.user
    if not user.party_id:
        return Person()
    return Person(tuple(self_reported(user.party, at_us, request.words.lang)))


def messages_of(rows: Sequence[Row]) -> list[Message]:
    """The customer's own latest words, read: as kept where they were read before, else now.

    Args:
        rows: the relationship's own events in order of time, each with its number on record.

    Returns:
        At most ``MESSAGES``, newest first.
    """
    gone, kinds = taken_back(rows), codebook()
    own = [
        row for row in rows
        if row["text"] and row["event_id"] not in gone and not _is_reading(row)
        and (row["kind"] == "message" or kinds[row["kind"]].direction == "toward_trustee")
    ][: -_LOOKED_AT - 1 : -1]  # fmt: skip
    numbers = [row["number"] for row in own]
    kept = Said.objects.filter(event_id__in=numbers).only("event_id", "extras", "reading")
    said = {words.event_id: words for words in kept} if numbers else {}
    found: list[Message] = []
    for row in own:
        words = said.get(row["number"])
        speaker = words.extras.get("speaker", _CUSTOMER) if words else _CUSTOMER
        if speaker == _CUSTOMER and len(found) < MESSAGES:
            found.append(_message(row, words.reading if words else None))
    return found


def _is_reading(row: Row) -> bool:
    """Whether a row is what was read from another one's words."""
    return (row["source"] or "").startswith("reading")


def _message(row: Row, kept: dict[str, Any] | None) -> Message:
    if kept:
        acts = tuple((act["act"], act["text"]) for act in kept["acts"])
        return Message(row["event_id"], row["t_us"], row["text"], kept["emotions"], acts)
    emotions, found = _read(row["text"])
    return Message(row["event_id"], row["t_us"], row["text"], dict(emotions), found)


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[tuple[tuple[str, float], ...], tuple[tuple[str, str], ...]]:
    """What words say that came in without being read, such as a review's."""
    reading = reader().read_message(text, _CUSTOMER, None)
    acts = tuple((act.act, act.text) for act in reading.acts)
    return tuple(reading.emotions.items()), acts
