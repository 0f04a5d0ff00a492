"""Beliefs of lists brought to a new time, from kept sums alone: evidence fades while nobody writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.db import connection, transaction

from troth.trust.belief import beliefs_of
from troth.trust.stage import ENOUGH, Stages, step_stages
from troth.trust.trajectory import moment_of
from troth.web.ledger.levels import latest_houses
from troth.web.ledger.models import Base, Relationship
from troth.web.ledger.now import Whose, sums_now
from troth.web.ledger.reckon import HURT_US, TREND_US
from troth.web.ledger.rows import listed
from troth.web.ledger.sums import grounds
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.trust.parameters import Parameters
    from troth.types import BoolArray, FloatArray

AT_ONCE: Final = 2_000
_READ: Final = (
    "id", "truster_id", "trusted_id", "inside", "fold_stage", "fold_us", "first_us", "fold_repair",
    "open_breaches", "hurt__t_us",
)  # fmt: skip


def refresh(now_us: int, tell: Callable[[str, int, int], None] | None = None) -> int:
    """Reckon the lists' figures of every relationship for a new time, some at a time.

    Args:
        now_us: the time, microseconds UTC.
        tell: told of (what, done, all).

    Returns:
        How many relationships.
    """
    parameters = desk_parameters()
    houses = set(Party.objects.filter(kind=Party.Kind.ORGANISATION).values_list("pk", flat=True))
    total, done, last = Relationship.objects.count(), 0, 0
    while True:
        rows = list(
            Relationship.objects.filter(pk__gt=last).order_by("pk").values_list(*_READ)[:AT_ONCE]
        )
        if not rows:
            Base.objects.filter(pk=1).update(refreshed_us=now_us)
            _tell_planner()
            return done
        last = rows[-1][0]
        with transaction.atomic():
            base = Base.objects.get(pk=1)
            mean = float(parameters.running_mean(base.total, base.count))
            for of_house in (True, False):
                part = [row for row in rows if (row[2] in houses) == of_house]
                if part:
                    _refresh(part, (now_us, mean), parameters, of_house=of_house)
        done += len(rows)
        if tell:
            tell("refresh", done, total)


def refreshed_us() -> int:
    """When the lists' figures were last brought to a new time; 0 where they never were."""
    return Base.objects.filter(pk=1).values_list("refreshed_us", flat=True).first() or 0


def _tell_planner() -> None:
    """Let SQLite look at its tables again, or it takes a kind of party for rarer than a key."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("ANALYZE")


def _refresh(
    rows: list[tuple[Any, ...]],
    asked: tuple[int, float],
    parameters: Parameters,
    *,
    of_house: bool,
) -> None:
    now_us, mean = asked
    columns = [np.array(column) for column in zip(*(row[:9] for row in rows), strict=True)]
    ids, truster, trusted, _, stage, changed, first, repair, opened = columns
    latest = {} if of_house else latest_houses(trusted.tolist())
    house = np.array([latest.get(party, 0) for party in trusted.tolist()], dtype=np.int64)
    around = set(truster.tolist()) | (set() if of_house else set(trusted.tolist()))
    ground = grounds(around, parameters.half_lives_days)
    sums = sums_now(Whose(truster, trusted, house, of_house), ground, now_us, parameters)
    beliefs = beliefs_of(sums.origins, parameters, mean)
    low, high = beliefs.bounds()
    moment = moment_of(sums.origins, beliefs, parameters, np.full(len(rows), mean))
    fold = Stages(stage.astype(np.int8), changed, first, repair.astype(np.bool_), opened)
    stages = step_stages(fold, now_us, moment)
    then = _then(ids.tolist(), now_us - TREND_US, beliefs.probability)
    fresh = _fresh_hurt(rows, now_us)
    told = zip(
        [now_us] * len(rows), moment.mass.tolist(), (moment.mass >= ENOUGH).tolist(),
        beliefs.probability.tolist(), low.tolist(), high.tolist(),
        (beliefs.probability - then).tolist(), stages.stage.tolist(),
        np.maximum(stages.changed_us, first).tolist(), stages.repair.tolist(),
        (beliefs.probability * moment.mass).tolist(), fresh.tolist(), ids.tolist(), strict=True,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE ledger_relationship SET at_us = %s, mass = %s, enough = %s, probability = %s, "
            "low = %s, high = %s, trend = %s, stage = %s, stage_us = %s, repair = %s, stake = %s, "
            "hurt_id = CASE WHEN %s THEN hurt_id ELSE NULL END WHERE id = %s",
            list(told),
        )


def _fresh_hurt(rows: list[tuple[Any, ...]], now_us: int) -> BoolArray:
    return np.array([row[9] is not None and row[9] >= now_us - HURT_US for row in rows])


def _then(ids: list[int], at_us: int, now: FloatArray) -> FloatArray:
    """(k,) the last belief known by a time, else the first one known, else the present one."""
    wanted = listed(ids)
    found: dict[int, float] = {}
    with connection.cursor() as cursor:
        for pick, condition in (("MIN", ""), ("MAX", f"AND t_us <= {int(at_us)} ")):
            cursor.execute(
                "SELECT p.relationship_id, p.probability FROM ledger_point p JOIN "
                f"(SELECT relationship_id, {pick}(t_us) AS t_us FROM ledger_point "
                f"WHERE relationship_id IN ({wanted}) {condition}GROUP BY relationship_id) q "
                "ON q.relationship_id = p.relationship_id AND q.t_us = p.t_us"
            )
            found.update(cursor.fetchall())
    return np.array([found.get(row, p) for row, p in zip(ids, now.tolist(), strict=True)])
