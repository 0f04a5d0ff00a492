"""Compile and cache every fold once, at install, so that no person waits for it later."""

from __future__ import annotations


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
    _kept(evidence_rows(events))
    fit(events, baselines=False)


if __name__ == "__main__":
    warm()
