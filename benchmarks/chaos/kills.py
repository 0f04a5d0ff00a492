"""Kill a desk's processes at random moments; what was acknowledged must be there, and nothing by halves."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from benchmarks.chaos.homes import OwnDesk


def kill_import(desk: OwnDesk, file: Path, rounds: int, chance: random.Random) -> int:
    """Kill imports of one file again and again, and let the last one end.

    Args:
        desk: whose desk.
        file: the events.
        rounds: how often.
        chance: says when.

    Returns:
        How many were killed while they worked.
    """
    from benchmarks.chaos.homes import kill_after

    count = len(file.read_text(encoding="utf-8").splitlines()) - 1
    killed, before = 0, 0
    for _ in range(rounds):
        process = desk.start("import", str(file))
        killed += kill_after(process, chance.uniform(0.5, 2.6))
        names = desk.names()
        assert len(names) >= before, "an event is gone"
        before = len(names)
        taken = desk.rows("SELECT id, taken FROM ledger_batch")
        per_batch = dict(desk.rows("SELECT batch_id, COUNT(*) FROM ledger_event GROUP BY batch_id"))
        assert {number: per_batch.get(number, 0) for number, _ in taken} == dict(taken)
        # Sums that went wrong here would still be wrong after the last round, unless reckoned anew.
        assert desk.ill() == set()
    told = desk.told("import", str(file))
    assert told["taken"] == count - before
    assert told["repeated"] == before
    assert sorted(desk.names()) == sorted(f"r{i}" for i in range(count))
    desk.check()
    return killed


def kill_rebuild(desk: OwnDesk, rounds: int, chance: random.Random) -> int:
    """Kill a rebuild; what stood before stands.

    Returns:
        How many were killed while they worked.
    """
    from benchmarks.chaos.homes import kill_after

    told = (
        "SELECT truster_id, trusted_id, first_us, last_us, open_breaches FROM ledger_relationship"
    )
    counts = "SELECT (SELECT COUNT(*) FROM ledger_ground), (SELECT COUNT(*) FROM ledger_total)"
    before, killed = (sorted(desk.rows(told)), desk.rows(counts)), 0
    for _ in range(rounds):
        killed += kill_after(desk.start("rebuild"), chance.uniform(0.5, 2.2))
        assert (sorted(desk.rows(told)), desk.rows(counts)) == before
        assert desk.ill() == set()
    desk.check()
    return killed
