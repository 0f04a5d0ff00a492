"""Evidence: what each event says about trust, and what later events take back of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from troth.content.kinds import codebook
from troth.ledger.book import Book
from troth.ledger.events import Events
from troth.ledger.links import targets_of
from troth.ledger.parties import codes_of, common_codes
from troth.ledger.schema import DIMENSIONS

if TYPE_CHECKING:
    from troth.ledger.amendments import Amendments
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
        open_change: (n,) int8 +1 where a breach opens, −1 where an open one closes, by its keys.
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
        omit_retracted: leave out events that a correction took back, and corrections, as fitting
            does; else both stay, as history was known at each time.

    Returns:
        The rows.
    """
    kept = without_retracted(events) if omit_retracted else events
    own = _own_rows(kept)
    places, book = _book(own, kept)
    if not places.size:
        return own
    from troth.ledger.amendments import amend

    return _with_amendments(own, places, amend(book))


def without_retracted(events: Events) -> Events:
    """The events without those that a correction took back, and without the corrections.

    Args:
        events: checked and in order.

    Returns:
        The same events where nothing was taken back.
    """
    own = _own_rows(events)
    places, book = _book(own, events)
    if not book.retracts.any():
        return events
    from troth.ledger.amendments import amend

    kept = np.ones(len(own), dtype=np.bool_)
    kept[places] = amend(book).standing & ~book.retracts
    return Events(events.table.filter(pa.array(kept)))


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


def _book(own: Evidence, events: Events) -> tuple[IntArray, Book]:
    """Places of the events that change what another says, and of those others; and what they are.

    Where such an event opens a breach, its own row no longer says so: it opens an older case anew.
    """
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
    reopens = having[own.bad[target] > 0]
    own.open_change[reopens] = 0
    places = np.unique(np.concatenate([having, target]))
    answers = np.full(places.size, -1, dtype=np.int32)
    answers[np.searchsorted(places, having)] = np.searchsorted(places, target)
    rho = np.array([_rho(kind) for kind in kinds.dictionary.to_pylist()]).reshape(-1, 4)
    book = Book(
        t_us=own.t_us[places],
        answers=answers,
        good=own.good[places],
        bad=own.bad[places],
        loadings=np.ascontiguousarray(own.loadings[places]),
        rho=rho[codes_of(kinds)[places]],
        opens=opens[places],
        closes=closes[places],
        retracts=retracts[places],
    )
    return places, book


def _rho(kind: str) -> list[float]:
    return [codebook()[kind].repairs.get(dimension, 0.0) for dimension in DIMENSIONS]


def _with_amendments(own: Evidence, places: IntArray, changes: Amendments) -> Evidence:
    """Each change right behind its event's own row, with the keys of the event it amends."""
    event, amended = places[changes.event], places[changes.breach]
    added: dict[str, AnyArray] = {
        "truster": own.truster[amended],
        "trustee": own.trustee[amended],
        "organisation": own.organisation[amended],
        "t_us": own.t_us[amended],
        "from_us": own.t_us[event],
        "good": changes.good,
        "bad": changes.bad,
        "loadings": changes.loadings,
        "event": event,
        "breach": amended,
        "open_change": changes.open_change,
        "judged": np.zeros(event.size, dtype=np.bool_),
        "outcome": own.outcome[event],
    }
    columns: dict[str, Any] = {}
    for field in fields(own):
        column = getattr(own, field.name)
        if field.name in added:
            column = np.insert(column, event + 1, added[field.name], axis=0)
        columns[field.name] = column
    return Evidence(**columns)
