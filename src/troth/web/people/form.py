"""The customer's own form: what it asks, what it holds, what came back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from troth.web.people.actions.own_words import (
    ADDRESS_LONGEST,
    OwnForm,
    is_shown,
    said_on_form,
)
from troth.web.people.actions.statements import LONGEST
from troth.web.people.asked import wishes_form
from troth.web.people.models import Guess, of_party

if TYPE_CHECKING:
    from troth.web.parties.models import Party
    from troth.web.people.models import FormLink


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

    @property
    def form(self) -> Question:
        """How they are addressed; a name may be written beside it."""
        return next(one for one in self.questions if one.what == "form")

    @property
    def others(self) -> list[Question]:
        """All questions but that one."""
        return [one for one in self.questions if one.what != "form"]

    def refilled(self, told: OwnForm) -> Shown:
        """The same with what was sent, where it could not be kept."""
        return replace(self, told=told, questions=_questions(told))


def blank_form(party: Party, house: Party, request: Any, link: FormLink | None = None) -> Shown:
    """The form with what the customer said on it before.

    Args:
        party: the customer.
        house: which asks.
        request: of the reader.
        link: under which it is opened; it shows only what was answered under it.
    """
    rows = [row for row in said_on_form(party, house) if row.until_us > request.now_us]
    # A first name that follows from a tick was not written by them.
    written = [row for row in rows[::-1] if row.what != "address" or row.preference_id]
    said = {row.what: row.text or row.value for row in written if is_shown(row, link)}
    guesses = Guess.objects.filter(of_party(party), house=house, until_us__gt=request.now_us)
    given = list(guesses.values_list("link", flat=True))
    guess = bool(given) and (link is None or link.pk in given)
    told = OwnForm(
        {what: value for what, value in said.items() if what not in ("address", "need", "attachment")},
        said.get("address", ""), said.get("need", ""), guess=guess, lang=request.words.lang,
    )  # fmt: skip
    return Shown(_questions(told), told, known=bool(rows or given))


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
