"""Evidence: what each event says about trust, and what later events take back of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from troth.content.kinds import codebook
from troth.ledger.amendments import AMENDMENT, Entry, amend
from troth.ledger.events import Events
from troth.ledger.links import targets_of
from troth.ledger.parties import codes_of, common_codes
from troth.ledger.schema import DIMENSIONS

if TYPE_CHECKING:
    from troth.types import AnyArray, BoolArray, CodeArray, FloatArray, IntArray


@dataclass(frozen=True)
class Evidence:
    """Rows of evidence as columns of one length n, by (from_us, event).

    Every event has one row of its own; a repair, a repeated breach or a correction adds rows with
    the keys and the decay time of the event that it amends.

    Attributes:
        truster: (n,) int32 code in ``parties``.
        trustee: (n,) int32 code in ``parties``.
        organisation: (n,) int32 code in ``organisations``; −1 for none.
        t_us: (n,) int64 time the mass decays from, microseconds UTC.
        from_us: (n,) int64 time the row is known from, ≥ ``t_us``.
        good: (n,) float64 mass for trust, weight × outcome.
        bad: (n,) float64 mass against trust, weight × (1 − outcome); negative in a repair.
        loadings: (n, 4) float64 share of the mass by dimension, summing to 1.
        event: (n,) int32 place in the events' table of the event that brings the row.
        breach: (n,) int32 place of the event that the row amends; −1 for an event's own row.
        open_change: (n,) int8 +1 where a breach opens, −1 where an open one closes, for the row's keys.
        judged: (n,) bool whether the row's outcome is a target for fitting.
        outcome: (n,) float64 the event's outcome, 0–1.
        parties: names of trusters and trustees by code.
        organisations: names of organisations by code.
    """

    truster: CodeArray
    trustee: CodeArray
    organisation: CodeArray
    t_us: IntArray
    from_us: IntArray
    good: FloatArray
    bad: FloatArray
    loadings: FloatArray
    event: CodeArray
    breach: CodeArray
    open_change: AnyArray
    judged: BoolArray
    outcome: FloatArray
    parties: list[str]
    organisations: list[str]

    def __len__(self) -> int:
        return int(self.truster.size)


def evidence_rows(events: Events, *, omit_retracted: bool = False) -> Evidence:
    """Turn events into rows of evidence.

    Args:
        events: checked and in order.
        omit_retracted: leave out events that a correction took back, and the corrections, as fitting
            does; else both stay, as history was known at each time.

    Returns:
        The rows.
    """
    own = _own_rows(events)
    entries = _entries(own, events)
    if not entries:
        return own
    amendments = amend(entries.values())
    if omit_retracted:
        standing = np.ones(len(own), dtype=np.bool_)
        standing[[e.place for e in entries.values() if e.retracts or not e.stands]] = False
        if not standing.all():
            return evidence_rows(Events(events.table.filter(pa.array(standing))))
    return _with_amendments(own, amendments)


def _own_rows(events: Events) -> Evidence:
    table = events.table
    coded = {
        name: table[name].combine_chunks()
        for name in ("truster", "trustee", "organisation", "kind")
    }
    (truster, trustee), parties = common_codes(coded["truster"], coded["trustee"])
    outcome, weight = table["outcome"].to_numpy(), table["weight"].to_numpy()
    if table["ref"].null_count < len(table):
        answers = table["ref"].is_valid().to_numpy() & _flags(coded["kind"], "repairs")
        weight = np.where(answers, 0.0, weight)
    good, bad = weight * outcome, weight * (1.0 - outcome)
    t_us, n = events.t_us, len(table)
    return Evidence(
        truster=truster,
        trustee=trustee,
        organisation=codes_of(coded["organisation"]),
        t_us=t_us,
        from_us=t_us,
        good=good,
        bad=bad,
        loadings=np.column_stack([table[name].to_numpy() for name in DIMENSIONS]),
        event=np.arange(n, dtype=np.int32),
        breach=np.full(n, -1, dtype=np.int32),
        open_change=(_flags(coded["kind"], "opens") & (bad > 0)).astype(np.int8),
        judged=_flags(coded["kind"], "judged"),
        outcome=outcome,
        parties=parties.to_pylist(),
        organisations=coded["organisation"].dictionary.to_pylist(),
    )


def _flags(kinds: pa.DictionaryArray, name: str) -> BoolArray:
    """(n,) whether each event's kind has the property ``name``."""
    by_code = [bool(getattr(codebook()[kind], name)) for kind in kinds.dictionary.to_pylist()]
    return np.array([*by_code, False])[codes_of(kinds)]


def _entries(own: Evidence, events: Events) -> dict[int, Entry]:
    """The events that change what another says, and those others; by place."""
    kinds = events.table["kind"].combine_chunks()
    opens, closes, retracts = (
        own.open_change > 0,
        _flags(kinds, "closes"),
        _flags(kinds, "retracts"),
    )
    having, target = targets_of(
        events.table["event_id"].combine_chunks(), events.table["ref"].combine_chunks()
    )
    changes = (opens | closes | _flags(kinds, "repairs"))[having] & (own.bad[target] > 0)
    matters = (target >= 0) & (retracts[having] | changes)
    having, target = having[matters], target[matters]
    own.open_change[having] = 0
    places = np.unique(np.concatenate([having, target]))
    names = kinds.take(pa.array(places)).to_pylist()
    plain = [places.tolist(), *(c[places].tolist() for c in (own.t_us, own.good, own.bad))]
    flags = [flag[places].tolist() for flag in (opens, closes, retracts)]
    loadings = map(tuple, own.loadings[places].tolist())
    entries = {
        place: Entry(place, t_us, good, bad, shares, _rho(name), *is_so)
        for place, t_us, good, bad, shares, name, *is_so in zip(
            *plain, loadings, names, *flags, strict=True
        )
    }
    for place, answered in zip(having.tolist(), target.tolist(), strict=True):
        entries[place].answers = entries[answered]
    return entries


@cache
def _rho(kind: str) -> tuple[float, ...]:
    repairs = codebook()[kind].repairs
    return tuple(repairs.get(d, 0.0) for d in DIMENSIONS) if repairs else ()


def _with_amendments(own: Evidence, amendments: AnyArray) -> Evidence:
    """Each amendment right behind its event's own row, with the keys of the event it amends."""
    if not amendments.size:
        return own
    event, amended = amendments["event"], amendments["breach"]
    added = {
        "truster": own.truster[amended],
        "trustee": own.trustee[amended],
        "organisation": own.organisation[amended],
        "t_us": own.t_us[amended],
        "from_us": own.t_us[event],
        "judged": np.zeros(event.size, dtype=np.bool_),
        "outcome": own.outcome[event],
        **{name: amendments[name] for name in AMENDMENT.names or ()},
    }
    columns = {}
    for field in fields(own):
        column = getattr(own, field.name)
        if field.name in added:
            column = np.insert(column, event + 1, added[field.name], axis=0)
        columns[field.name] = column
    return Evidence(**columns)
