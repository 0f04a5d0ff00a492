"""Distributions over grades: what they sum to, and how far apart two are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles.reading_figures import nmd_slow, rsnod_slow
from troth.reading.outlook import cumulated, distributions, mean_grade, nmd, rsnod

votes = st.lists(st.integers(0, 19), min_size=5, max_size=5).filter(any)


def shares(counts):
    """(1, 5) shares of votes."""
    return np.array([counts], float) / sum(counts)


@given(votes, votes)
def test_distances_equal_their_definitions(one, other):
    """Both distances are what the written-out sums say, and none from a distribution to itself."""
    p, q = shares(one), shares(other)
    assert np.isclose(nmd(p, q)[0], nmd_slow(p[0], q[0]))
    assert np.isclose(rsnod(p, q)[0], rsnod_slow(p[0], q[0]))
    assert nmd(p, p)[0] == rsnod(p, p)[0] == 0


@given(st.lists(st.floats(-3, 3), min_size=4, max_size=4), st.floats(0.02, 0.2))
def test_any_forecast_becomes_a_distribution(forecast, resolution):
    """Whatever a head says, shares are not negative, sum to 1, and none is below half a vote."""
    found = distributions(np.array([forecast]), resolution)[0]
    assert np.isclose(found.sum(), 1)
    assert ((found == 0) | (found >= resolution / 2)).all()


@given(votes)
def test_what_can_be_said_is_said(counts):
    """A forecast that is a rated distribution comes back as it is."""
    rated = shares(counts)
    assert np.allclose(distributions(cumulated(rated), 1 / sum(counts)), rated)
    assert -2 <= mean_grade(rated)[0] <= 2
