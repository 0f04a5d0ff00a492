"""The events of some kinds that stand at a time: told before it and not taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from troth.content.kinds import codebook
from troth.ledger.links import depths

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS = [
    "event_id",
    "t_us",
    "truster",
    "trustee",
    "organisation",
    "kind",
    "outcome",
    "weight",
    "ref",
    "due_us",
    "text",
]
Row = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """One event as it is told: its kind, when (microseconds UTC), by whom, and the sentence."""

    event_id: str
    kind: str
    t_us: int
    trustee: str
    text: str | None


def standing_rows(events: pa.Table, kinds: Iterable[str], at_us: int) -> list[Row]:
    """Read the standing events of some kinds.

    Args:
        events: the ledger's table; of its columns those in COLUMNS are read, ``weight`` if there is one.
        kinds: names of the kinds wanted.
        at_us: microseconds UTC; only events strictly earlier are known.

    Returns:
        One dict an event, in order of (t_us, event_id), without those that a correction took back;
        within one instant an answer follows what it answers.
    """
    retracting = [kind.name for kind in codebook().values() if kind.retracts]
    wanted = pa.array([*kinds, *retracting], pa.string())
    known = pc.and_(
        pc.less(events["t_us"], pa.scalar(at_us)),
        pc.is_in(pc.cast(events["kind"], pa.string()), value_set=wanted),
    )
    names = [name for name in COLUMNS if name in events.column_names]
    rows: list[Row] = events.select(names).filter(known).to_pylist()
    rows = _in_order(rows)
    taken_back: set[str] = set()
    for row in reversed(rows):
        if row["kind"] in retracting and row["event_id"] not in taken_back:
            taken_back.add(row["ref"])
    return [
        row for row in rows if row["kind"] not in retracting and row["event_id"] not in taken_back
    ]


def _in_order(rows: list[Row]) -> list[Row]:
    """By time; files that tell only days put a promise and its keeping into one instant."""
    when = {row["event_id"]: row["t_us"] for row in rows}
    together = {row["event_id"]: row["ref"] for row in rows if when.get(row["ref"]) == row["t_us"]}
    steps = depths(together)
    return sorted(
        rows, key=lambda row: (row["t_us"], steps.get(row["event_id"], 0), row["event_id"])
    )
