"""Groups of events that are worlds of their own, such as the games of a tournament."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.decay import DAY_US

if TYPE_CHECKING:
    from troth.ledger.events import Events
    from troth.ledger.evidence import Evidence
    from troth.trust.trials import Ground
    from troth.types import AnyArray, BoolArray, IntArray


def group_of(evidence: Evidence, events: Events, column: str) -> AnyArray:
    """(n,) the group of each row's event, as text.

    Raises:
        ValueError: the column is not in the events.
    """
    if column not in events.table.column_names:
        msg = f"group column {column!r} is not in the events"
        raise ValueError(msg)
    values = events.table[column].cast("string").fill_null("").to_numpy()
    return np.asarray(values, dtype=np.str_)[evidence.event]


def in_groups(ground: Ground, column: str | None, tested: tuple[str, ...]) -> BoolArray:
    """(outcomes,) whether an outcome belongs to a tested group; all do where no column is named.

    Raises:
        ValueError: the column, or a group, is not in the events.
    """
    if column is None:
        return np.ones(int(ground.targets.sum()), dtype=np.bool_)
    groups = group_of(ground.evidence, ground.events, column)[ground.targets]
    missing = sorted(set(tested) - set(groups.tolist()))
    if missing:
        msg = f"no outcome has {column} = {', '.join(missing)}"
        raise ValueError(msg)
    return np.isin(groups, np.asarray(tested, dtype=np.str_))


def laid_end_to_end(
    evidence: Evidence, events: Events, column: str, tested: tuple[str, ...]
) -> Evidence:
    """Put groups that share no party one after another on a single clock, tested ones last.

    Groups with clocks of their own (the turns of a game) are not simultaneous, whatever their clocks
    say. Where groups share a party their times are real and stay.

    Args:
        evidence: rows sorted by ``from_us``.
        events: the events behind them.
        column: names the groups.
        tested: groups to be put last, in this order.

    Returns:
        The evidence with times moved, sorted by ``from_us``; unchanged where parties are shared or
        the groups already follow one another with the tested ones last.
    """
    names = group_of(evidence, events, column)
    distinct, codes = np.unique(names, return_inverse=True)
    if _share_parties(evidence, codes):
        return evidence
    rank = {name: i for i, name in enumerate(tested)}
    first = np.full(distinct.size, np.iinfo(np.int64).max)
    np.minimum.at(first, codes, evidence.t_us)
    order = sorted(
        range(distinct.size), key=lambda g: (rank.get(str(distinct[g]), -1), first[g], g)
    )
    shift = _shifts(evidence, codes, order, first)
    from_us = evidence.from_us + shift
    if (np.diff(from_us) >= 0).all() and not shift.any():
        return evidence
    by_time = np.lexsort((evidence.event, from_us))
    moved = replace(evidence, t_us=evidence.t_us + shift, from_us=from_us)
    columns = {
        name: getattr(moved, name)[by_time]
        for name in moved.__dataclass_fields__
        if name not in ("parties", "organisations")
    }
    return replace(moved, **columns)


def _share_parties(evidence: Evidence, codes: IntArray) -> bool:
    party = np.concatenate([evidence.truster, evidence.trustee]).astype(np.int64)
    both = np.unique(np.column_stack([party, np.concatenate([codes, codes])]), axis=0)
    return bool(np.unique(both[:, 0]).size < both.shape[0])


def _shifts(evidence: Evidence, codes: IntArray, order: list[int], first: IntArray) -> IntArray:
    """(n,) microseconds to move each row by; 0 for all where groups already follow in order."""
    last = np.full(first.size, np.iinfo(np.int64).min)
    np.maximum.at(last, codes, evidence.from_us)
    if all(first[b] > last[a] for a, b in pairwise(order)):
        return np.zeros(codes.size, dtype=np.int64)
    by_group = np.zeros(first.size, dtype=np.int64)
    clock = int(first.min())
    for group in order:
        by_group[group] = clock - first[group]
        clock += int(last[group] - first[group]) + DAY_US
    return by_group[codes]
