"""What is known of a person at a house, for whoever gathers a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import F, Q

from troth.content.origins import SELF_REPORT
from troth.people.inferred import LEAST, inferred
from troth.people.known import SUBJECTS, WISHES, Known, Note, Person
from troth.web.ledger.models import Words
from troth.web.parties.known import under
from troth.web.parties.models import Party
from troth.web.people.models import Guess, Sitting, Statement, of_party
from troth.web.people.scored import reported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from troth.web.accounts.models import User

#: So many messages are looked at: of the person, and of the house.
_OWN, _USUAL = 60, 300
_SPEAKER: Final = "customer"


def person_of(party: Party, house: Party | None, at_us: int, lang: str = "en") -> Person:
    """All that is known of somebody and still holds, in two queries; three where a guess was agreed to.

    Args:
        party: whom.
        house: whose notes count; None for notes of no house.
        at_us: microseconds UTC.
        lang: in which people are named.
    """
    rows, guesses = said_of(party, house, at_us)
    known = [
        Known(row.what, row.value, row.origin, row.t_us, said_by(row, lang), row.until_us)
        for row in rows
        if row.value in WISHES.get(row.what, ())
    ]
    notes = [
        Note(row.what, row.text, row.origin, row.t_us, said_by(row, lang), row.until_us)
        for row in rows
        if row.what in SUBJECTS
    ]
    if party.kind == Party.Kind.CUSTOMER:
        known += guesses
    else:
        known += self_reported(party, at_us, lang)
    called = {row.value: row.text for row in rows[::-1] if row.what == "address"}
    return Person(tuple(known), tuple(notes), called)


def said_of(party: Party, house: Party | None, at_us: int) -> tuple[list[Statement], list[Known]]:
    """What was said of somebody, and what is guessed; read once for one object of the party.

    A page asks twice, for its card and for its panel, and both times of the same object.
    """
    memo: dict[tuple[int | None, int], tuple[list[Statement], list[Known]]]
    memo = party.__dict__.setdefault("_said_of", {})
    key = (house.pk if house else None, at_us)
    if key not in memo:
        customer = party.kind == Party.Kind.CUSTOMER
        guesses = list(guessed(party, house, at_us)) if customer else []
        memo[key] = list(statements(party, house, at_us)), guesses
    return memo[key]


def statements(party: Party, house: Party | None, at_us: int) -> QuerySet[Statement]:
    """Rows of what was said of somebody at a house and still holds, newest first."""
    where = Q(house=None) | Q(house=house) if house else Q(house=None)
    rows = Statement.objects.filter(of_party(party), where, until_us__gt=at_us)
    return rows.select_related("party", "by__party")


def said_by(row: Statement, lang: str) -> str:
    """Who said or noted it, as people call them."""
    if row.by is None and row.form:
        return row.party.name(lang)
    return called(row.by, lang) if row.by else ""


def called(user: User, lang: str) -> str:
    """A colleague's name."""
    if user.party is not None:
        return user.party.name(lang)
    return user.get_full_name() or user.get_username()


def self_reported(party: Party, at_us: int, lang: str) -> list[Known]:
    """What a colleague's own answers say, where they share it with those they work with."""
    rows = Sitting.objects.filter(
        user__party=party, shared=Sitting.Shared.TEAM, done_us__isnull=False, until_us__gt=at_us
    ).order_by("-done_us")
    found: dict[str, Known] = {}
    for row in rows:
        for what, value in reported(row.scores):
            found.setdefault(what, Known(
                what, value, SELF_REPORT, row.done_us or 0, party.name(lang), row.until_us
            ))  # fmt: skip
    return list(found.values())


def guessed(party: Party, house: Party | None, at_us: int) -> Iterable[Known]:
    """What the shape of a customer's messages hints at, where house and customer both agreed."""
    if house is None:
        return ()
    agreed = Guess.objects.filter(
        of_party(party), house=house, until_us__gt=at_us, house__people_choice__infer_style=True
    )
    until_us = agreed.values_list("until_us", flat=True).first()
    if until_us is None:
        return ()
    said = _messages(house)
    theirs = said.filter(event__truster__in=under(party)).values("pk")[:_OWN]
    looked_at = Q(pk__in=theirs) | Q(pk__in=said.values("pk")[:_USUAL])
    read = ("text", "event__truster_id", "event__truster__merged_into_id")
    rows = list(said.filter(looked_at).values_list(*read))
    own = [text for text, *whose in rows if party.pk in whose][:_OWN]
    if len(own) < LEAST:
        return ()
    usual = [text for text, *_ in rows[:_USUAL]]
    return inferred(own, usual, at_us, until_us)


def _messages(house: Party) -> QuerySet[Any]:
    """Messages that customers wrote to a house, newest first."""
    rows = Words.objects.filter(event__kind="message", event__organisation=house)
    rows = rows.filter(Q(extras__speaker=_SPEAKER) | Q(extras__speaker__isnull=True))
    return rows.exclude(text="").order_by(F("event__t_us").desc())
