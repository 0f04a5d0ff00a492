"""Reckon everything anew from the ledger, in batch, and say how far what was kept differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.db import connection, transaction

from troth.traces.batch import sum_rows
from troth.traces.kept import add_rows, brought, width_of
from troth.trust.trials import running_base
from troth.trust.unfolding import Elsewhere
from troth.web.ledger import rows as records_of
from troth.web.ledger.aliases import aliases
from troth.web.ledger.evidence import body_of, joined
from troth.web.ledger.levels import courses_of, elsewhere_of, levels_of
from troth.web.ledger.models import Base, Event, Ground, Relationship, Total
from troth.web.ledger.reckon import (
    relationship_ids,
    relationship_rows,
    save_points,
    save_relationships,
    unfolded,
)
from troth.web.ledger.stories import lived_by, whole
from troth.web.ledger.sums import Kept, grounds, total_keys
from troth.web.ledger.update import background_of, insiders_of, keep_beside
from troth.web.ledger.weights import desk_parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from troth.traces.rows import Rows
    from troth.traces.tables import Table
    from troth.trust.parameters import Parameters
    from troth.types import FloatArray, IntArray
    from troth.web.ledger.evidence import Body
    from troth.web.ledger.levels import Courses

#: Trusters reckoned at a time.
AT_ONCE: Final = 4_000
TOLERANCE: Final = 1e-9


@dataclass(frozen=True)
class Report:
    """What a rebuild found.

    Attributes:
        events: on record.
        keys: sums compared.
        differing: sums that differed by more than 1e-9·max(1, S), missing ones included.
        worst: the largest difference, relative as above.
        relationships: reckoned anew.
    """

    events: int
    keys: int
    differing: int
    worst: float
    relationships: int


def rebuild(now_us: int, tell: Callable[[str, int, int], None] | None = None) -> Report:
    """Rebuild sums, relationships, points, promises and cases; nothing changes where all is well.

    One transaction: whoever is cut off half-way leaves what stood before.

    Args:
        now_us: the time relationships are reckoned at.
        tell: told of (what, done, all).
    """
    say = tell or (lambda *_: None)
    parameters = desk_parameters()
    with transaction.atomic():
        base = Base.objects.select_for_update().get_or_create(pk=1)[0]
        names = aliases()
        trusters = _trusters(names)
        parts, targets = [], []
        for done, (body, _) in enumerate(_bodies(trusters, names, parameters)):
            say("weigh", done * AT_ONCE, len(trusters))
            parts.append(body.rows)
            targets.append(np.stack([body.rows.from_us[body.target], body.outcome[body.target]]))
        if not parts:
            return Report(0, 0, 0, 0.0, 0)
        every = joined(*parts)
        known = np.concatenate(targets, axis=1)
        known = known[:, np.argsort(known[0], kind="stable")]
        say("sum", 0, 1)
        keys, differing, worst = _sums(every, now_us, parameters)
        base.count, base.total = known.shape[1], float(known[1].sum())
        base.save(update_fields=["count", "total"])
        _delete_others(trusters)
        count = _reckon_all(trusters, names, (every, known, now_us), parameters, say)
    return Report(Event.objects.count(), keys, differing, worst, count)


def _delete_others(trusters: list[int]) -> None:
    """Delete relationships of those who have no event any more; there are few, if any."""
    left = set(Relationship.objects.values_list("truster_id", flat=True).distinct())
    for truster in sorted(left.difference(trusters)):
        Relationship.objects.filter(truster=truster).delete()


def _trusters(names: dict[int, int]) -> list[int]:
    found = Event.objects.values_list("truster_id", flat=True).distinct().order_by("truster_id")
    return sorted({names.get(party, party) for party in found})


def _bodies(
    trusters: list[int], names: dict[int, int], parameters: Parameters
) -> Iterator[tuple[Body, list[records_of.Record]]]:
    """The evidence of some trusters at a time."""
    for start in range(0, len(trusters), AT_ONCE):
        part = set(trusters[start : start + AT_ONCE])
        records = lived_by(part, names)
        if records:
            yield body_of(records, parameters).of(part), records


def _sums(rows: Rows, now_us: int, parameters: Parameters) -> tuple[int, int, float]:
    """Put the batch's sums in the place of those kept; keys compared, differing, and the worst."""
    lives = parameters.half_lives_days
    at_us = max(now_us, int(rows.from_us.max()) + 1)
    traces = sum_rows(rows, at_us, lives, dimensions=True)
    ground = traces.ground
    keys = np.stack([ground.truster, ground.trustee, np.maximum(ground.organisation, 0)], axis=1)
    fine = [tuple(key) for key in keys.tolist()]
    kept = grounds(set(ground.truster.tolist()), lives, fine)
    first = _compared(kept, fine, ground.values, at_us, lives)
    Ground.objects.all().delete()
    _insert_grounds(fine, ground.values, at_us)
    second = _totals(traces, at_us, lives)
    gone = len(kept.place) - len(fine)
    return (
        len(fine) + second[0],
        first[0] + second[1] + gone,
        max(first[1], second[2]),
    )


def _compared(
    kept: Kept, keys: list[Any], values: FloatArray, at_us: int, lives: tuple[float, ...]
) -> tuple[int, float]:
    """How many keys differ, and by how much at most."""
    rows = kept.rows_of(keys)
    was = brought(kept.values[rows], kept.t_us[rows], at_us, lives)
    apart = (np.abs(was - values) / np.maximum(1.0, np.abs(values))).max(axis=1, initial=0.0)
    return int((apart > TOLERANCE).sum()), float(apart.max(initial=0.0))


def _insert_grounds(keys: list[Any], values: FloatArray, at_us: int) -> None:
    told = values.astype("<f8")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_ground (truster_id, trustee_id, organisation_id, t_us, sums) "
            "VALUES (%s, %s, %s, %s, %s)",
            [(t, e, o or None, at_us, told[i].tobytes()) for i, (t, e, o) in enumerate(keys)],
        )


def _totals(traces: Any, at_us: int, lives: tuple[float, ...]) -> tuple[int, int, float]:
    from troth.web.ledger.sums import save_totals, totals

    wide = width_of(lives, dimensions=False)
    tables: tuple[tuple[int, Table], ...] = (
        (int(Total.Kind.TRUSTEE), traces.trustee),
        (int(Total.Kind.ORGANISATION), traces.organisation),
        (int(Total.Kind.ORG_TRUSTEE), traces.org_trustee),
    )
    keys: list[tuple[int, int, int]] = []
    values = []
    for kind, table in tables:
        packed = table.keys.astype(np.int64)
        pair = kind == Total.Kind.ORG_TRUSTEE
        first = (packed >> 32) if pair else packed
        second = (packed & 0xFFFFFFFF) if pair else np.zeros_like(packed)
        keys += [(kind, f, s) for f, s in zip(first.tolist(), second.tolist(), strict=True)]
        values.append(table.values[:, :wide])
    stacked = np.concatenate(values)
    kept = totals(keys, lives)
    differing, worst = _compared(kept, keys, stacked, at_us, lives)
    Total.objects.all().delete()
    place: dict[tuple[int, ...], int] = {key: i for i, key in enumerate(keys)}
    at = np.full(len(keys), at_us, dtype=np.int64)
    save_totals(Kept(place, [0] * len(keys), at, stacked))
    return len(keys), differing, worst


def _reckon_all(
    trusters: list[int],
    names: dict[int, int],
    known: tuple[Rows, FloatArray, int],
    parameters: Parameters,
    say: Callable[[str, int, int], None],
) -> int:
    """Relationships, points, promises and cases of everybody."""
    every, targets, now_us = known
    lives = parameters.half_lives_days
    keys = {key for column in total_keys(every).values() for key in column}
    zeros = np.zeros((len(keys), width_of(lives, dimensions=False)))
    start = np.full(len(keys), -(1 << 62), dtype=np.int64)
    nothing = Kept({key: i for i, key in enumerate(sorted(keys))}, [0] * len(keys), start, zeros)
    courses = courses_of(nothing, every, lives)
    prior = (parameters.prior_mean, parameters.prior_events)
    times = targets[0].astype(np.int64)
    mean = float(running_base(np.array([now_us + 1]), times, targets[1], prior)[0])
    count = 0
    for done, (body, records) in enumerate(_bodies(trusters, names, parameters)):
        say("reckon", done * AT_ONCE, len(trusters))
        means = running_base(body.rows.from_us + 1, times, targets[1], prior)
        mine = set(body.rows.truster.tolist())
        count += reckon_trusters(mine, body, (courses, means), (now_us, mean), parameters)
        keep_beside(records)
    return count


def reckon_trusters(
    mine: set[int],
    body: Body,
    told: tuple[Courses | None, FloatArray],
    asked: tuple[int, float],
    parameters: Parameters,
) -> int:
    """Reckon every relationship of some trusters from the beginning.

    Args:
        mine: the trusters.
        body: their evidence; colleagues' too where trust is returned.
        told: how totals ran, or None to keep what is known of others; and (n,) base rates.
        asked: (now_us, base rate now).
        parameters: the weights.

    Returns:
        How many relationships there are.
    """
    courses, means = told
    insiders = insiders_of(mine)
    ours = np.isin(body.rows.truster, np.array(sorted(mine), dtype=np.int32))
    around = grounds(mine | background_of(mine), parameters.half_lives_days)
    count = 0
    for level in levels_of(body, ours, insiders):
        ids = relationship_ids(mine)
        own = [ids.get(key, 0) for key in level.keys]
        elsewhere = _all_or_none(level, courses, parameters)
        walk = unfolded(level, body, own, (elsewhere, means[level.place]), parameters)
        save_relationships(
            relationship_rows(level, body, walk, around, asked, insiders, parameters)
        )
        ids = relationship_ids(mine)
        since = dict.fromkeys(range(len(level.keys)), -(1 << 62))
        save_points(level, walk, ids, since)
        count += len(level.keys)
    return count


def _all_or_none(level: Any, courses: Courses | None, parameters: Parameters) -> Elsewhere:
    if courses is not None:
        return elsewhere_of(level, level.relation >= 0, courses)
    nothing = np.empty((0, 2, len(parameters.half_lives_days)))
    return Elsewhere(np.empty(0, np.int64), nothing, nothing, nothing)


def rebuild_parties(parties: set[int], now_us: int) -> None:
    """Rebuild what is kept of some parties and of those who trust them, after a merge or a split.

    Others' share in the past of these relationships stays as it was known; ``rebuild`` reckons it anew.

    Args:
        parties: old and new names alike.
        now_us: the time relationships are reckoned at.
    """
    parameters = desk_parameters()
    lives = parameters.half_lives_days
    base = Base.objects.select_for_update().get(pk=1)
    names = aliases()
    those = Event.objects.filter(trustee__in=parties).values_list("truster_id", flat=True)
    affected = set(those.distinct()) | parties
    affected |= {row[3] for row in whole(records_of.between(parties))}
    now = {names.get(party, party) for party in affected}
    records = lived_by(now, names)
    body = body_of(records, parameters).of(now)
    mine = np.isin(body.rows.truster, np.array(sorted(now), dtype=np.int32))
    rows = body.rows.take(mine)
    before = grounds(affected, lives)
    keys, values, at = _fresh_grounds(rows, lives)
    _move_totals(before, (keys, values, at), lives)
    Ground.objects.filter(truster__in=affected).delete()
    _insert_each(keys, values, at)
    Relationship.objects.filter(truster__in=affected - now).delete()
    kept = {(t, trusted) for t, trusted in relationship_ids(now)}
    mean = float(parameters.running_mean(base.total, base.count))
    means = np.full(len(body), np.nan)
    reckon_trusters(now, body, (None, means), (now_us, mean), parameters)
    for truster, trusted in kept - _living(body):
        Relationship.objects.filter(truster=truster, trusted=trusted).delete()
    keep_beside(records)


def _living(body: Body) -> set[tuple[int, int]]:
    rows = body.rows
    pairs = zip(
        rows.truster.tolist(), rows.trustee.tolist(), rows.organisation.tolist(), strict=True
    )
    return {key for t, e, o in pairs for key in ((t, e), (t, o))}


def _fresh_grounds(
    rows: Rows, lives: tuple[float, ...]
) -> tuple[list[tuple[int, int, int]], FloatArray, IntArray]:
    house = np.maximum(rows.organisation, 0)
    triples = list(zip(rows.truster.tolist(), rows.trustee.tolist(), house.tolist(), strict=True))
    keys = list(dict.fromkeys(triples))
    place = {key: i for i, key in enumerate(keys)}
    key = np.array([place[triple] for triple in triples], dtype=np.int64)
    zeros = np.zeros((len(keys), width_of(lives, dimensions=True)))
    start = np.full(len(keys), -(1 << 62), dtype=np.int64)
    values, at = add_rows(zeros, start, key, rows, lives)
    return keys, values, at


def _insert_each(keys: list[tuple[int, int, int]], values: FloatArray, at: IntArray) -> None:
    for i, key in enumerate(keys):
        _insert_grounds([key], values[i : i + 1], int(at[i]))


def _move_totals(
    before: Kept,
    after: tuple[list[tuple[int, int, int]], FloatArray, IntArray],
    lives: tuple[float, ...],
) -> None:
    """Totals less what the old grounds gave them, plus what the new ones give."""
    from troth.web.ledger.sums import save_totals, totals

    wide = width_of(lives, dimensions=False)
    keys = [*before.place, *after[0]]
    values = np.concatenate([-before.values[:, :wide], after[1][:, :wide]])
    times = np.concatenate([before.t_us, after[2]])
    wanted = []
    for _, trustee, house in keys:
        wanted.append([(1, trustee, 0), (2, house, 0), (3, house, trustee if house else 0)])
    total = totals({key for three in wanted for key in three}, lives)
    until = max(int(total.t_us.max(initial=-(1 << 62))), int(times.max(initial=-(1 << 62))))
    moved = brought(total.values, total.t_us, until, lives)
    change = brought(values, times, until, lives)
    for i, three in enumerate(wanted):
        for key in three:
            moved[total.place[key]] += change[i]
    at = np.full(len(total.ids), until, dtype=np.int64)
    save_totals(Kept(total.place, total.ids, at, moved))
