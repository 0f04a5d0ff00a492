"""A draft and what it stands in, gathered from a form and from the records; nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from troth.guidance.draft.review import LONGEST, review
from troth.guidance.draft.talk import HouseTerm, Talk
from troth.guidance.draft.thread import turns_of
from troth.people.known import Person
from troth.reading.schema import CUSTOMER, STAFF, Turn
from troth.web.accounts.access import Scope
from troth.web.guidance.customers import customer_named
from troth.web.guidance.models import Term
from troth.web.guidance.situation import person_told, preferences_known, wishes_in
from troth.web.ledger.actions.messages import local, micros
from troth.web.ledger.colleagues import known_staff
from troth.web.ledger.houses import house_for
from troth.web.ledger.taken_back import not_taken_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.draft.review import Review
    from troth.web.parties.models import Party

#: So many messages on record are looked at.
_BEFORE: Final = 8
_DAYS_US: Final = 30 * 86_400_000_000


@dataclass(frozen=True)
class Drafted:
    """A draft with its review.

    Attributes:
        text: the draft; line breaks are single characters, as a browser counts them.
        asked: the customer's words as typed beside it, or empty.
        customer: whom it is for, where that is known.
        choices: who may be meant, where it is not.
        house: for which house it is written.
        plain: whether the reader has another first language.
        review: what is said of it.
    """

    text: str
    asked: str
    customer: Party | None
    choices: Sequence[Party]
    house: Party | None
    plain: bool
    review: Review


def drafted(request: Any) -> Drafted:
    """The draft of a form, reviewed.

    Args:
        request: with ``text``, and where known ``asked``, ``customer`` (a number; ``to`` in an address)
            or ``about`` (a name).
    """
    told = request.POST
    text, asked = lines(told.get("text", "")), lines(told.get("asked", ""))
    customer, choices = customer_named(request)
    house = house_for(Scope(request.user), customer)
    plain = told.get("plain") == "yes"
    talk = talk_of(request, customer, house, asked, plain=plain)
    return Drafted(text, asked, customer, choices, house, plain, review(text, talk))


def lines(text: str) -> str:
    """Text of a form, its line breaks single characters."""
    return text.replace("\r\n", "\n").replace("\r", "\n")[:LONGEST]


def talk_of(
    request: Any, customer: Party | None, house: Party | None, asked: str, *, plain: bool = False
) -> Talk:
    """What a draft stands in.

    Args:
        request: of the writer.
        customer: the reader of the draft, where known.
        house: written for.
        asked: the customer's words, or a thread, as pasted; it comes after what is on record.
        plain: whether the reader has another first language.
    """
    said = messages_of(request, customer, house) if customer else []
    said += turns_of(asked, known_staff() if "\n" in asked else ())
    words = request.words
    person = person_told(request, customer, house) if customer else Person()
    liked = preferences_known(customer.pk, house) if customer else ()
    return Talk(
        said=tuple(said), person=person, wishes=wishes_in(liked), now=local(request.now_us, str(words.zone)),
        terms=terms_of(house), plain=plain,
    )  # fmt: skip


def messages_of(request: Any, customer: Party, house: Party | None) -> list[Turn]:
    """The latest messages with a customer that stand on record at a house, oldest first."""
    rows = not_taken_back().filter(
        truster=customer, kind="message", t_us__gte=request.now_us - _DAYS_US,
        t_us__lte=request.now_us,
    )  # fmt: skip
    # What was read from a message is a row of the same kind, with some of its words.
    rows = rows.exclude(source__startswith="reading")
    if house is not None:
        rows = rows.filter(organisation=house)
    rows = Scope(request.user).of_house(rows).select_related("words").order_by("-t_us", "-id")
    turns = [
        Turn(STAFF if row.words.extras.get("speaker") == STAFF else CUSTOMER, row.words.text)
        for row in rows[:_BEFORE]
        if hasattr(row, "words") and row.words.text
    ]
    return turns[::-1]


def terms_of(house: Party | None) -> tuple[HouseTerm, ...]:
    """The words of a house."""
    if house is None:
        return ()
    rows = Term.objects.filter(house=house).values_list("zh", "en", "means_zh", "means_en")
    return tuple(HouseTerm(*row) for row in rows)


def due_us(promise: dict[str, Any]) -> int | None:
    """When a promise found is due, microseconds UTC."""
    return micros(datetime.fromisoformat(promise["due"])) if promise.get("due") else None
