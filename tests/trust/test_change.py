"""What would change a stage: small, plausible, and true when it happens."""

from __future__ import annotations

import pyarrow as pa
import pytest

from troth.ledger.read import read_events
from troth.trust.explain import explain
from troth.trust.stage import STAGES

DAY = 86_400_000_000


def events_of(kinds: list[str], every_days: float = 7.0, **extra) -> pa.Table:
    """Events of one pair, one a week."""
    n = len(kinds)
    table = {
        "event_id": [f"e{i}" for i in range(n)],
        "t_us": [int(i * every_days * DAY) for i in range(n)],
        "truster": ["guest"] * n,
        "trustee": ["clerk"] * n,
        "kind": kinds,
    }
    return pa.table(table | extra)


def told(table: pa.Table):
    """The explanation of the pair just after the last event."""
    return explain(read_events(table, now_us=2 * 10**15).events, "guest", "clerk")


def test_what_is_said_comes_true():
    """When the events that were named do happen at the named rhythm, the stage is the named one."""
    kinds = ["promise_kept"] * 4
    now = told(events_of(kinds))
    change = next(c for c in now.changes if c.kind == "promise_kept")
    fewer = told(events_of(kinds + ["promise_kept"] * (change.count - 1)))
    then = told(events_of(kinds + ["promise_kept"] * change.count))
    assert now.stage == fewer.stage != then.stage == STAGES[change.stage]
    assert then.probability == pytest.approx(change.probability, abs=0.02)


def test_a_complaint_would_open_a_repair():
    """For a calm relationship one complaint is the smallest change for the worse."""
    change = next(
        c for c in told(events_of(["promise_kept"] * 4)).changes if c.kind == "complaint_opened"
    )
    assert (change.count, change.repair) == (1, True)


def test_settling_the_complaint_would_end_it():
    """With a complaint open, one that is settled ends the repair."""
    now = told(events_of(["promise_kept"] * 4 + ["complaint_opened"]))
    assert now.repair
    change = next(c for c in now.changes if c.kind == "complaint_resolved")
    assert (change.count, change.repair) == (1, False)


def test_repair_never_exceeds_its_breach():
    """However much is done for a breach, the belief stays under what it would be without it."""
    deeds = ["apology", "explanation", "compensation", "complaint_resolved"]
    kinds = ["promise_kept"] * 3 + ["complaint_opened"] + deeds * 3
    refs = [None] * 4 + ["e3"] * len(deeds) * 3
    repaired = told(events_of(kinds, 0.5, ref=refs))
    unrepaired = told(events_of(kinds[:4] + ["contact"] * (len(kinds) - 4), 0.5))
    without = told(events_of(kinds[:3] + ["contact"] * (len(kinds) - 3), 0.5))
    assert (
        unrepaired.eta - unrepaired.baseline
        < repaired.eta - repaired.baseline
        < without.eta - without.baseline
    )
