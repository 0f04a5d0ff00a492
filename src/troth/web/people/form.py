"""The customer's own form: what it asks, what it holds, what came back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from troth.web.people.actions.own_words import ADDRESS_LONGEST, OwnForm
from troth.web.people.actions.statements import LONGEST
from troth.web.people.asked import wishes_form
from troth.web.people.models import Guess, Statement

if TYPE_CHECKING:
    from troth.web.parties.models import Party


@dataclass(frozen=True)
class Question:
    """One line of the form.

    Attributes:
        what: the name of its field.
        text: the question.
        choices: (value, words, whether it is chosen).
    """

    what: str
    text: str
    choices: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Shown:
    """The form as it is shown.

    Attributes:
        questions: each may be skipped.
        told: what is filled in.
        known: whether something is kept.
        address_most: length of a form of address at most.
        matters_most: likewise of the last line.
    """

    questions: tuple[Question, ...]
    told: OwnForm
    known: bool
    address_most: int = ADDRESS_LONGEST
    matters_most: int = LONGEST

    def refilled(self, told: OwnForm) -> Shown:
        """The same with what was sent, where it could not be kept."""
        return replace(self, told=told, questions=_questions(told))


def blank_form(party: Party, house: Party, request: Any, *, seen: bool = True) -> Shown:
    """The form with what the customer said on it before.

    Args:
        party: the customer.
        house: which asks.
        request: of the reader.
        seen: False for a link that nobody has answered under: whoever it was sent to by mistake must
            not read what the customer said.
    """
    rows = Statement.objects.filter(
        party=party, house=house, form=True, until_us__gt=request.now_us
    )
    said = {row.what: row.text or row.value for row in rows}
    guess = Guess.objects.filter(party=party, house=house, until_us__gt=request.now_us).exists()
    if not seen:
        return Shown(
            _questions(OwnForm(lang=request.words.lang)), OwnForm(), known=bool(said) or guess
        )
    told = OwnForm(
        {what: value for what, value in said.items() if what not in ("address", "need", "attachment")},
        said.get("address", ""), said.get("need", ""), guess=guess, lang=request.words.lang,
    )  # fmt: skip
    return Shown(_questions(told), told, known=bool(said) or guess)


def filled_form(request: Any) -> OwnForm:
    """What came back."""
    lang, sent = request.words.lang, request.POST
    wishes = {item.name: str(sent.get(item.name, "")) for item in wishes_form().items}
    return OwnForm(
        {what: value for what, value in wishes.items() if value},
        " ".join(str(sent.get("address", "")).split()),
        str(sent.get("matters", "")).strip(), guess=sent.get("guess") == "yes", lang=lang,
    )  # fmt: skip


def _questions(told: OwnForm) -> tuple[Question, ...]:
    asked = wishes_form()
    return tuple(
        Question(
            item.name, item.text[told.lang],
            tuple(
                (choice.wish, choice.text[told.lang], told.wishes.get(item.name) == choice.wish)
                for choice in asked.choices_of(item)
            ),
        )
        for item in asked.items
    )  # fmt: skip
