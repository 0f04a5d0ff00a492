"""Groups of events that are worlds of their own."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from troth.ledger.evidence import evidence_rows
from troth.ledger.read import read_events
from troth.trust.judge import Protocol
from troth.trust.learn import ground_of
from troth.trust.worlds import in_groups, laid_end_to_end


def events_of(groups: list[str], times: list[int], *, shared: bool = False):
    """One event each; parties belong to one group unless shared."""
    n = len(groups)
    own = ["" if shared else g for g in groups]
    table = pa.table(
        {
            "event_id": [str(i) for i in range(n)],
            "t_us": [t * 1_000_000 for t in times],
            "truster": [f"c{g}" for g in own],
            "trustee": [f"s{g}" for g in own],
            "kind": ["observation"] * n,
            "outcome": [1.0] * n,
            "game": groups,
        }
    )
    return read_events(table, now_us=2 * 10**15).events


def laid(events, *tested):
    """Groups in the order of the evidence after laying, and whether anything moved."""
    before = evidence_rows(events)
    after = laid_end_to_end(before, events, "game", tested)
    names = np.array(events.table["game"].to_pylist())[after.event].tolist()
    return names, after


def test_worlds_on_the_same_clock_follow_one_another_tested_last():
    """Turns of different games are not simultaneous; a day lies between games, order inside stays."""
    names, after = laid(events_of(["b", "a", "c"] * 3, [1, 1, 1, 2, 2, 2, 9, 9, 9]), "a")
    assert names == ["b"] * 3 + ["c"] * 3 + ["a"] * 3
    assert (np.diff(after.from_us) > 0).all()
    assert np.diff(after.from_us)[[0, 1]].tolist() == [1_000_000, 7_000_000]
    assert (after.t_us == after.from_us).all()


def test_worlds_that_already_follow_stay_as_they_are():
    """Real times are not touched where nothing overlaps and the tested ones come last."""
    events = events_of(["a", "a", "b", "b"], [1, 2, 3, 4])
    _, after = laid(events, "b")
    np.testing.assert_array_equal(after.from_us, evidence_rows(events).from_us)


def test_worlds_with_shared_parties_keep_their_times():
    """Two hotels with the same guests live at the same time."""
    events = events_of(["a", "b"] * 3, [1, 1, 2, 2, 3, 3], shared=True)
    names, after = laid(events, "b")
    assert names == ["a", "b"] * 3
    np.testing.assert_array_equal(after.from_us, evidence_rows(events).from_us)


def test_unknown_columns_and_groups_are_named():
    """An error names what is not there."""
    ground = ground_of(events_of(["a", "b"], [1, 2]), Protocol())
    assert in_groups(ground, "game", ("b",)).tolist() == [False, True]
    with pytest.raises(ValueError, match="season"):
        in_groups(ground, "season", ("b",))
    with pytest.raises(ValueError, match="game = z"):
        in_groups(ground, "game", ("z",))
