"""Which questionnaires are asked of whom at the desk, and what is due on a page of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from troth.content.questionnaires import questionnaires

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.content.questionnaires import Questionnaire
    from troth.web.people.models import Sitting

#: Statements on one page.
PAGE: Final = 10
#: Begins the name of an answer's field.
FIELD: Final = "a-"
#: More answers than these show their words at the ends alone.
_WORDED: Final = 5


def offered() -> dict[str, Questionnaire]:
    """What colleagues may take, by name."""
    return {
        name: one
        for name, one in questionnaires().items()
        if "staff" in one.audience and one.result != "culture"
    }


def culture_form() -> Questionnaire | None:
    """What a team is asked about itself; None where there is no such questionnaire."""
    return next((one for one in questionnaires().values() if one.result == "culture"), None)


def wishes_form() -> Questionnaire:
    """What customers are asked."""
    return next(one for one in questionnaires().values() if one.result == "wishes")


def closeness_form() -> Questionnaire | None:
    """What customers may say of closeness, if they wish; None where there is no such questionnaire."""
    found = (one for one in questionnaires().values() if one.result == "attachment")
    return next((one for one in found if "customer" in one.audience), None)


def besides() -> dict[str, Questionnaire]:
    """What a customer may be asked besides how they like to be met, by name; what is about us first."""
    found = [
        one for one in questionnaires().values()
        if "customer" in one.audience and one.result == "scales"
    ]  # fmt: skip
    found.sort(key=lambda one: not is_about_us(one))
    return {one.name: one for one in found}


def is_about_us(asked: Questionnaire) -> bool:
    """Whether one customer's result tells of the house, not of the customer: what is asked of them alone."""
    return asked.audience == ("customer",)


@dataclass(frozen=True)
class Line:
    """One statement of a page.

    Attributes:
        field: name of its field in the form.
        text: its words.
        choices: (value, words, whether it is the answer).
        worded: whether each answer has room for its words.
    """

    field: str
    text: str
    choices: tuple[tuple[int, str, bool], ...]
    worded: bool


def lines_of(
    asked: Questionnaire, answers: Mapping[str, int], lang: str, page: int | None = None
) -> list[Line]:
    """The statements of a page, in a language.

    Args:
        asked: the questionnaire.
        answers: value by item, so far.
        lang: ``zh`` or ``en``.
        page: from 1; None for all.
    """
    items = asked.items if page is None else asked.items[(page - 1) * PAGE : page * PAGE]
    return [
        Line(
            FIELD + item.name, item.text[lang],
            tuple((one.value, one.text[lang], answers.get(item.name) == one.value)
                  for one in asked.choices_of(item)),
            len(asked.choices_of(item)) <= _WORDED,
        )
        for item in items
    ]  # fmt: skip


def answers_in(told: Mapping[str, Any]) -> dict[str, int]:
    """Answers as a form sends them."""
    return {
        name.removeprefix(FIELD): int(value)
        for name, value in told.items()
        if name.startswith(FIELD) and str(value).isascii() and str(value).isdecimal()
        and len(str(value)) < 4
    }  # fmt: skip


def pages_of(asked: Questionnaire) -> int:
    """How many pages it has."""
    return -(-len(asked.items) // PAGE)


def first_open(asked: Questionnaire, sitting: Sitting) -> int:
    """The page of the first statement that is not answered; the last one where all are."""
    for place, item in enumerate(asked.items):
        if item.name not in sitting.answers:
            return place // PAGE + 1
    return pages_of(asked)
