"""Score a file of events: one row a relationship."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from troth.traces.rows import DIMENSIONS
from troth.trust.parameters import Parameters, default_parameters, read_parameters
from troth.trust.reasons import largest_reasons, reason_columns
from troth.trust.relations import level_for, party_names
from troth.trust.stage import ENOUGH, STAGES
from troth.trust.standing import Question, Standing, standing_of

if TYPE_CHECKING:
    import os

    import pyarrow as pa

    from troth.ledger.events import Events
    from troth.ledger.evidence import Evidence

VERSION_KEY: Final = b"troth"


def end_of(evidence: Evidence) -> int:
    """Just after the last thing known: the time of asking where none is given."""
    return int(evidence.from_us[-1]) + 1 if len(evidence) else 0


def score(
    events: Any,
    *,
    at: str | int | None = None,
    params: Parameters | str | os.PathLike[str] | None = None,
    engine: str = "batch",
    by: str | None = None,
) -> Any:
    """Score every relationship in some events.

    Args:
        events: a path (CSV, JSONL, Parquet), an Arrow table, or a pandas or Polars frame.
        at: the time to stand at, ISO 8601 with a zone or microseconds UTC; by default just after the
            last event. Only what was known strictly before it counts.
        params: parameters or a file of them; by default those that ship, unfitted.
        engine: ``batch`` or ``stream``; both give the same figures to 1e-9.
        by: ``house`` (truster × organisation; the default where organisations are named), ``pair``,
            ``trustee`` or ``organisation``.

    Returns:
        One row a relationship: an Arrow table, or a frame of the kind that was given.

    Raises:
        UnreadableError: the events cannot be read at all.
        ValueError: ``at``, ``engine`` or ``by`` is not one of those above, or records were refused:
            the message counts them and quotes the first (read with ``troth.read_events`` to go on
            without them).

    >>> import pyarrow as pa, troth
    >>> table = troth.score(pa.table({
    ...     "event_id": ["1", "2", "3"],
    ...     "at": ["2026-03-01T09:00:00Z", "2026-03-02T09:00:00Z", "2026-03-05T09:00:00Z"],
    ...     "truster": ["chen", "chen", "chen"], "trustee": ["li", "li", "li"],
    ...     "kind": ["promise_kept", "promise_kept", "promise_kept"]}))
    >>> table["truster"][0].as_py(), table["enough"][0].as_py(), table["stage"][0].as_py()
    ('chen', True, 'understanding')
    """
    from troth.trust.clock import time_us
    from troth.trust.opening import opened

    taken = opened(events)
    parameters = params if isinstance(params, Parameters) else _parameters(params)
    at_us = None if at is None else at if isinstance(at, int) else time_us(at)
    return _like(score_events(taken, parameters, at_us=at_us, engine=engine, by=by), events)


def _parameters(params: str | os.PathLike[str] | None) -> Parameters:
    from pathlib import Path

    return default_parameters() if params is None else read_parameters(Path(params))


def _like(table: pa.Table, given: Any) -> Any:
    """The table as the kind of frame that was given."""
    module = type(given).__module__.partition(".")[0]
    if module == "pandas":
        return table.to_pandas()
    if module == "polars":
        import polars as pl

        return pl.from_arrow(table)
    return table


def score_events(
    events: Events,
    parameters: Parameters,
    *,
    at_us: int | None = None,
    engine: str = "batch",
    by: str | None = None,
) -> pa.Table:
    """Score checked events; see ``score``.

    Returns:
        An Arrow table whose metadata states version, time, level and parameters.
    """
    from troth.ledger.evidence import evidence_rows

    evidence = evidence_rows(events)
    level = by or level_for(evidence)
    at = end_of(evidence) if at_us is None else at_us
    standing = standing_of(evidence, events, Question(at, level, parameters, engine))
    columns = _names(standing, evidence) | _figures(standing)
    found = largest_reasons(standing, parameters, at)
    for i, column in enumerate(reason_columns(found, standing, evidence, events), start=1):
        columns[f"reason_{i}"] = column
    return _stamped(columns, level, at, parameters)


def _names(standing: Standing, evidence: Evidence) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    names = pa.array(party_names(evidence), pa.string())
    relations = standing.relations
    trustee = pc.take(names, pa.array(relations.trustee))
    if relations.level == "organisation":
        return {"organisation": trustee}
    if relations.level == "trustee":
        return {"trustee": trustee}
    truster = pc.take(names, pa.array(relations.truster))
    if relations.level == "house":
        return {"truster": truster, "organisation": trustee}
    return {"truster": truster, "trustee": trustee}


def _figures(standing: Standing) -> dict[str, Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    beliefs, moment, stages = standing.beliefs, standing.moment, standing.stages
    low, high = beliefs.bounds()
    count = len(standing.relations)
    if stages is None:
        stage, repair = pa.nulls(count, pa.string()), pa.nulls(count, pa.bool_())
    else:
        stage = pc.take(pa.array(STAGES), pa.array(stages.stage))
        repair = pa.array(stages.repair)
    columns = {
        "probability": beliefs.probability,
        "low": low,
        "high": high,
        "enough": moment.mass >= ENOUGH,
        "evidence": moment.mass,
        "stage": stage,
        "repair": repair,
    }
    columns |= {name: standing.dimensions[:, i] for i, name in enumerate(DIMENSIONS)}
    last = pa.array(standing.last_us).cast(pa.timestamp("us", tz="UTC"))
    return columns | {"trend": standing.trend, "last_event": last}


def _stamped(columns: dict[str, Any], level: str, at_us: int, parameters: Parameters) -> pa.Table:
    """The table with what it was made of: version, level, time, parameters."""
    import json

    import pyarrow as pa

    from troth import __version__

    stamp = {
        "version": __version__,
        "level": level,
        "at_us": at_us,
        "parameters": parameters.to_dict(),
    }
    return pa.table(columns).replace_schema_metadata({VERSION_KEY: json.dumps(stamp).encode()})
