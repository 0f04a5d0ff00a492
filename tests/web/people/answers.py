"""Questionnaires taken in one go, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.content.questionnaires import questionnaires
from troth.web.people.actions.sittings import begin_sitting, finish_sitting, save_answers

if TYPE_CHECKING:
    from troth.web.people.models import Sitting


def taken(actor, name: str = "ipip_ipc", shared: str = "me", value: int | None = None) -> Sitting:
    """Somebody's finished sitting; by default answered as the dominant and warm would."""
    asked = questionnaires()[name]
    high = {"pa", "no", "lm"}
    told = {item.name: value or (5 if item.scale in high else 1) for item in asked.items}
    sitting = begin_sitting(actor, asked, shared, agreed=True)
    return finish_sitting(actor, asked, save_answers(asked, sitting, told))
