"""The day's list: promises, repairs, falling and quiet relationships, praise, and what to do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from troth.content.kinds import codebook
from troth.guidance.breaches import OpenBreach, open_breaches
from troth.guidance.falling import Falling, falling_relationships
from troth.guidance.promises import OpenPromise, open_promises, status_of
from troth.guidance.quiet import Quiet, quiet_relationships
from troth.guidance.relationship import trusted_in
from troth.guidance.standing import Row, standing_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

    import pyarrow as pa

    from troth.trust.explain import Explanation

__all__ = [
    "Falling", "Praise", "Promised", "Quiet", "Repair", "Today", "arranged", "todays_list",
]  # fmt: skip

MOST: Final = 10
PRAISE_DAYS: Final = 7
PRAISE_KINDS: Final = ("review", "recognition", "survey")
PRAISE_OUTCOME: Final = 0.9
#: A kind that loads integrity at least so much calls for the facts before any amends.
INTEGRITY: Final = 0.3
_DAY_US: Final = 86_400_000_000
_URGENCY: Final = {"overdue": 0, "due_today": 1, "due_soon": 2}


@dataclass(frozen=True)
class Promised:
    """A promise that is late, or due today or soon; ``action`` is the key of a phrase."""

    promise: OpenPromise
    action: str


@dataclass(frozen=True)
class Repair:
    """A breach that waits; ``action`` is the key of a phrase."""

    breach: OpenBreach
    action: str


@dataclass(frozen=True)
class Praise:
    """Kind words of the last week, and a phrase's key for what to do; ``t_us`` is UTC."""

    event_id: str
    kind: str
    t_us: int
    truster: str
    trustee: str
    organisation: str | None
    text: str
    action: str = "today.praise_thanks"


@dataclass(frozen=True)
class Today:
    """What to do today.

    Attributes:
        at_us: the time stood at, microseconds UTC.
        promises: late first (longest late first), then due today, then in the next two days.
        repairs: unanswered first, then the one that has waited longest.
        falling: worst fall in 30 days first, at most ten.
        quiet: most trust to lose first, at most ten.
        praise: newest first, at most ten.
        more: how many were left out, by section.
    """

    at_us: int
    promises: tuple[Promised, ...]
    repairs: tuple[Repair, ...]
    falling: tuple[Falling, ...]
    quiet: tuple[Quiet, ...]
    praise: tuple[Praise, ...]
    more: dict[str, int]

    def relationships(self) -> list[tuple[str, str]]:
        """(truster, house or trustee) of every entry, once each, in the order of the list."""
        promises = (item.promise for item in self.promises)
        breaches = (item.breach for item in self.repairs)
        found = [(told.truster, told.organisation or told.trustee) for told in promises]
        found += [(told.truster, told.organisation or told.trustee) for told in breaches]
        found += [(told.truster, told.trustee) for told in self.falling]
        found += [(told.truster, told.trustee) for told in self.quiet]
        found += [(told.truster, told.organisation or told.trustee) for told in self.praise]
        return list(dict.fromkeys(found))


def todays_list(
    events: pa.Table,
    now: Sequence[Row],
    at_us: int,
    zone: tzinfo,
    explain: Callable[[str, str], Explanation] | None = None,
) -> Today:
    """List what to do today.

    Args:
        events: the ledger's table.
        now: rows of the score table at level house (pair where no houses are named), at ``at_us``.
        at_us: microseconds UTC; only events strictly earlier are known.
        zone: the house's zone, whose calendar says what today is.
        explain: tells why of (truster, trustee), to find what made a relationship fall; without it
            the score table's reasons and then the events themselves are asked.

    Returns:
        The list. Trust of a house's own people in their house is left out: it is theirs to raise.
    """
    repairs = open_breaches(events, at_us)
    insiders = _insiders(events)
    customers = [row for row in now if (row["truster"], trusted_in(row)) not in insiders]
    waiting = {(b.truster, b.organisation or b.trustee) for b in repairs}
    return arranged(
        at_us,
        zone,
        open_promises(events, at_us, zone),
        repairs,
        falling_relationships(events, customers, at_us, waiting, explain),
        quiet_relationships(events, customers, at_us, zone),
        _praise(events, at_us),
    )


def arranged(
    at_us: int,
    zone: tzinfo,
    promises: Sequence[OpenPromise],
    repairs: Sequence[OpenBreach],
    falling: Sequence[Falling],
    quiet: Sequence[Quiet],
    praise: Sequence[Praise],
) -> Today:
    """Put what was found in the order of a day's work, each with one thing to do next.

    Args:
        at_us: microseconds UTC.
        zone: whose calendar says what today is.
        promises: open ones; their status is told anew for ``at_us``.
        repairs: breaches that wait.
        falling: worst first.
        quiet: most to lose first.
        praise: newest first.

    Returns:
        The list, cut to what a day can hold.
    """
    told = [replace(p, status=status_of(p.due_us, at_us, zone)) for p in promises]
    told = [p for p in told if p.status in _URGENCY]
    told.sort(key=lambda p: (_URGENCY[p.status], p.due_us or 0, p.event_id))
    late = {p.event_id for p in told if p.status == "overdue"}
    waiting = sorted(repairs, key=lambda b: (bool(b.steps), b.since_us, b.event_id))
    return Today(
        at_us=at_us,
        promises=tuple(Promised(p, _promise_action(p)) for p in told),
        repairs=tuple(Repair(b, _repair_action(b, late)) for b in waiting),
        falling=tuple(falling[:MOST]),
        quiet=tuple(quiet[:MOST]),
        praise=tuple(praise[:MOST]),
        more={
            name: len(found) - MOST
            for name, found in (("falling", falling), ("quiet", quiet), ("praise", praise))
            if len(found) > MOST
        },
    )


def _insiders(events: pa.Table) -> set[tuple[str, str]]:
    """(party, house) of everyone who acts for a house rather than being served by it.

    Customers are trusted too, when a promise of theirs is kept, so whoever is trusted in a house
    more often than trusting counts as one of its own people.
    """
    balance: Counter[tuple[str, str]] = Counter()
    for side, sign in (("trustee", 1), ("truster", -1)):
        counted = events.group_by([side, "organisation"]).aggregate([([], "count_all")]).to_pylist()
        for row in counted:
            balance[row[side], row["organisation"]] += sign * row["count_all"]
    return {who for who, count in balance.items() if count > 0}


def _promise_action(promise: OpenPromise) -> str:
    if promise.status == "overdue":
        return "today.promise_moved" if promise.moved else "today.promise_overdue"
    return "today.promise_today" if promise.status == "due_today" else "today.promise_soon"


def _repair_action(breach: OpenBreach, late: set[str]) -> str:
    if not breach.steps:
        return "today.repair_unanswered"
    if any(step.event_id in late for step in breach.steps):
        return "today.repair_late"
    if breach.first("promise_made") is not None:
        return "today.repair_promised"
    if breach.apologised:
        return "today.repair_apologised"
    kind = codebook().get(breach.kind)
    if kind is not None and kind.loadings["integrity"] >= INTEGRITY:
        return "today.repair_integrity"
    return "today.repair_answered"


def _praise(events: pa.Table, at_us: int) -> list[Praise]:
    since = at_us - PRAISE_DAYS * _DAY_US
    rows = [
        row
        for row in standing_rows(events, PRAISE_KINDS, at_us)
        if row["t_us"] >= since
        and row["text"]
        and row["outcome"] is not None
        and row["outcome"] >= PRAISE_OUTCOME
    ]
    rows.sort(key=lambda row: (-row["t_us"], row["event_id"]))
    return [
        Praise(
            row["event_id"], row["kind"], row["t_us"], row["truster"], row["trustee"],
            row["organisation"], row["text"],
        )
        for row in rows
    ]  # fmt: skip
