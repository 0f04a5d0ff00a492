"""Attribution shares a belief among events exactly."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles import belief as oracle
from tests.trust.test_belief import AT, WEIGHTS, believe
from tests.trust.worlds import rows_of, touches
from troth.traces.origins import ORIGINS
from troth.trust.attribution import Who, attribute


@WEIGHTS
@given(world=touches(), mean=st.floats(0.1, 0.9))
def test_contributions_sum_to_the_belief(world, mean, parameters):
    """Σφ = η − baseline within 1e-12·Σ|φ|, by event and by origin alike."""
    who = Who(world[0].truster, world[0].trustee, world[0].organisation)
    shares = attribute(rows_of(world), who, AT, parameters, mean)
    eta = oracle.log_odds(world, who, AT, parameters, mean)
    distance = eta - float(parameters.baseline(mean))
    tolerance = 1e-12 * np.abs(shares.phi).sum() + 1e-12
    assert abs(shares.by_row.sum() - distance) <= tolerance
    assert abs(shares.by_origin.sum() - distance) <= tolerance


@WEIGHTS
@given(world=touches())
def test_origins_equal_those_of_the_sums(world, parameters):
    """The origins summed row by row equal those that the traces give by difference."""
    who = Who(world[0].truster, world[0].trustee, world[0].organisation)
    shares = attribute(rows_of(world), who, AT, parameters, 0.8)
    found = believe(world, who, parameters)
    np.testing.assert_allclose(shares.by_origin, found.parts[0], atol=1e-9)


@given(world=touches())
def test_only_events_outside_the_pair_enter_a_without(world):
    """The pair's own events count as direct (or reciprocal) evidence and nowhere else."""
    who = Who(world[0].truster, world[0].trustee, world[0].organisation)
    rows = rows_of(world)
    from troth.trust.parameters import default_parameters

    shares = attribute(rows, who, AT, default_parameters(), 0.8)
    own = (rows.truster == who.truster) & (rows.trustee == who.trustee)
    others = [i for i, name in enumerate(ORIGINS) if name not in ("direct", "reciprocity")]
    assert not shares.phi[own[shares.row]][:, others].any()


@WEIGHTS
def test_signs_follow_the_outcome(parameters):
    """An event for trust never adds a negative share, one against it never a positive one."""
    kept = oracle.Touch(0, 1, 0, 0, 0, 1.0, 0.0)
    broken = oracle.Touch(0, 1, 0, 1, 1, 0.0, 1.0)
    shares = attribute(rows_of([kept, broken]), Who(0, 1, 0), AT, parameters, 0.8)
    assert shares.by_row[0] > 0 > shares.by_row[1]


def test_a_repair_adds_back_no_more_than_its_breach_took():
    """A repair row of −0.8 of the breach leaves a fifth of the harm, never a gain."""
    breach = oracle.Touch(0, 1, -1, 0, 0, 0.0, 1.0)
    repair = oracle.Touch(0, 1, -1, 0, 5, 0.0, -0.8)
    from troth.trust.parameters import default_parameters

    p = default_parameters()
    harmed = believe([breach], (0, 1, -1), p).eta[0]
    repaired = believe([breach, repair], (0, 1, -1), p).eta[0]
    untouched = believe([oracle.Touch(2, 3, -1, 0, 0, 0.0, 0.0)], (0, 1, -1), p).eta[0]
    assert harmed < repaired < untouched
    shares = attribute(rows_of([breach, repair]), Who(0, 1, -1), AT, p, 0.8)
    assert shares.by_row.sum() == pytest.approx(repaired - float(p.baseline(0.8)), abs=1e-12)
