"""What is known of customers, noted and taken down; and the asker's own results."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.http import Http404
from ninja import (
    Query,
    Schema,
    Status,
)

from troth.web.accounts.access import Scope
from troth.web.api.doors import actor_of
from troth.web.api.once import once
from troth.web.api.routes import Routes, reading, writing
from troth.web.api.seen import house_of, party_or_404
from troth.web.api.shapes.people import (
    FormIn,
    NoteIn,
    PersonOut,
    ResultPage,
    StyleIn,
)
from troth.web.api.shapes.plain import Key  # noqa: TC001 - pydantic reads it while it runs
from troth.web.ledger.houses import house_for
from troth.web.parties.models import Party
from troth.web.people.actions.own_words import OwnForm, answer_form
from troth.web.people.actions.statements import TAPPED, note_need, note_style
from troth.web.people.known import person_of
from troth.web.people.models import Sitting

if TYPE_CHECKING:
    from collections.abc import Callable

routes = Routes("people")
_WISHES = ("channel", "detail", "pace", "form", "lang")


class At(Schema):
    """At which house."""

    house: Key | None = None


def _named(request: Any, key: str, house: str | None) -> tuple[Party, Party]:
    """A customer in scope, and the house for which the asker speaks.

    Raises:
        Http404: there is none, or it is not the asker's to see.
    """
    scope = Scope(request.user)
    party = party_or_404(scope, key)
    at = house_of(request, "house", house) or house_for(scope, party)
    if party.kind != Party.Kind.CUSTOMER or at is None:
        raise Http404
    return party, at


def _told(request: Any, party: Party, house: Party) -> dict[str, Any]:
    person = person_of(party, house, request.now_us, request.words.lang)
    return {
        "party": party.key, "house": house.key,
        "known": [asdict(row) for row in person.known],
        "notes": [asdict(row) for row in person.notes],
    }  # fmt: skip


def _done(
    request: Any, at: tuple[Party, Party], told: Any, deed: Callable[[], object]
) -> Status[Any]:
    def act() -> tuple[str, dict[str, Any]]:
        deed()
        return at[0].uid, {}

    once(request, act, told.model_dump(exclude_unset=True))
    return Status(201, _told(request, *at))


@routes.at(reading("/people/known/{path:key}", "know"), PersonOut, also=(404,))
def get_known(request: Any, key: str, at: Query[At]) -> dict[str, Any]:
    """Read what is known of a customer.

    Their own words, colleagues' notes and guesses (only where house and customer agreed) stand apart, each
    with who said so and until when it holds.
    """
    return _told(request, *_named(request, key, at.house))


@routes.at(writing("/people/notes/{path:key}"), PersonOut, status=201, also=(404,))
def post_note(request: Any, key: str, told: NoteIn) -> Status[Any]:
    """Note a need, motive or value of a customer; it holds for a year."""
    at = _named(request, key, told.house)
    note = (told.subject, told.text, told.origin)
    return _done(request, at, told, lambda: note_need(actor_of(request), *at, note))


@routes.at(writing("/people/styles/{path:key}"), PersonOut, status=201, also=(404,))
def post_style(request: Any, key: str, told: StyleIn) -> Status[Any]:
    """Note how a customer comes across; it holds for 90 days and replaces one's own earlier note."""
    at = _named(request, key, told.house)
    tapped = {what: value for what in TAPPED if (value := getattr(told, what)) is not None}

    def deed() -> None:
        for what, value in tapped.items():
            note_style(actor_of(request), *at, what, value, toggle=False)

    return _done(request, at, told, deed)


@routes.at(writing("/people/forms/{path:key}"), PersonOut, status=201, also=(404,))
def post_form(request: Any, key: str, told: FormIn) -> Status[Any]:
    """Take down what a customer said of how they like to be met.

    It counts as their own words, taken down by the asker, and replaces what they said on the form before.
    """
    at = _named(request, key, told.house)
    wishes = {what: value for what in _WISHES if (value := getattr(told, what)) is not None}
    form = OwnForm(
        wishes, told.address, told.matters, guess=told.guess, lang=request.words.lang
    )  # fmt: skip
    return _done(request, at, told, lambda: answer_form(actor_of(request), *at, form))


@routes.at(reading("/people/results"), ResultPage)
def list_my_results(request: Any) -> dict[str, Any]:
    """List the asker's own results; nobody else's are read here."""
    rows = Sitting.objects.filter(
        user=request.user, done_us__isnull=False, until_us__gt=request.now_us
    )
    plain = ("questionnaire", "shared", "done_us", "until_us", "scores")
    return {"items": [{name: getattr(row, name) for name in plain} for row in rows]}
