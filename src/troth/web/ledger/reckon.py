"""Relationships reckoned anew from what their trusters have lived, and kept for lists and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.db import connection

from troth.guidance.quiet import DAYS, EVIDENCE, FEWEST_DAYS, GAPS, usual_pause
from troth.traces.decay import DAY_US, rates_of
from troth.trust.belief import beliefs_of
from troth.trust.stage import BUILDING, ENOUGH, step_stages
from troth.trust.trajectory import moment_of
from troth.trust.unfolding import unfold
from troth.web.ledger.now import Whose, sums_now
from troth.web.ledger.rows import AT_ONCE, listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.trust.parameters import Parameters
    from troth.trust.unfolding import Elsewhere, Unfolding
    from troth.types import FloatArray, IntArray
    from troth.web.ledger.evidence import Body
    from troth.web.ledger.levels import Level
    from troth.web.ledger.sums import Kept

TREND_US: Final = 30 * DAY_US
#: What hurt is looked for among the evidence of so long.
HURT_US: Final = 30 * DAY_US
COLUMNS: Final = (
    "inside", "at_us", "first_us", "last_us", "mass", "enough", "probability", "low", "high",
    "trend", "stage", "stage_us", "repair", "open_breaches", "rhythm_days", "quiet_us", "hurt_id",
    "stake", "fold_stage", "fold_us", "fold_repair",
)  # fmt: skip


def kept_points(ids: Iterable[int]) -> tuple[IntArray, FloatArray]:
    """Points as kept: (m, 2) relationship and time, (m, 2) what others added and the base rate."""
    wanted = sorted(ids)
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), AT_ONCE):
            cursor.execute(
                "SELECT relationship_id, t_us, others, mean FROM ledger_point "
                f"WHERE relationship_id IN ({listed(wanted[start : start + AT_ONCE])})"
            )
            found += cursor.fetchall()
    columns = list(zip(*found, strict=True)) or [()] * 4
    keys = np.array(columns[:2], dtype=np.int64).reshape(2, -1).T
    return keys, np.array(columns[2:], dtype=np.float64).reshape(2, -1).T


def relationship_ids(trusters: Iterable[int]) -> dict[tuple[int, int], int]:
    """(truster, trusted) → number of the relationship, for some trusters."""
    ids = sorted(trusters)
    found = {}
    with connection.cursor() as cursor:
        for start in range(0, len(ids), AT_ONCE):
            cursor.execute(
                "SELECT truster_id, trusted_id, id FROM ledger_relationship "
                f"WHERE truster_id IN ({listed(ids[start : start + AT_ONCE])})"
            )
            found.update({(row[0], row[1]): row[2] for row in cursor.fetchall()})
    return found


def unfolded(
    level: Level,
    body: Body,
    ids: list[int],
    told: tuple[Elsewhere, FloatArray],
    parameters: Parameters,
) -> Unfolding:
    """Walk through a level; others' share comes from kept points where it is not told anew.

    Args:
        level: the evidence.
        body: behind it.
        ids: number of each relationship; 0 where it is new.
        told: what is new of others, and (n,) base rates, NaN where they are kept.
        parameters: the weights.
    """
    elsewhere, means = told
    numbers = np.array([*ids, 0], dtype=np.int64)[level.relation]
    others, kept = _as_kept(numbers, level.rows.from_us, [n for n in ids if n], parameters)
    base = np.where(np.isnan(means), kept, means)
    change = body.open_change[level.place]
    return unfold(level.rows, level.relation, change, (others, base), elsewhere, parameters)


def _as_kept(
    numbers: IntArray, from_us: IntArray, ids: list[int], parameters: Parameters
) -> tuple[FloatArray, FloatArray]:
    """(n,) others' share and base rate of each row: those of the last point at or before it.

    Args:
        numbers: (n,) number of each row's relationship; 0 where it is new or does not matter.
        from_us: (n,) when each row was known.
        ids: numbers of the relationships.
        parameters: whose prior stands where nothing is kept.
    """
    others, mean = np.zeros(numbers.size), np.full(numbers.size, parameters.prior_mean)
    keys, told = kept_points(ids)
    if not keys.size:
        return others, mean
    order = np.lexsort((keys[:, 1], keys[:, 0]))
    keys, told = keys[order], told[order]
    # One number a point, rising by relationship and time: times are ranked, which keeps it small.
    times = np.unique(keys[:, 1])
    rank = np.searchsorted(times, from_us, side="right")
    point = keys[:, 0] * (times.size + 1) + np.searchsorted(times, keys[:, 1]) + 1
    place = np.searchsorted(point, numbers * (times.size + 1) + rank, side="right") - 1
    known = (place >= 0) & (numbers > 0) & (keys[np.maximum(place, 0), 0] == numbers)
    others[known], mean[known] = told[place[known]].T
    return others, mean


def relationship_rows(
    level: Level,
    body: Body,
    unfolding: Unfolding,
    ground: Kept,
    asked: tuple[int, float],
    inside: set[int],
    parameters: Parameters,
) -> list[tuple[Any, ...]]:
    """The kept row of each relationship, in the order of ``COLUMNS``, behind its key.

    Args:
        level: the evidence.
        body: behind it.
        unfolding: of the level.
        ground: the finest sums of the trusters, after the change.
        asked: (at_us, base rate now).
        inside: staff and teams.
        parameters: the weights.
    """
    at_us, mean = asked
    keys = np.array(level.keys, dtype=np.int64).reshape(-1, 2)
    whose = Whose(keys[:, 0], keys[:, 1], level.organisation, level.of_house)
    sums = sums_now(whose, ground, at_us, parameters)
    beliefs = beliefs_of(sums.origins, parameters, mean)
    low, high = beliefs.bounds()
    chance = beliefs.probability
    moment = moment_of(sums.origins, beliefs, parameters, np.full(len(whose), mean))
    fold = unfolding.stages
    stages = step_stages(fold, at_us, moment)
    mine = level.relation >= 0
    relation, from_us = level.relation[mine], level.rows.from_us[mine]
    then = _then(relation, from_us, unfolding.beliefs.probability, at_us - TREND_US, len(whose))
    hurt = _hurts(level, body, at_us, parameters)
    found = []
    order = np.argsort(relation, kind="stable")
    cuts = np.searchsorted(relation[order], np.arange(len(whose) + 1))
    met = body.contact[level.place][mine]
    pause = _usual(relation[met], from_us[met], len(whose))
    last_met = np.full(len(whose), at_us)
    last_met[relation[met]] = from_us[met]  # in order of time: the last one stays
    for k, (truster, trusted) in enumerate(level.keys):
        times = from_us[order[cuts[k] : cuts[k + 1]]]
        usual = pause[k]
        mass, p = float(moment.mass[k]), float(chance[k])
        stage = int(stages.stage[k])
        quiet = (
            _quiet_from(int(last_met[k]), usual) if mass >= EVIDENCE or stage >= BUILDING else None
        )
        found.append((
            truster, trusted, truster in inside, at_us, int(times[0]), int(times[-1]), mass,
            bool(mass >= ENOUGH), p, float(low[k]), float(high[k]), p - float(then[k]), stage,
            max(int(stages.changed_us[k]), int(times[0])), bool(stages.repair[k]),
            int(stages.open_breaches[k]), usual or 0.0, quiet, hurt.get(k), p * mass,
            int(fold.stage[k]), max(int(fold.changed_us[k]), -(1 << 62)), bool(fold.repair[k]),
        ))  # fmt: skip
    return found


def _then(
    relation: IntArray, from_us: IntArray, probability: FloatArray, at_us: int, count: int
) -> FloatArray:
    """(k,) the last belief known by a time; the first one where there was none yet."""
    then = np.full(count, np.nan)
    early = from_us <= at_us
    then[relation[early]] = probability[early]  # in order of time: the last one stays
    backwards = slice(None, None, -1)
    first = np.empty(count)
    first[relation[backwards]] = probability[backwards]
    return np.asarray(np.where(np.isnan(then), first, then))


def _hurts(level: Level, body: Body, at_us: int, parameters: Parameters) -> dict[int, int]:
    """Relationship → number of the event that weighs most against it of late."""
    rows = level.rows
    recent = (level.relation >= 0) & (rows.bad > 0) & (rows.from_us >= at_us - HURT_US)
    recent &= body.amended[level.place] < 0
    place = np.flatnonzero(recent)
    rate = rates_of(parameters.half_lives_days)[2]
    weight = rows.bad[place] * np.exp2(-(at_us - rows.t_us[place]) * rate)
    worst: dict[int, tuple[float, int]] = {}
    for at, mass in zip(place.tolist(), weight.tolist(), strict=True):
        code = int(level.relation[at])
        if mass > worst.get(code, (0.0, 0))[0]:
            worst[code] = (mass, int(body.event[level.place[at]]))
    return {code: event for code, (_, event) in worst.items()}


def _usual(relation: IntArray, from_us: IntArray, count: int) -> list[float | None]:
    """The usual pause of each relationship in days; None where there were too few days of contact."""
    days = np.unique(np.stack([relation, from_us // DAY_US], axis=1), axis=0)
    cuts = np.searchsorted(days[:, 0], np.arange(count + 1)).tolist()
    day = days[:, 1]
    return [
        usual_pause(day[cuts[k] : cuts[k + 1]]) if cuts[k + 1] - cuts[k] >= FEWEST_DAYS else None
        for k in range(count)
    ]


def _quiet_from(last_us: int, usual: float | None) -> int | None:
    """From when silence is beyond the relationship's own rhythm."""
    return None if usual is None else last_us + int(max(DAYS, GAPS * usual) * DAY_US)


def save_relationships(rows: list[tuple[Any, ...]]) -> None:
    """Write relationships, new ones too."""
    names = ", ".join(("truster_id", "trusted_id", *COLUMNS))
    marks = ", ".join(["%s"] * (len(COLUMNS) + 2))
    updates = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO ledger_relationship ({names}) VALUES ({marks}) "
            f"ON CONFLICT (truster_id, trusted_id) DO UPDATE SET {updates}",
            rows,
        )


def save_points(
    level: Level, unfolding: Unfolding, ids: dict[tuple[int, int], int], since: dict[int, int]
) -> None:
    """Write the points of each relationship from its earliest fresh row on.

    Args:
        level: the evidence.
        unfolding: of it.
        ids: number of each relationship by key.
        since: relationship code → microseconds from which points are written.
    """
    mine = level.relation >= 0
    relation, from_us = level.relation[mine].tolist(), level.rows.from_us[mine].tolist()
    low, high = unfolding.beliefs.bounds()
    mean, chance = unfolding.means, unfolding.beliefs.probability
    rows = {
        (ids[level.keys[code]], t): (
            float(unfolding.others[i]), float(mean[i]),
            float(chance[i]), float(low[i]), float(high[i]),
        )
        for i, (code, t) in enumerate(zip(relation, from_us, strict=True))
        if code in since and t >= since[code]
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_point (relationship_id, t_us, others, mean, probability, low, high) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT (relationship_id, t_us) DO UPDATE SET "
            "others = excluded.others, mean = excluded.mean, probability = excluded.probability, "
            "low = excluded.low, high = excluded.high",
            [(*key, *told) for key, told in rows.items()],
        )
