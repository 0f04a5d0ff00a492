"""What events on record say about trust: rows of evidence, and what a few new events change of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from troth.content.kinds import contact_kinds
from troth.ledger.evidence import evidence_rows
from troth.traces.rows import Rows
from troth.trust.trials import kind_factors, targets_of
from troth.web.ledger.rows import events_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.ledger.events import Events
    from troth.trust.parameters import Parameters
    from troth.types import AnyArray, BoolArray, FloatArray, IntArray
    from troth.web.ledger.rows import Record

_NONE = -1


@dataclass(frozen=True)
class Body:
    """Evidence of some trusters, by numbers of parties.

    Attributes:
        events: behind it.
        rows: sorted by ``from_us``; parties by their numbers.
        event: (n,) number on record of the event that brings each row.
        amended: (n,) place in ``events`` of the event that a row amends; −1 for own rows.
        open_change: (n,) breaches opened (+) or closed (−).
        target: (n,) outcomes that the base rate counts.
        outcome: (n,) 0–1.
        contact: (n,) rows of events in which somebody met the truster.
    """

    events: Events
    rows: Rows
    event: IntArray
    amended: IntArray
    open_change: AnyArray
    target: BoolArray
    outcome: FloatArray
    contact: BoolArray

    def __len__(self) -> int:
        return len(self.rows)

    def of(self, trusters: set[int]) -> Body:
        """The evidence of some trusters alone."""
        mine = np.isin(self.rows.truster, np.array(sorted(trusters), dtype=np.int32))
        if mine.all():
            return self
        rest = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "events"}
        rows = rest.pop("rows").take(mine)
        return Body(self.events, rows, **{name: column[mine] for name, column in rest.items()})


def body_of(records: Sequence[Record], parameters: Parameters) -> Body:
    """Weigh events.

    Args:
        records: in order of (t_us, event_id), under today's names.
        parameters: of which learned factors of kinds are used.
    """
    events = events_of(records)
    evidence = evidence_rows(events)
    parties = np.array([int(name) for name in evidence.parties], dtype=np.int32)
    houses = np.array([*(int(name) for name in evidence.organisations), _NONE], dtype=np.int32)
    factor = kind_factors(evidence, events, parameters.kinds)
    numbers = np.array([record[0] for record in records], dtype=np.int64)
    rows = Rows(
        truster=parties[evidence.truster] if len(evidence) else evidence.truster,
        trustee=parties[evidence.trustee] if len(evidence) else evidence.trustee,
        organisation=houses[evidence.organisation],
        t_us=evidence.t_us,
        from_us=evidence.from_us,
        good=evidence.good * factor,
        bad=evidence.bad * factor,
        loadings=evidence.loadings,
    )
    return Body(
        events, rows, numbers[evidence.event], evidence.breach.astype(np.int64),
        evidence.open_change, targets_of(evidence, events), evidence.outcome,
        np.array([record[6] in contact_kinds() for record in records], dtype=np.bool_)[evidence.event],
    )  # fmt: skip


def _amendments(body: Body) -> Counter[tuple[Any, ...]]:
    """Rows that amend others, as values that can be compared and counted."""
    place = np.flatnonzero(body.amended >= 0)
    part = body.rows.take(place)
    columns = [
        getattr(part, name).tolist()
        for name in ("truster", "trustee", "organisation", "t_us", "from_us", "good", "bad")
    ]
    loadings = map(tuple, part.loadings.tolist())
    return Counter(zip(*columns, loadings, strict=True))


def rows_of_tuples(told: Sequence[tuple[Any, ...]], signs: Sequence[int]) -> Rows:
    """Rows from (truster, trustee, organisation, t_us, from_us, good, bad, loadings) and signs."""
    columns = list(zip(*told, strict=True)) or [()] * 8
    sign = np.array(signs, dtype=np.float64)
    truster, trustee, organisation = (np.array(columns[i], dtype=np.int32) for i in range(3))
    t_us, from_us = (np.array(columns[i], dtype=np.int64) for i in (3, 4))
    good, bad = (np.array(columns[i], dtype=np.float64) * sign for i in (5, 6))
    loadings = np.array(columns[7], dtype=np.float64).reshape(-1, 4)
    return Rows(truster, trustee, organisation, t_us, from_us, good, bad, loadings)


def joined(*parts: Rows) -> Rows:
    """Rows one after another, sorted by ``from_us``."""
    columns = [
        np.concatenate([getattr(part, name) for part in parts])
        for name in (
            "truster",
            "trustee",
            "organisation",
            "t_us",
            "from_us",
            "good",
            "bad",
            "loadings",
        )
    ]
    rows = Rows(*columns)
    return rows.take(np.argsort(rows.from_us, kind="stable"))


def changed_rows(
    records: Sequence[Record], body: Body, fresh: BoolArray, parameters: Parameters
) -> Rows:
    """What new events add to the kept sums, late repairs and corrections included.

    What an older event amends can only change where a new one comes between; those trusters' amendments
    are worked out with and without the new events, everybody else's are simply those that are new.

    Args:
        records: new ones included, in order.
        body: of them.
        fresh: (n,) rows that new events bring.
        parameters: the weights.

    Returns:
        Rows sorted by ``from_us``; those that no longer hold are taken back by their negative.
    """
    new = set(body.event[fresh].tolist())
    late = _late(records, new)
    if not late:
        return joined(body.rows.take(fresh))
    apart = np.isin(body.rows.truster, np.array(sorted(late), dtype=np.int32))
    amends = body.amended >= 0
    plain = joined(body.rows.take(fresh & ~(apart & amends)))
    theirs = [row for row in records if row[3] in late]
    now = _amendments(body_of(theirs, parameters))
    was = _amendments(body_of([row for row in theirs if row[0] not in new], parameters))
    added, gone = list((now - was).elements()), list((was - now).elements())
    signs = [1] * len(added) + [-1] * len(gone)
    return joined(plain, rows_of_tuples([*added, *gone], signs))


def _late(records: Sequence[Record], new: set[int]) -> set[int]:
    """Trusters whose older amendments may change.

    A new event comes between older answers, is answered by an older one, or answers an event about
    somebody else's trust.
    """
    whose = {row[1]: (row[3], row[0] in new) for row in records}
    first: dict[int, int] = {}
    last: dict[int, int] = {}
    late: set[int] = set()
    for row in records:
        if row[13] is None:
            continue
        truster, is_new = whose.get(row[13], (row[3], False))
        if truster != row[3]:
            late |= {truster, row[3]}
        if row[0] in new:
            first.setdefault(row[3], row[2])
        else:
            last[row[3]] = row[2]
            if is_new:
                late.add(row[3])
    between = {truster for truster, t_us in first.items() if last.get(truster, t_us - 1) >= t_us}
    return late | between
