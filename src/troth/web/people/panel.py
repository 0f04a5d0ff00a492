"""What is known of a customer, as their page shows it: by who said so, never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troth.content.origins import COLLEAGUE_NOTE, INFERRED, ORIGINS, OWN_WORDS
from troth.people.known import SUBJECTS, WISHES
from troth.web.accounts.access import may
from troth.web.people.actions.statements import TAPPED
from troth.web.people.asked import besides
from troth.web.people.besides import reported_by
from troth.web.people.known import said_by, said_of
from troth.web.people.models import FormLink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.people.known import Known
    from troth.web.parties.models import Party
    from troth.web.people.models import Statement


@dataclass(frozen=True)
class Row:
    """One thing known.

    Attributes:
        number: of the statement; 0 where it is a guess.
        what: what it is about, in words.
        said: what is known.
        quoted: whether these are somebody's own words.
        by: who said or noted it.
        t_us: when.
        until_us: until when it holds.
    """

    number: int
    what: str
    said: str
    quoted: bool
    by: str
    t_us: int
    until_us: int


def panel_of(request: Any, party: Party, house: Party | None, back: str) -> dict[str, Any]:
    """What the panel on a customer's page shows.

    Args:
        request: of the reader.
        party: the customer.
        house: at which.
        back: the page it stands on.
    """
    words, now_us = request.words, request.now_us
    rows, guesses = said_of(party, house, now_us)
    by_origin: dict[str, list[Row]] = {origin: [] for origin in ORIGINS}
    for row in rows:
        by_origin[row.origin].append(_row(row, request))
    by_origin[INFERRED] += [_guess(one, request) for one in guesses]
    may_record = may(request.user, "record") and house is not None
    links: Iterable[FormLink] = (
        FormLink.objects.filter(party=party, house=house, revoked_us=None, until_us__gt=now_us)
        if may_record
        else ()
    )
    return {
        "party": party, "house": house, "back": back, "may_record": may_record, "words": words,
        "lang": words.lang, "request": request, "user": request.user,
        "groups": [
            (words.say(f"people.origin.{origin}"), found)
            for origin, found in by_origin.items() if found
        ],
        "taps": _taps(rows, request), "subjects": _subjects(request), "links": list(links),
        "own_form": any(row.form for row in rows), "reported": reported_by(party, house, now_us, words),
        "besides": [
            (name, one.title[words.lang], len(one.items)) for name, one in besides().items()
        ],
    }  # fmt: skip


def _row(row: Statement, request: Any) -> Row:
    words = request.words
    by = said_by(row, words.lang)
    if not row.form and row.origin != OWN_WORDS:
        key = "people.by_noted"
    else:
        key = "people.by_taken" if row.by_id else "people.by_form"
    plain = row.what in WISHES
    said = words.say(f"people.wish.{row.what}.{row.value}") if plain else row.text
    told = words.say(key, name=words.set_in(by)).strip() if by else ""
    return Row(
        row.pk, words.say(f"people.what.{row.what}"), said,
        not plain and row.origin == OWN_WORDS, told, row.t_us, row.until_us,
    )  # fmt: skip


def _guess(one: Known, request: Any) -> Row:
    words = request.words
    said = words.say(f"people.wish.{one.what}.{one.value}")
    return Row(0, words.say(f"people.what.{one.what}"), said, False, "", one.t_us, one.until_us)


def _taps(rows: list[Statement], request: Any) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The two taps: what each is about, its sides, and which of them the reader has tapped."""
    words = request.words
    mine = {
        (row.what, row.value)
        for row in rows
        if row.origin == COLLEAGUE_NOTE and row.by_id == request.user.pk
    }
    return [
        (
            words.say(f"people.what.{what}"),
            [
                (f"{what}:{value}", words.say(f"people.wish.{what}.{value}"), (what, value) in mine)
                for value in values
            ],
        )
        for what, values in TAPPED.items()
    ]


def _subjects(request: Any) -> list[tuple[str, str]]:
    return [(name, request.words.say(f"people.what.{name}")) for name in SUBJECTS]
