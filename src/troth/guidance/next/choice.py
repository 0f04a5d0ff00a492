"""Choose the next action: what is owed first, then what may be done, then peace."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from troth.guidance.facts import DAY_US, Reason
from troth.guidance.next.action import TAKEN, Action, Choice
from troth.guidance.next.budget import DAYS, ROOMY_DAYS, budget_of
from troth.guidance.next.candidates import Ground, stated

if TYPE_CHECKING:
    from troth.guidance.next.action import Decided, Standing
    from troth.guidance.next.budget import Budget

#: So long a decline holds an action back; what is owed comes back the next day.
DECLINED_DAYS: Final = 14
OWED_DAYS: Final = 1


def next_actions(standing: Standing) -> Choice:
    """Rank what may be done next for a relationship.

    What is owed is never held back by the budget. Whatever else reaches out unasked waits until a
    fortnight after the last outreach, and while the team leaves them in peace.

    Args:
        standing: what is known.

    Returns:
        Always something: where nothing is owed and nothing may be done, to leave them in peace. What is
        owed and was declined stays in sight; nobody is left in peace with a debt of ours open.

    Source: our choice, decision 0030.
    """
    ground = Ground.of(standing)
    at_us = ground.at_us
    roomy = stated(standing.situation, "attachment") == "avoidant"
    accepted = [one.t_us for one in standing.decided if one.spends and one.taken]
    budget = budget_of(ground.contacts, accepted, at_us, ROOMY_DAYS if roomy else DAYS)
    found = [
        replace(one, held_by=_held_by(one, standing, budget, at_us)) for one in ground.candidates()
    ]
    found.append(_peace(standing, budget, found))
    found.sort(key=lambda one: (bool(one.held_by), one.deed.place))
    wish = standing.situation.person.wish("channel")
    return Choice(tuple(found), budget, wish.value if wish else "")


def _held_by(action: Action, standing: Standing, budget: Budget, at_us: int) -> str:
    owed = action.deed.owed
    for decided in standing.decided:
        if (decided.key, decided.event_id) != (action.key, action.why.event_id):
            continue
        days = OWED_DAYS if owed and decided.decision == "declined" else DECLINED_DAYS
        if at_us - decided.t_us < days * DAY_US and not _still_owed(owed, decided):
            return "declined" if decided.decision == "declined" else "taken"
    if action.spends and standing.rest_us is not None:
        return "rest"
    return "budget" if action.spends and budget.spent else ""


def _still_owed(owed: bool, decided: Decided) -> bool:  # noqa: FBT001 - a plain fact beside another
    """Whether somebody took it on and the ledger does not show it done: it stays in sight."""
    return owed and decided.decision in TAKEN


def _peace(standing: Standing, budget: Budget, found: list[Action]) -> Action:
    """To do nothing, with the reason; held back as long as anything is owed."""
    key = "leave_in_peace"
    if any(one.deed.owed for one in found):
        return Action(key, Reason("owed_first"), held_by="owed")
    if standing.rest_us is not None:
        return Action(key, Reason("rests", t_us=standing.rest_us))
    if budget.spent and any(one.held_by == "budget" for one in found):
        return Action(key, Reason("budget", t_us=budget.last_us))
    return Action(key, Reason("nothing_owed"))
