"""From ticked answers to scores: reversed items turned round, few answers filled up, too few refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.content.questionnaires import Item, Questionnaire, Scale

#: A scale is scored once this share of its items is answered; their mean stands for the rest.
ENOUGH: Final = 0.5


class AnswerError(ValueError):
    """An answer that cannot be: no such item, or no such choice.

    Attributes:
        item: the item answered, as it was named.
        value: what was answered.
    """

    def __init__(self, item: str, value: object, problem: str) -> None:
        self.item, self.value = item, value
        super().__init__(f"{item}: {value!r} {problem}")


def check_answers(asked: Questionnaire, answers: Mapping[str, int]) -> None:
    """Refuse answers to what was not asked, or that nobody could tick.

    Args:
        asked: the questionnaire.
        answers: value by item; items left out were skipped.

    Raises:
        AnswerError: the item is unknown, or the value is none of its choices.
    """
    items = {item.name: item for item in asked.items}
    for name, value in answers.items():
        if name not in items:
            raise AnswerError(name, value, "answers no item of this questionnaire")
        allowed = [choice.value for choice in asked.choices_of(items[name])]
        if type(value) is not int or value not in allowed:
            raise AnswerError(name, value, f"is not one of {allowed[0]} to {allowed[-1]}")


def possible_answers(asked: Questionnaire, told: Mapping[str, int]) -> dict[str, int]:
    """Of what was sent the answers that can be; the rest is left out.

    Args:
        asked: the questionnaire.
        told: value by item.
    """
    allowed = {
        item.name: {choice.value for choice in asked.choices_of(item)} for item in asked.items
    }
    return {name: value for name, value in told.items() if value in allowed.get(name, ())}


def keyed_value(asked: Questionnaire, item: Item, value: int) -> int:
    """An answer as it counts for its scale: turned round where the item is reversed.

    Args:
        asked: the questionnaire.
        item: one of its items.
        value: one of the item's choices.

    >>> from troth.content.questionnaires import questionnaires
    >>> kusiv3 = questionnaires()["kusiv3"]
    >>> [keyed_value(kusiv3, item, 5) for item in kusiv3.items]
    [5, 1, 5]
    """
    if not item.reversed:
        return value
    choices = asked.choices_of(item)
    return choices[0].value + choices[-1].value - value


def scale_scores(asked: Questionnaire, answers: Mapping[str, int]) -> dict[str, float | None]:
    """The score of every scale.

    Args:
        asked: the questionnaire.
        answers: value by item; items left out were skipped.

    Returns:
        Scores by scale, in the order of the questionnaire, on the scale of the answers for a mean; a sum
        is that mean times the number of items. None where fewer than half of the items are answered.

    Raises:
        AnswerError: an answer cannot be; it is named.

    Source: half as the least, our choice, decision 0026.

    >>> from troth.content.questionnaires import questionnaires
    >>> scale_scores(questionnaires()["kusiv3"], {"q1": 4, "q2": 2})
    {'trust_in_people': 4.0}
    """
    check_answers(asked, answers)
    return {scale.name: _score(asked, scale, answers) for scale in asked.scales}


def _score(asked: Questionnaire, scale: Scale, answers: Mapping[str, int]) -> float | None:
    given = [
        keyed_value(asked, asked.item(name), answers[name])
        for name in scale.items
        if name in answers
    ]
    if len(given) < ENOUGH * len(scale.items):
        return None
    mean = sum(given) / len(given)
    return mean * len(scale.items) if scale.method == "sum" else mean
