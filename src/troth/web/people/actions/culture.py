"""How a team works together, answered by its people without their names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from troth.people.group import LEAST
from troth.people.scoring import possible_answers
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.parties.models import Party
from troth.web.people.models import CultureAnswer, CultureTaken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.content.questionnaires import Questionnaire
    from troth.web.accounts.actor import Actor


def quarter_of(t_us: int) -> str:
    """The quarter of a year that a time lies in, UTC.

    >>> quarter_of(1_772_413_200_000_000)
    '2026Q1'
    """
    at = datetime.fromtimestamp(t_us / 1_000_000, UTC)
    return f"{at.year}Q{(at.month + 2) // 3}"


def answer_culture(actor: Actor, asked: Questionnaire, told: Mapping[str, int]) -> None:
    """Keep answers apart from who gave them; the log says only that somebody answered.

    Args:
        actor: a member of the house.
        asked: the questionnaire.
        told: value by item; all of them.

    Raises:
        RefusedError: they belong to no house, answered this quarter already, or left something out.
    """
    user, quarter = actor.user, quarter_of(actor.now_us)
    if user is None or user.house is None:
        raise RefusedError("people.refused.no_house")
    kept = possible_answers(asked, told)
    missing = len(asked.items) - len(kept)
    if missing:
        raise RefusedError("people.refused.missing", count=missing)
    with transaction.atomic():
        _, fresh = CultureTaken.objects.get_or_create(
            user=user, quarter=quarter, defaults={"house": user.house}
        )
        if not fresh:
            raise RefusedError("people.refused.answered")
        keep_apart(user.house, asked, quarter, kept)
        write_audit(actor, "answer_culture", quarter)


def keep_apart(
    house: Party, asked: Questionnaire, quarter: str, answers: Mapping[str, int]
) -> None:
    """Keep answers without a name, in the five to which they belong; inside a deed's transaction."""
    locked = Party.objects.select_for_update().get(pk=house.pk)  # so that fives stay fives
    rows = CultureAnswer.objects.filter(house=locked, quarter=quarter, questionnaire=asked.name)
    CultureAnswer.objects.create(
        house=locked, quarter=quarter, questionnaire=asked.name, answers=dict(answers),
        five=rows.count() // LEAST,
    )  # fmt: skip
