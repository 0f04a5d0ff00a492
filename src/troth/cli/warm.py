"""Compile and cache every fold once, at install, so that no person waits for it later."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from troth.ledger.events import Events


def warm() -> None:
    """Score, explain and fit a few made-up events in every way."""
    import numpy as np
    import pyarrow as pa

    from troth.ledger.read import read_events
    from troth.trust.explain import explain
    from troth.trust.learn import fit
    from troth.trust.parameters import default_parameters
    from troth.trust.score import score_events

    rng = np.random.default_rng(0)
    n = 256
    day = 86_400_000_000
    table = pa.table(
        {
            "event_id": [str(i) for i in range(n)],
            "t_us": (np.arange(n) * day // 4).astype(np.int64),
            "truster": [f"c{i}" for i in rng.integers(0, 9, n)],
            "trustee": [f"s{i}" for i in rng.integers(0, 5, n)],
            "organisation": [f"o{i}" for i in rng.integers(0, 2, n)],
            "kind": ["review"] * n,
            "outcome": rng.integers(0, 2, n).astype(np.float64),
        }
    )
    events = read_events(table, now_us=n * day).events
    for engine in ("batch", "stream"):
        for by in ("house", "trustee"):
            score_events(events, default_parameters(), engine=engine, by=by)
    first = events.table.slice(0, 1).to_pylist()[0]
    explain(events, first["truster"], first["trustee"])
    _kept(events)
    fit(events, baselines=False)


def _kept(events: Events) -> None:
    """The folds that a desk's store keeps its sums with."""
    import numpy as np

    from troth.ledger.evidence import evidence_rows
    from troth.traces.kept import origins_of, running, width_of
    from troth.trust.parameters import default_parameters
    from troth.trust.trials import rows_of

    rows, lives = rows_of(evidence_rows(events)), default_parameters().half_lives_days
    zeros = np.zeros((1, width_of(lives, dimensions=False)))
    first = np.full(1, -(1 << 62), dtype=np.int64)
    running(zeros, first, np.zeros(len(rows), dtype=np.int64), rows, lives)
    origins_of(np.zeros((1, 8, 2, len(lives))))


if __name__ == "__main__":
    warm()
