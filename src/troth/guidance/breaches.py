"""Breaches that wait for repair, with what has been done about each so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.content.kinds import codebook
from troth.guidance.standing import Deed, Row, standing_rows

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class OpenBreach:
    """A case that waits: a breach and those that repeat it or complain of it, until one event closes all.

    Attributes:
        event_id: the latest event that opened the case, or opened it again.
        root: the event that the case goes back to.
        kind: kind of ``event_id``.
        truster: who was let down.
        trustee: by whom, at ``event_id``.
        organisation: in which house, or None.
        since_us: how long the case has been open, microseconds UTC.
        text: the sentence of the latest opening event that has one.
        steps: what was done about it since, in order of time.
    """

    event_id: str
    root: str
    kind: str
    truster: str
    trustee: str
    organisation: str | None
    since_us: int
    text: str | None
    steps: tuple[Deed, ...]

    @property
    def latest(self) -> Deed | None:
        """The last thing done about it; None where nobody has reacted."""
        return self.steps[-1] if self.steps else None

    def first(self, kind: str) -> Deed | None:
        """The first step of a kind, say ``apology`` or ``complaint_answered``; None where there was none."""
        return next((step for step in self.steps if step.kind == kind), None)

    @property
    def answered(self) -> bool:
        """Whether the complaint was answered since the case was opened."""
        return self.first("complaint_answered") is not None

    @property
    def apologised(self) -> bool:
        """Whether anyone said sorry since the case was opened."""
        return self.first("apology") is not None


def open_breaches(events: pa.Table, at_us: int) -> list[OpenBreach]:
    """List the cases that wait for repair at a time, as the ledger counts them.

    A case starts with a breach; whatever opens a breach and refers to one of the case belongs to it.
    It is open while the latest of its opening and closing events is an opening one.

    Args:
        events: the ledger's table (event_id, t_us, truster, trustee, organisation, kind, outcome, ref,
            text, and weight where there is one).
        at_us: microseconds UTC; only events strictly earlier are known.

    Returns:
        Open cases, the one that has waited longest first.
    """
    kinds = codebook()
    # A promise to put things right is a step as well, though by itself it repairs nothing.
    wanted = [
        kind.name for kind in kinds.values() if kind.weight > 0 or kind.closes or kind.repairs
    ]
    rows = {row["event_id"]: row for row in standing_rows(events, [*wanted, "promise_made"], at_us)}
    cases: dict[str, list[Row]] = defaultdict(list)
    for row in rows.values():
        kind = kinds[row["kind"]]
        if kind.opens:
            cases[_root(row, rows)].append(row)
        elif row["ref"] in rows and (kind.closes or kind.repairs or row["kind"] == "promise_made"):
            cases[_root(rows[row["ref"]], rows)].append(row)
    found = [
        breach for root, case in cases.items() if (breach := _open_breach(root, case)) is not None
    ]
    return sorted(found, key=lambda breach: (breach.since_us, breach.event_id))


def _root(row: Row, rows: dict[str, Row]) -> str:
    while codebook()[row["kind"]].opens and row["ref"] in rows and _is_breach(rows[row["ref"]]):
        row = rows[row["ref"]]
    return str(row["event_id"])


def _is_breach(row: Row) -> bool:
    weight = row.get("weight")
    outcome = row["outcome"]
    usual = codebook()[row["kind"]]
    outcome = usual.outcome if outcome is None else outcome
    return (usual.weight if weight is None else weight) > 0 and outcome is not None and outcome < 1


def _open_breach(root: str, case: list[Row]) -> OpenBreach | None:
    """Tell an open case from its rows in order of time; None where it is closed or never was a breach."""
    kinds = codebook()
    ends = [place for place, row in enumerate(case) if kinds[row["kind"]].closes]
    told = case[ends[-1] + 1 :] if ends else case
    openings = [row for row in told if kinds[row["kind"]].opens]
    if not openings:
        return None
    last = openings[-1]
    since = openings[0]["t_us"]
    steps = [row for row in told if not kinds[row["kind"]].opens and row["t_us"] >= since]
    return OpenBreach(
        event_id=last["event_id"],
        root=root,
        kind=last["kind"],
        truster=last["truster"],
        trustee=last["trustee"],
        organisation=last["organisation"],
        since_us=since,
        text=next((row["text"] for row in reversed(openings) if row["text"]), None),
        steps=tuple(
            Deed(row["event_id"], row["kind"], row["t_us"], row["trustee"], row["text"])
            for row in steps
        ),
    )
