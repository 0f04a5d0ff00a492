"""Stages against their rules restated, and the laws of hysteresis and dwell."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles import belief as oracle
from troth.traces.decay import DAY_US
from troth.trust.stage import DWELL_US, STAGES, Moment, fold_stages, step_stages

PATHS = st.lists(
    st.tuples(st.integers(0, 12), st.floats(0, 1), st.floats(0, 25), st.floats(0, 2)),
    min_size=1,
    max_size=60,
)


def fold(path, opened=None):
    """Stages of one relationship along (days since the last, lower bound, mass, harm)."""
    times = np.cumsum([p[0] for p in path]).astype(np.int64) * DAY_US
    moments = Moment(*(np.array([p[i] for p in path]) for i in (1, 2, 3)))
    change = (
        np.zeros(len(path), dtype=np.int8) if opened is None else np.array(opened, dtype=np.int8)
    )
    return fold_stages(np.zeros(len(path), dtype=np.int32), times, moments, change, 1), times


@given(path=PATHS)
def test_follows_the_rules(path):
    """The compiled fold gives the stage of the rules written out."""
    found, times = fold(path)
    expected = oracle.stage_after([(int(t), p[1], p[2]) for t, p in zip(times, path, strict=True)])
    assert STAGES[found.stage[0]] == expected


@given(path=PATHS)
def test_never_flickers(path):
    """Two changes of stage are never closer than the dwell."""
    changes = []
    for end in range(1, len(path) + 1):
        found, times = fold(path[:end])
        if found.changed_us[0] >= times[0] and (not changes or found.changed_us[0] != changes[-1]):
            changes.append(int(found.changed_us[0]))
    assert all(b - a >= DWELL_US for a, b in pairwise(changes))


def test_a_step_does_not_change_what_it_steps_from():
    """Asking at a time leaves the folded state as it was."""
    found, times = fold([(0, 0.9, 10.0, 0.0), (1, 0.9, 10.0, 0.0)])
    before = [part.copy() for part in found]
    asked = step_stages(
        found, int(times[-1]) + 30 * DAY_US, Moment(*(np.array([v]) for v in (0.9, 10.0, 0.0)))
    )
    assert STAGES[asked.stage[0]] == "building"
    for old, new in zip(before, found, strict=True):
        np.testing.assert_array_equal(old, new)


def test_harm_enters_high_and_leaves_low():
    """The overlay repair comes on at 1, stays on at .5 and goes off under .4, without dwell."""
    on = [
        bool(fold([(0, 0.5, 5, h) for h in path])[0].repair[0])
        for path in ([0.9], [1.0], [1.0, 0.5], [1.0, 0.39])
    ]
    assert on == [False, True, True, False]


def test_an_open_breach_is_in_repair_until_it_is_closed():
    """Opening turns the overlay on at once; closing turns it off where no harm is fresh."""
    path = [(1, 0.5, 5, 0.0)] * 3
    assert [bool(fold(path[:n], [0, 1, -1][:n])[0].repair[0]) for n in (1, 2, 3)] == [
        False,
        True,
        False,
    ]


def test_closing_what_is_not_open_opens_nothing():
    """Breaches are never counted below zero."""
    path = [(1, 0.5, 5, 0.0)] * 2
    assert fold(path, [-1, 1])[0].open_breaches[0] == 1
