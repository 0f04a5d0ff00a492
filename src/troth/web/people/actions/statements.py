"""What colleagues note of a customer, what customers say themselves, and its going."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction

from troth.content.origins import COLLEAGUE_NOTE, OWN_WORDS
from troth.people.known import SUBJECTS
from troth.traces.decay import DAY_US
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.people.models import Statement, of_party

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.web.accounts.actor import Actor
    from troth.web.parties.models import Party

#: Two taps hold so long; notes of needs, motives and values, so long.
STYLE_DAYS, NOTE_DAYS = 90, 365
LONGEST: Final = 300
#: What two taps are about, and what may be tapped.
TAPPED: Final = {"pace": ("quick", "steady"), "focus": ("task", "person")}


def note_style(
    actor: Actor, party: Party, house: Party | None, what: str, value: str, *, toggle: bool = True
) -> None:
    """Note with one tap how somebody comes across; it takes the place of one's own earlier note.

    Args:
        actor: the colleague; with a user.
        party: the customer.
        house: where it holds.
        what: a key of ``TAPPED``.
        value: one of its values.
        toggle: whether the same once more takes the own note away.

    Raises:
        RefusedError: there is no such thing to tap.
    """
    if value not in TAPPED.get(what, ()):
        raise RefusedError("people.refused.choice")
    with transaction.atomic():
        own = Statement.objects.filter(
            of_party(party), house=house, what=what, origin=COLLEAGUE_NOTE, by=actor.user
        )
        there = toggle and own.filter(value=value, until_us__gt=actor.now_us).exists()
        own.delete()
        if not there:
            Statement.objects.create(
                party=party, house=house, what=what, value=value, origin=COLLEAGUE_NOTE, by=actor.user,
                t_us=actor.now_us, until_us=actor.now_us + STYLE_DAYS * DAY_US,
            )  # fmt: skip
        write_audit(actor, "note_style", party.uid, taken_back=there)


def note_need(
    actor: Actor, party: Party, house: Party | None, note: tuple[str, str, str]
) -> Statement:
    """Note a need, motive or value.

    Args:
        actor: the colleague.
        party: the customer.
        house: where it holds.
        note: (one of ``SUBJECTS``, the words, ``own_words`` for a quote or ``colleague_note``).

    Raises:
        RefusedError: nothing is said, or too much.
    """
    subject, text, origin = note[0], note[1].strip(), note[2]
    if subject not in SUBJECTS or origin not in (OWN_WORDS, COLLEAGUE_NOTE):
        raise RefusedError("people.refused.choice")
    if not text or len(text) > LONGEST:
        raise RefusedError("people.refused.text", "text", most=LONGEST)
    with transaction.atomic():
        made = Statement.objects.create(
            party=party, house=house, what=subject, text=text, origin=origin, by=actor.user,
            t_us=actor.now_us, until_us=actor.now_us + NOTE_DAYS * DAY_US,
        )  # fmt: skip
        write_audit(actor, "note_need", party.uid)
    return made


def drop_statement(actor: Actor, statement: Statement) -> None:
    """Delete one thing that was noted or said."""
    with transaction.atomic():
        uid = statement.party.uid
        erase([statement])
        write_audit(actor, "drop_statement", uid)


def erase(rows: Iterable[Statement]) -> int:
    """Delete statements and what was written elsewhere because of them; inside a deed's transaction.

    Returns:
        How many are gone.
    """
    count = 0
    for row in rows:
        if not Statement.objects.filter(pk=row.pk).exists():
            continue  # gone with another one
        if row.what == "form":
            count += erase(_by_first_name(row))
        if row.what == "address":
            _unaddress(row)
        if row.preference is not None:
            row.preference.delete()  # the statement goes with it
        Statement.objects.filter(pk=row.pk).delete()
        count += 1
    return count


def _by_first_name(row: Statement) -> Iterable[Statement]:
    """What somebody is called because they ticked their first name; what they wrote themselves stays."""
    rows = Statement.objects.filter(
        party=row.party_id, house=row.house_id, what="address", preference=None, t_us=row.t_us
    )
    return rows.select_related("party", "preference")


def _unaddress(row: Statement) -> None:
    """Call them as before, where they are still called as they asked."""
    party, column = row.party, f"address_{row.value}"
    party.refresh_from_db(fields=[column])
    if getattr(party, column, None) == row.text:
        setattr(party, column, row.replaced)
        party.save(update_fields=[column])
