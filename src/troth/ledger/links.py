"""Which event answers which: references resolved, and those that cannot be refused."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.casting import true_where

if TYPE_CHECKING:
    from troth.ledger.rejections import Marks
    from troth.types import BoolArray, IntArray

_Name = TypeVar("_Name", int, str)


def targets_of(ids: pa.Array, refs: pa.Array) -> tuple[IntArray, IntArray]:
    """Resolve references.

    Args:
        ids: (n,) event ids, without repeats.
        refs: (n,) the id that each event answers, or null.

    Returns:
        Positions (m,) of the events with a reference, and (m,) of those they name; −1 for none.
    """
    having = np.flatnonzero(true_where(pc.is_valid(refs)))
    if not having.size:
        return having, having
    coded = refs.take(pa.array(having)).dictionary_encode()
    slot = pc.index_in(ids, value_set=coded.dictionary)
    place = np.flatnonzero(true_where(pc.is_valid(slot)))
    position = np.full(len(coded.dictionary), -1, dtype=np.int64)
    position[slot.take(pa.array(place)).to_numpy()] = place
    return having, position[coded.indices.to_numpy()]


def mark_bad_refs(
    columns: dict[str, pa.Array],
    marks: Marks,
    repeated: BoolArray,
    recorded: pa.Table | None = None,
) -> None:
    """Mark events that name no event, themselves, a later one, or one that is refused.

    Args:
        columns: typed columns of all files together.
        marks: receives the problems.
        repeated: (n,) records to look past, since they only repeat another.
        recorded: events on record already (event_id, t_us), which may be named too.
    """
    ids, refs = columns["event_id"], columns["ref"]
    if refs.null_count == len(refs):
        return
    kept = np.flatnonzero(marks.good & ~repeated)
    having, target = targets_of(ids.take(pa.array(kept)), refs.take(pa.array(kept)))
    having = kept[having]
    target = np.where(target >= 0, np.append(kept, -1)[target], -1)

    def mark(bad: BoolArray, key: str) -> None:
        everywhere = np.zeros(len(ids), dtype=np.bool_)
        everywhere[having[bad]] = True
        marks.mark(everywhere, "ref", key, refs)

    mark(target == having, "ref_itself")
    t_us = columns["t_us"].to_numpy()
    later = (target >= 0) & (t_us[target] > t_us[having])
    mark(later | _circular(having, target, t_us), "ref_later")
    absent = target < 0
    if absent.any() and recorded is not None and recorded.num_rows:
        place = pc.index_in(
            refs.take(pa.array(having)), value_set=recorded["event_id"].combine_chunks()
        )
        there = absent & true_where(pc.is_valid(place))
        when = pc.fill_null(recorded["t_us"].combine_chunks().take(place), 0).to_numpy()
        mark(there & (when > t_us[having]), "ref_later")
        absent &= ~there
    if absent.any():
        refused = pc.is_in(refs.take(pa.array(having)), value_set=ids.filter(pa.array(~marks.good)))
        mark(absent & true_where(refused), "ref_rejected")
        mark(absent, "ref_dangling")
    mark(_hanging(having, target, marks.good), "ref_rejected")


def _hanging(having: IntArray, target: IntArray, good: BoolArray) -> BoolArray:
    """(m,) events that answer one that is refused, or that hangs on such a one itself."""
    lost = set(np.flatnonzero(~good).tolist())
    answered_by: dict[int, list[int]] = defaultdict(list)
    for event, answered in zip(having.tolist(), target.tolist(), strict=True):
        answered_by[answered].append(event)
    pending = [answered for answered in answered_by if answered in lost]
    hanging: set[int] = set()
    while pending:
        for event in answered_by.get(pending.pop(), ()):
            if event not in lost and event not in hanging:
                hanging.add(event)
                pending.append(event)
    return np.isin(having, list(hanging))


def _circular(having: IntArray, target: IntArray, t_us: IntArray) -> BoolArray:
    """Events that answer each other in a ring, which only events of one instant can."""
    circular = np.zeros(having.size, dtype=np.bool_)
    together = (target >= 0) & (t_us[target] == t_us[having]) & (target != having)
    answers = dict(zip(having[together].tolist(), target[together].tolist(), strict=True))
    depth = depths(answers)
    for i in np.flatnonzero(together):
        circular[i] = depth[int(having[i])] < 0
    return circular


def depths(answers: dict[_Name, _Name]) -> dict[_Name, int]:
    """How many answers stand between each event and the one that answers none.

    Args:
        answers: the event that each event answers.

    Returns:
        Depth ≥ 1 of each event in ``answers``; −1 where the chain never ends.

    >>> depths({2: 1, 3: 2, 5: 5})
    {2: 1, 3: 2, 5: -1}
    """
    found: dict[_Name, int] = {}
    for start in answers:
        chain: list[_Name] = []
        seen: set[_Name] = set()
        event = start
        while event in answers and event not in found and event not in seen:
            seen.add(event)
            chain.append(event)
            event = answers[event]
        depth = -1 if event in seen else found.get(event, 0)
        for link in reversed(chain):
            depth = depth + 1 if depth >= 0 else -1
            found[link] = depth
    return found
