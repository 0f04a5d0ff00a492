"""Every relationship reckoned for one moment, from kept sums alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from troth.trust.belief import beliefs_of
from troth.trust.stage import ENOUGH, STAGES, Stages, step_stages
from troth.trust.trajectory import moment_of
from troth.web.ledger.export.parts import FLAG, REAL, TEXT, WHOLE, batch_of, keys_of, parts_of
from troth.web.ledger.levels import latest_houses
from troth.web.ledger.models import Base, Relationship
from troth.web.ledger.now import Whose, sums_now
from troth.web.ledger.sums import grounds
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.web.accounts.access import Scope

BELIEFS: Final = pa.schema([
    ("truster", TEXT), ("trusted", TEXT), ("level", TEXT), ("inside", FLAG),
    ("probability", REAL), ("low", REAL), ("high", REAL), ("enough", FLAG), ("evidence", REAL),
    ("stage", TEXT), ("stage_since_us", WHOLE), ("repair", FLAG), ("open_breaches", WHOLE),
    ("trend", REAL), ("rhythm_days", REAL), ("first_us", WHOLE), ("last_us", WHOLE),
    ("at_us", WHOLE),
])  # fmt: skip
EDGES: Final = pa.schema([("from", TEXT), ("to", TEXT), ("value", REAL)])
_READ: Final = (
    "truster_id", "trusted_id", "trusted__kind", "inside", "fold_stage", "fold_us", "first_us",
    "fold_repair", "open_breaches", "trend", "rhythm_days", "last_us",
)  # fmt: skip


def belief_batches(scope: Scope | None, at_us: int) -> Iterator[pa.RecordBatch]:
    """Where trust stands in every relationship.

    Args:
        scope: who asks; None for the desk itself.
        at_us: the moment, microseconds UTC, not before anything on record.

    Yields:
        Batches of ``BELIEFS``.
    """
    yield batch_of(BELIEFS, dict.fromkeys(BELIEFS.names, ()))
    rows = Relationship.objects.all() if scope is None else scope.relationships()
    for part in parts_of(rows, _READ):
        for of_house in (True, False):
            own = [row for row in part if (row[3] == Party.Kind.ORGANISATION) == of_house]
            if own:
                yield batch_of(BELIEFS, _told(own, at_us, of_house=of_house))


def edge_batches(scope: Scope | None, at_us: int) -> Iterator[pa.RecordBatch]:
    """Trust as edges of a graph: those with enough evidence to speak of.

    Args:
        scope: who asks; None for the desk itself.
        at_us: the moment.

    Yields:
        Batches of ``EDGES``.
    """
    for batch in belief_batches(scope, at_us):
        enough = batch.filter(batch["enough"])
        columns = [enough[name] for name in ("truster", "trusted", "probability")]
        yield pa.RecordBatch.from_arrays(columns, schema=EDGES)


def _told(rows: list[tuple[Any, ...]], at_us: int, *, of_house: bool) -> dict[str, Any]:
    column = dict(zip(("id", *_READ), zip(*rows, strict=True), strict=True))
    truster, trusted = np.array(column["truster_id"]), np.array(column["trusted_id"])
    latest = {} if of_house else latest_houses(trusted.tolist())
    house = np.array([latest.get(party, 0) for party in trusted.tolist()], dtype=np.int64)
    parameters = desk_parameters()
    around = set(truster.tolist()) | (set() if of_house else set(trusted.tolist()))
    ground = grounds(around, parameters.half_lives_days)
    sums = sums_now(Whose(truster, trusted, house, of_house), ground, at_us, parameters)
    base = Base.objects.get(pk=1)
    mean = float(parameters.running_mean(base.total, base.count))
    beliefs = beliefs_of(sums.origins, parameters, mean)
    low, high = beliefs.bounds()
    moment = moment_of(sums.origins, beliefs, parameters, np.full(len(rows), mean))
    first = np.array(column["first_us"])
    fold = Stages(
        np.array(column["fold_stage"], np.int8), np.array(column["fold_us"]), first,
        np.array(column["fold_repair"], np.bool_), np.array(column["open_breaches"]),
    )  # fmt: skip
    stages = step_stages(fold, at_us, moment)
    keys = keys_of([*column["truster_id"], *column["trusted_id"]])
    return {
        **{name: column[name] for name in ("inside", "open_breaches", "trend", "rhythm_days",
                                           "first_us", "last_us")},
        "truster": [keys[number] for number in column["truster_id"]],
        "trusted": [keys[number] for number in column["trusted_id"]],
        "level": ["house" if of_house else "pair"] * len(rows),
        "probability": beliefs.probability, "low": low, "high": high,
        "enough": moment.mass >= ENOUGH, "evidence": moment.mass,
        "stage": [STAGES[stage] for stage in stages.stage.tolist()],
        "stage_since_us": np.maximum(stages.changed_us, first), "repair": stages.repair,
        "at_us": [at_us] * len(rows),
    }  # fmt: skip
