"""What is proposed as the next action, what else was considered, and what it was chosen from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from troth.content.actions import deeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.content.actions import Deed
    from troth.guidance.facts import Reason, Situation
    from troth.guidance.next.budget import Budget

#: Decisions by which somebody takes it on.
TAKEN = ("accepted", "adapted")
#: Keys of what may hold an action back.
HELD_BY = ("rest", "budget", "declined", "taken", "owed")


@dataclass(frozen=True)
class Action:
    """One thing that may be done next.

    Attributes:
        key: of ``troth.content.actions``.
        why: the reason, with the event behind it.
        by_us: by when, microseconds UTC; None where nothing presses.
        spends: whether it takes up the quiet budget now.
        held_by: of ``HELD_BY`` what holds it back for now, or "".
    """

    key: str
    why: Reason
    by_us: int | None = None
    spends: bool = False
    held_by: str = ""

    @property
    def deed(self) -> Deed:
        """Its words."""
        return deeds()[self.key]


@dataclass(frozen=True)
class Choice:
    """What is proposed and what else was considered.

    Attributes:
        actions: the proposed one first, then what else could be done, then what is held back.
        budget: the quiet budget.
        channel: how they like to be met, where that is known, else "".
    """

    actions: tuple[Action, ...]
    budget: Budget
    channel: str = ""

    @property
    def best(self) -> Action:
        """What is proposed."""
        return self.actions[0]

    @property
    def others(self) -> tuple[Action, ...]:
        """What else was considered."""
        return self.actions[1:]


@dataclass(frozen=True)
class Decided:
    """What somebody made of an earlier proposal.

    Attributes:
        key: of the action.
        event_id: behind it, or "".
        decision: ``accepted``, ``adapted`` or ``declined``.
        t_us: when, microseconds UTC.
        spends: whether it took up the budget.
    """

    key: str
    event_id: str
    decision: str
    t_us: int
    spends: bool

    @property
    def taken(self) -> bool:
        """Whether somebody does it, as proposed or in their own way."""
        return self.decision in TAKEN


@dataclass(frozen=True)
class Standing:
    """What an action is chosen from.

    Attributes:
        situation: as a card is made from.
        ours: ids of the messages that we wrote.
        decided: earlier decisions, in any order.
        rest_us: since when they are left in peace, or None.
    """

    situation: Situation
    ours: frozenset[str] = frozenset()
    decided: Sequence[Decided] = field(default=())
    rest_us: int | None = None
