"""One relationship's own events, as the ledger holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from troth.guidance.standing import COLUMNS, Row

if TYPE_CHECKING:
    from collections.abc import Sequence


def own_events(events: pa.Table, truster: str, trustee: str, at_us: int) -> list[Row]:
    """Read what happened between a truster and a party, or anyone of an organisation.

    Args:
        events: the ledger's table.
        truster: id of who trusts.
        trustee: id of a party, or of an organisation, which then stands for all its members.
        at_us: microseconds UTC; only events strictly earlier are known.

    Returns:
        One dict an event, in order of (t_us, event_id); corrections and what they took back too.
    """
    names = {
        name: pc.cast(events[name], pa.string()) for name in ("truster", "trustee", "organisation")
    }
    with_whom = pc.or_kleene(
        pc.equal(names["trustee"], trustee), pc.equal(names["organisation"], trustee)
    )
    about = pc.and_(pc.equal(names["truster"], truster), pc.fill_null(with_whom, False))
    known = pc.and_(about, pc.less(events["t_us"], pa.scalar(at_us)))
    columns = [name for name in (*COLUMNS, "channel") if name in events.column_names]
    rows: list[Row] = events.select(columns).filter(known).to_pylist()
    return sorted(rows, key=lambda row: (row["t_us"], row["event_id"]))


def trusted_in(row: Row) -> str:
    """Who is trusted, in a row of the score table at level house or pair."""
    return str(row["organisation"] if row.get("organisation") is not None else row["trustee"])


def taken_back(rows: Sequence[Row]) -> set[str]:
    """Ids of the events that a standing correction took back."""
    from troth.content.kinds import codebook

    kinds = codebook()
    gone: set[str] = set()
    for row in reversed(rows):
        kind = kinds.get(row["kind"])
        if kind is not None and kind.retracts and row["event_id"] not in gone and row["ref"]:
            gone.add(row["ref"])
    return gone
