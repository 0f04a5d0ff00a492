"""Relationships whose trust fell most in the last month, each with the event that did it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.content.kinds import codebook
from troth.guidance.relationship import own_events, taken_back, trusted_in
from troth.guidance.standing import Deed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from troth.guidance.standing import Row
    from troth.trust.explain import Explanation

    Explain = Callable[[str, str], Explanation]

#: A fall of the probability that is worth a look; it and its cause lie within so many days.
FALL: Final = -0.02
DAYS: Final = 30
_DAY_US: Final = 86_400_000_000
_REASON: Final = re.compile(r"(\S+) (.+) ([+-][0-9.e-]+)", re.DOTALL)


@dataclass(frozen=True)
class Falling:
    """A relationship whose trust fell.

    Attributes:
        truster: who trusts less.
        trustee: the house (or party) trusted.
        probability: the belief now.
        trend: its change over 30 days, below zero.
        cause: the event behind it; None where good experience has only faded.
        action: key of a phrase.
    """

    truster: str
    trustee: str
    probability: float
    trend: float
    cause: Deed | None
    action: str


def falling_relationships(
    events: pa.Table,
    now: Sequence[Row],
    at_us: int,
    waiting: set[tuple[str, str]],
    explain: Explain | None,
) -> list[Falling]:
    """List the relationships that fell.

    Args:
        events: the ledger's table.
        now: rows of the score table at level house or pair, at ``at_us``.
        at_us: microseconds UTC.
        waiting: (truster, house or party) of those that have a breach open.
        explain: tells why of (truster, trustee); None to go by the table's reasons.

    Returns:
        Worst fall first; those with too little evidence are left out.
    """
    rows = [row for row in now if row["enough"] and row["trend"] <= FALL]
    rows.sort(key=lambda row: (row["trend"], row["truster"], trusted_in(row)))
    found = []
    for row in rows:
        who = (row["truster"], trusted_in(row))
        cause = _cause(events, row, at_us, explain)
        action = (
            "today.falling_open"
            if who in waiting
            else "today.falling_cause"
            if cause
            else "today.falling_faded"
        )
        found.append(Falling(*who, row["probability"], row["trend"], cause, action))
    return found


def _cause(events: pa.Table, row: Row, at_us: int, explain: Explain | None) -> Deed | None:
    truster, trustee = row["truster"], trusted_in(row)
    own = own_events(events, truster, trustee, at_us)
    gone = taken_back(own)
    recent = [
        event
        for event in own
        if event["t_us"] >= at_us - DAYS * _DAY_US
        and event["event_id"] not in gone
        and _harm(event) > 0
    ]
    if not recent:
        return None
    if explain is None:
        phi = _reasons(row)
    else:
        phi = {told.event_id: told.phi for told in explain(truster, trustee).contributions}
    worst = min(
        recent, key=lambda event: (phi.get(event["event_id"], 0.0), -_harm(event), -event["t_us"])
    )
    return Deed(worst["event_id"], worst["kind"], worst["t_us"], worst["trustee"], worst["text"])


def _harm(event: Row) -> float:
    """Mass against trust that an event brought, by its kind where the row does not say."""
    kind = codebook().get(event["kind"])
    weight, outcome = event.get("weight"), event["outcome"]
    if kind is not None:
        weight = kind.weight if weight is None else weight
        outcome = kind.outcome if outcome is None else outcome
    return 0.0 if outcome is None else float((weight or 0.0) * (1.0 - outcome))


def _reasons(row: Row) -> dict[str, float]:
    """Log-odds by event id, from columns such as ``promise_broken hotel-000123 -0.82``."""
    found = {}
    for i in (1, 2, 3):
        told = _REASON.fullmatch(row.get(f"reason_{i}") or "")
        if told:
            found[told[2]] = float(told[3])
    return found
