"""Bring everything that is kept beside the chain up to date with new rows, in their transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from troth.web.ledger import rows as records_of
from troth.web.ledger.aliases import aliases, resolved
from troth.web.ledger.cases import case_kinds, keep_cases
from troth.web.ledger.evidence import Body, body_of, changed_rows
from troth.web.ledger.levels import courses_of, elsewhere_of, levels_of
from troth.web.ledger.promises import keep_promises, promise_kinds
from troth.web.ledger.reckon import (
    relationship_ids,
    relationship_rows,
    save_points,
    save_relationships,
    unfolded,
)
from troth.web.ledger.stories import lived_by, stories_of
from troth.web.ledger.sums import (
    add_to,
    ground_keys,
    grounds,
    save_grounds,
    save_totals,
    total_keys,
    totals,
)
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.trust.parameters import Parameters
    from troth.trust.unfolding import Elsewhere
    from troth.types import BoolArray, FloatArray
    from troth.web.ledger.levels import Level
    from troth.web.ledger.models import Base
    from troth.web.ledger.rows import Record
    from troth.web.ledger.sums import Kept


def update_kept(new: Sequence[Record], base: Base, now_us: int, parameters: Parameters) -> None:
    """Sums, base rate, relationships, promises and cases after new rows.

    Args:
        new: rows just appended.
        base: the outcomes known so far; saved with the new ones.
        now_us: the time relationships are reckoned at.
        parameters: the weights.
    """
    names = aliases()
    fresh_rows = resolved(new, names)
    touched = _touched(fresh_rows, names)
    added = {row[0] for row in new}
    background = background_of(touched)
    loaded = lived_by(touched | background, names)
    body = body_of(loaded, parameters).of(touched | background)
    fresh = np.isin(body.event, np.array(sorted(added), dtype=np.int64))
    delta = changed_rows(loaded, body, fresh, parameters)
    lives = parameters.half_lives_days
    keys = total_keys(delta)
    total = totals({key for column in keys.values() for key in column}, lives)
    ground = grounds(touched | background, lives, ground_keys(delta))
    at = ground.rows_of(ground_keys(delta))
    ground = add_to(ground, at, delta, lives)
    save_grounds(ground, at)
    means = _means(body, fresh, base, parameters)
    insiders = insiders_of(touched)
    mine = np.isin(body.rows.truster, np.array(sorted(touched), dtype=np.int32))
    courses = courses_of(total, delta, lives)
    walks = []
    for level in levels_of(body, mine, insiders):
        told = elsewhere_of(level, _of_relation(level, fresh), courses)
        walks.append((level, told))
    for key in keys.values():
        total = add_to(total, total.rows_of(key), delta, lives)
    save_totals(total)
    asked = (now_us, float(parameters.running_mean(base.total, base.count)))
    for level, told in walks:
        _reckon(level, body, told, means, (ground, asked, insiders, fresh), parameters)
    moved = stories_of(loaded, added)
    kinds = {row[6] for row in new}
    if kinds & promise_kinds():
        keep_promises(moved)
    if kinds & case_kinds():
        keep_cases(moved)


def keep_beside(records: Sequence[Record]) -> None:
    """Promises and cases of some trusters, reckoned anew.

    Args:
        records: all events of the trusters, and of others in the same stories, in order.
    """
    keep_promises(records)
    keep_cases(records)


def _reckon(
    level: Level,
    body: Body,
    told: Elsewhere,
    means: FloatArray,
    known: tuple[Kept, tuple[int, float], set[int], BoolArray],
    parameters: Parameters,
) -> None:
    ground, asked, insiders, fresh = known
    trusters = {truster for truster, _ in level.keys}
    ids = relationship_ids(trusters)
    own = [ids.get(key, 0) for key in level.keys]
    walk = unfolded(level, body, own, (told, means[level.place]), parameters)
    save_relationships(relationship_rows(level, body, walk, ground, asked, insiders, parameters))
    ids = relationship_ids(trusters)
    since: dict[int, int] = {}
    for i in np.flatnonzero(_of_relation(level, fresh)).tolist():
        code, t_us = int(level.relation[i]), int(level.rows.from_us[i])
        since[code] = min(t_us, since.get(code, t_us))
    save_points(level, walk, ids, since)


def _of_relation(level: Level, fresh: BoolArray) -> BoolArray:
    return np.asarray(fresh[level.place] & (level.relation >= 0))


def _touched(new: Sequence[Record], names: dict[int, int]) -> set[int]:
    """Whose relationships change: trusters of the new rows, and of whatever those lead back to."""
    touched = {row[3] for row in new}
    seen: set[str] = set()
    refs = {row[13] for row in new if row[13]}
    while refs:
        rows = records_of.of_names(refs)
        touched |= {row[3] for row in resolved(rows, names)}
        seen |= refs
        refs = {row[13] for row in rows if row[13]} - seen
    return touched


def insiders_of(touched: set[int]) -> set[int]:
    """Of some parties, staff and teams."""
    kinds = (Party.Kind.STAFF, Party.Kind.TEAM)
    return set(Party.objects.filter(pk__in=touched, kind__in=kinds).values_list("pk", flat=True))


def background_of(touched: set[int]) -> set[int]:
    """Colleagues of touched staff, whose trust in them is returned or not."""
    inside = insiders_of(touched)
    if not inside:
        return set()
    kinds = (Party.Kind.STAFF, Party.Kind.TEAM)
    houses = Party.objects.filter(pk__in=inside).values_list("house", flat=True)
    return set(
        Party.objects.filter(kind__in=kinds, house__in=list(houses)).values_list("pk", flat=True)
    )


def _means(body: Body, fresh: BoolArray, base: Base, parameters: Parameters) -> FloatArray:
    """(n,) base rate once each fresh row was known, NaN for older rows; the base is moved on."""
    aims = fresh & body.target
    known, outcome = body.rows.from_us[aims], body.outcome[aims]
    means = np.full(len(body), np.nan)
    before = np.searchsorted(known, body.rows.from_us[fresh], side="right")
    total = np.concatenate([[0.0], np.cumsum(outcome)])[before]
    count = (before + base.count).astype(np.float64)
    means[fresh] = parameters.running_mean(total + base.total, count)
    base.count += int(known.size)
    base.total += float(outcome.sum())
    base.save(update_fields=["count", "total"])
    return means
