"""Outcomes to be forecast: who, when, and what was known."""

from __future__ import annotations

import pyarrow as pa

from troth.ledger.read import read_events
from troth.trust.judge import Protocol
from troth.trust.learn import ground_of


def test_one_party_has_one_code_on_either_side():
    """Whoever trusts and is trusted in turn is the same party to every baseline."""
    n = 8
    table = pa.table(
        {
            "event_id": [str(i) for i in range(n)],
            "t_us": [i * 1_000_000 for i in range(n)],
            "truster": ["x", "y"] * (n // 2),
            "trustee": ["y", "x"] * (n // 2),
            "kind": ["observation"] * n,
            "outcome": [1.0] * n,
        }
    )
    ground = ground_of(read_events(table, now_us=2 * 10**15).events, Protocol())
    trials = ground.trials((90.0,), (0.5, 1.0))
    assert trials.truster[::2].tolist() == trials.trustee[1::2].tolist()
    assert trials.trustee[::2].tolist() == trials.truster[1::2].tolist()
    assert (trials.truster != trials.trustee).all()
