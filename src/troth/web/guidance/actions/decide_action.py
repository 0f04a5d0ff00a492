"""Somebody takes a proposal on, changes it, or declines it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from troth.guidance.next.action import TAKEN
from troth.pages.next_action import ADAPTS, REASONS
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import write_audit
from troth.web.guidance.actions.leave_in_peace import leave_in_peace
from troth.web.guidance.actions.show_action import show_action
from troth.web.guidance.models import Advised
from troth.web.guidance.next import budget_now, rest_of
from troth.web.ledger.models import Relationship

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.web.accounts.actor import Actor

#: So many characters of words are kept.
LONGEST = 1000


@dataclass(frozen=True)
class Decision:
    """What somebody decides.

    Attributes:
        decision: ``accepted``, ``adapted`` or ``declined``.
        reason: of ``REASONS``, for a decline.
        changes: of ``ADAPTS``, for what is adapted.
        words: in their own words; needed where something is adapted.
    """

    decision: str
    reason: str = ""
    changes: Sequence[str] = ()
    words: str = ""

    def check(self) -> None:
        """Refuse what is no decision.

        Raises:
            RefusedError: it is none of the three, declines without a reason, or adapts without words.
        """
        if self.decision not in ("accepted", "adapted", "declined"):
            raise RefusedError("next.refused.what", "decision")
        if self.decision == "declined" and self.reason not in REASONS:
            raise RefusedError("next.refused.reason", "reason")
        if self.decision == "adapted" and not self.words.strip():
            raise RefusedError("next.refused.words", "words")


def decide_action(
    actor: Actor, relationship: Relationship, shown: dict[str, Any], decided: Decision
) -> Advised:
    """Log a decision beside what was shown; an accepted peace keeps them off the day's list.

    It is no event of the ledger: what is then done for the customer is recorded where it is done.

    Args:
        actor: who decides.
        relationship: whose.
        shown: what they saw, as it was signed.
        decided: what they made of it.

    Raises:
        RefusedError: it is no decision, they decided on this before, or it reaches out and somebody has
            done so, or agreed to, since it was shown.
    """
    decided.check()
    with transaction.atomic():
        # Two colleagues decide one after the other, so that the second finds what the first agreed to.
        Relationship.objects.select_for_update().get(pk=relationship.pk)
        if decided.decision in TAKEN and shown["actions"][0]["spends"]:
            _check_room(actor, relationship, shown["budget"]["days"])
        row = show_action(actor, relationship, shown)
        row = Advised.objects.select_for_update().get(pk=row.pk)
        if row.decided_us is not None:
            raise RefusedError("next.refused.decided")
        row.decision, row.decided_us = decided.decision, actor.now_us
        row.reason = decided.reason if decided.decision == "declined" else ""
        row.words = decided.words.strip()[:LONGEST] if decided.decision != "accepted" else ""
        if decided.decision == "adapted":
            row.adapted = {"changes": [one for one in ADAPTS if one in decided.changes]}
        row.save()
        if row.action == "leave_in_peace" and decided.decision == "accepted":
            leave_in_peace(actor, relationship)
        write_audit(
            actor, "decide_action", str(relationship.pk), action=row.action,
            decision=row.decision, reason=row.reason,
        )  # fmt: skip
    return row


def _check_room(actor: Actor, relationship: Relationship, days: int) -> None:
    """Refuse an outreach for which there is no room any more.

    Raises:
        RefusedError: the budget is spent by now, or they are left in peace.
    """
    at_us = actor.now_us
    if rest_of(relationship) is not None or budget_now(relationship, at_us, days).spent:
        raise RefusedError("next.refused.budget")
