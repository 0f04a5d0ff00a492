"""Merging, forgetting and refusing."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.traces.laws import KINDS, assert_same, everyone, listed, mass_of
from tests.traces.worlds import END_US, many_rows, worlds
from troth.traces.batch import sum_rows
from troth.traces.decay import DAY_US, HALF_LIVES_DAYS
from troth.traces.tables import merge

AT_US = END_US + DAY_US


@given(first=worlds, second=worlds)
def test_merging_commutes(first, second):
    """Which of two comes first does not matter."""
    one, other = sum_rows(first, AT_US), sum_rows(second, AT_US)
    scale = mass_of(first) + mass_of(second)
    assert_same(merge(one, other), merge(other, one), scale)
    who = everyone(first)
    difference = merge(one, other).origins(*who) - merge(other, one).origins(*who)
    assert np.abs(difference).max(initial=0.0) <= 1e-9 * max(1.0, scale)


@given(rows=worlds, days=st.tuples(st.integers(0, 500), st.integers(0, 500)))
def test_forgetting_twice_is_forgetting_for_longer(rows, days):
    """decay_to composes, and leaves undecayed mass alone."""
    now = sum_rows(rows, AT_US)
    middle, end = AT_US + days[0] * DAY_US, AT_US + sum(days) * DAY_US
    assert_same(now.decay_to(middle).decay_to(end), now.decay_to(end), mass_of(rows))
    assert (now.decay_to(end).pair.sums[:, :, -1] == now.pair.sums[:, :, -1]).all()


@given(rows=worlds)
def test_a_sum_is_not_changed_by_what_is_made_of_it(rows):
    """Sums are values: merging and forgetting make new ones."""
    now = sum_rows(rows, AT_US)
    before = {kind: listed(now, kind) for kind in KINDS}
    merge(now, now).decay_to(AT_US + DAY_US)
    for kind, values in before.items():
        assert all((values[key] == found).all() for key, found in listed(now, kind).items())


def test_the_past_is_refused():
    """What was forgotten cannot be recalled."""
    with pytest.raises(ValueError, match="brought back"):
        sum_rows(many_rows(10), AT_US).decay_to(AT_US - 1)


@pytest.mark.parametrize(
    ("other", "name"),
    [
        (lambda rows: sum_rows(rows, AT_US + 1), "at_us"),
        (lambda rows: sum_rows(rows, AT_US, (1.0, np.inf)), "half_lives_days"),
        (lambda rows: sum_rows(rows, AT_US, dimensions=False), "has_dimensions"),
    ],
)
def test_unlike_sums_do_not_merge(other, name):
    """Time, half-lives and dimensions must be the same."""
    rows = many_rows(10)
    with pytest.raises(ValueError, match=name):
        merge(sum_rows(rows, AT_US, HALF_LIVES_DAYS), other(rows))


def test_dimensions_that_were_not_kept_are_refused():
    """Zeros would look like an answer."""
    traces = sum_rows(many_rows(10), AT_US, dimensions=False)
    assert traces.pair.dimensions.shape == (len(traces.pair), 2, 0)
    code = np.zeros(1, np.int32)
    with pytest.raises(ValueError, match="without dimensions"):
        traces.dimensions(code, code, code)


@pytest.mark.parametrize("lives", [(), (0.0, 1.0), (2.0, 1.0), (1.0, 1.0), (-1.0,)])
def test_half_lives_out_of_order_are_refused(lives):
    """They are positive and strictly increasing."""
    with pytest.raises(ValueError, match="half-lives"):
        sum_rows(many_rows(10), AT_US, lives)
