"""Scores of a sitting as they are kept, and what they say about how somebody likes to be met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troth.people.attachment import attachment_of
from troth.people.circumplex import Position, position_of
from troth.people.scoring import scale_scores
from troth.people.style import style_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.content.questionnaires import Questionnaire


def scores_of(asked: Questionnaire, answers: Mapping[str, int]) -> dict[str, Any]:
    """What is kept of answers: a score by scale, and the place on the circumplex where there is one.

    Args:
        asked: the questionnaire.
        answers: value by item.
    """
    scores: dict[str, Any] = dict(scale_scores(asked, answers))
    if asked.result != "circumplex":
        return scores
    position = position_of(scores)
    if position is not None:
        scores["position"] = [
            position.dominance, position.warmth, position.angle, position.length,
            list(position.letters),
        ]  # fmt: skip
    return scores


def position_in(scores: Mapping[str, Any]) -> Position | None:
    """The place on the circumplex that was kept; None where there is none."""
    kept = scores.get("position")
    if kept is None:
        return None
    dominance, warmth, angle, length, letters = kept
    return Position(dominance, warmth, angle, length, tuple(letters))


def reported(scores: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Statements that follow from a result, as (key of ``WISHES``, value).

    Args:
        scores: as kept of a sitting.
    """
    found = list(style_of(position_in(scores)).items())
    attachment = attachment_of(scores) if {"anxiety", "avoidance"} <= scores.keys() else ""
    return [*found, ("attachment", attachment)] if attachment else found
