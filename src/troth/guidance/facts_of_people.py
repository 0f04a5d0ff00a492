"""Facts about how people like to be met: the customer as stated, the reader as they share it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.content.card_facts import facts_known
from troth.content.origins import SELF_REPORT
from troth.guidance.contact_wishes import contact_facts, contact_wish, overruled
from troth.guidance.facts import Fact, Reason
from troth.people.known import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.guidance.facts import Situation
    from troth.people.known import Known

#: What is known of a person → the fact it becomes.
STATED: Final = {
    "pace": "wants_pace", "detail": "wants_detail", "focus": "wants_focus", "form": "wants_form",
    "channel": "wants_channel", "lang": "wants_lang", "attachment": "attachment",
}  # fmt: skip
OWN: Final = {"pace": "staff_pace", "focus": "staff_focus"}


def facts_of_people(situation: Situation) -> Iterator[Fact]:
    """Facts about the customer, the reader, and how they are in touch now.

    What may not rest on an origin is left out: attachment and language rest on the person's own word
    alone, and the reader's style on what they filled in themself.
    """
    at_us = situation.told.at_us
    told = (situation.wishes, situation.person, at_us)
    asked = list(contact_facts(*told, _channel(situation)))
    for what, name in STATED.items():
        may = facts_known()[name].origins
        rows = situation.person.known
        kept = tuple(row for row in rows if row.origin in may and row.until_us > at_us)
        best = Person(kept).wish(what)
        if best is not None and not (what == "channel" and overruled(best, asked)):
            yield Fact(name, best.value, _reason(best))
    for what, name in OWN.items():
        own = situation.staff.wish(what)
        if own is not None and own.origin == SELF_REPORT and own.until_us > at_us:
            yield Fact(name, own.value, Reason("own_style", t_us=own.t_us))
    for note in situation.person.notes:
        if note.until_us > at_us and not contact_wish(note.text):
            reason = Reason("note", t_us=note.t_us, text=note.text, by=note.by, origin=note.origin)
            yield Fact("noted", note.subject, reason)
    yield from asked
    for wish in situation.wishes:
        if contact_wish(wish.what, wanted=wish.wanted):
            continue
        reason = Reason("wish", t_us=wish.t_us, text=wish.what, by=wish.by)
        yield Fact("likes" if wish.wanted else "dislikes", True, reason)
    yield Fact("channel", situation.channel, Reason("channel", kind=situation.channel))


def _channel(situation: Situation) -> Known | None:
    """The channel that was stated and still holds."""
    at_us, rows = situation.told.at_us, situation.person.known
    return Person(tuple(row for row in rows if row.until_us > at_us)).wish("channel")


def _reason(row: Known) -> Reason:
    return Reason(
        "stated", t_us=row.t_us, by=row.by, origin=row.origin, kind=f"{row.what}.{row.value}"
    )
