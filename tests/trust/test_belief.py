"""The belief against a slow restatement, and the laws that it must keep."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaln, digamma, polygamma

from tests.oracles import belief as oracle
from tests.trust.worlds import DAY_US, rows_of, touches
from troth.traces.batch import sum_rows
from troth.trust.belief import beliefs_of, opinion, probability
from troth.trust.parameters import Parameters, default_parameters

AT = 200 * DAY_US


def fitted_like() -> Parameters:
    """Parameters with every weight different, as a fit would give."""
    rng = np.random.default_rng(3)
    return Parameters(
        half_lives_days=(0.25, 2.0, 14.0, 90.0, math.inf),
        slope=0.7,
        intercept=0.2,
        beta=rng.random((6, 2, 5)),
        c=rng.random((6, 2)) + 0.2,
        platt_slope=0.9,
        platt_intercept=0.1,
    )


WEIGHTS = pytest.mark.parametrize(
    "parameters", [default_parameters(), fitted_like()], ids=["shipped", "fitted"]
)


def believe(world, who, parameters, mean=0.8, at_us=AT):
    """η of one relationship through the real code."""
    sums = sum_rows(rows_of(world), at_us, parameters.half_lives_days)
    codes = [np.array([code], dtype=np.int32) for code in who]
    return beliefs_of(sums.origins(*codes), parameters, mean)


@WEIGHTS
@given(world=touches(), mean=st.floats(0.05, 0.95))
def test_agrees_with_the_oracle(world, mean, parameters):
    """The compiled belief equals the design's equation summed one event at a time."""
    who = (world[0].truster, world[0].trustee, world[0].organisation)
    expected = oracle.log_odds(world, who, AT, parameters, mean)
    assert believe(world, who, parameters, mean).eta[0] == pytest.approx(expected, abs=1e-9)


@WEIGHTS
@given(world=touches(), index=st.integers(0, 39), extra=st.floats(0.01, 5))
def test_more_good_evidence_never_lowers_a_belief(world, index, extra, parameters):
    """Adding mass for trust anywhere leaves every belief as high or higher; mass against, as low."""
    e = world[index % len(world)]
    who = (world[0].truster, world[0].trustee, world[0].organisation)
    before = believe(world, who, parameters).eta[0]
    praised = believe([*world, replace(e, good=extra, bad=0.0)], who, parameters).eta[0]
    harmed = believe([*world, replace(e, good=0.0, bad=extra)], who, parameters).eta[0]
    assert praised >= before - 1e-9
    assert harmed <= before + 1e-9


@given(
    good=st.floats(0, 50),
    bad=st.floats(0, 50),
    mean=st.floats(0.05, 0.95),
    days=st.floats(0, 400),
    more=st.floats(0, 400),
)
def test_silence_only_widens_the_interval(good, bad, mean, days, more):
    """With time and no events the spread of a relationship's own evidence never shrinks."""
    e = oracle.Touch(0, 1, -1, 0, 0, good, bad)
    p = default_parameters()
    spreads = [
        believe([e], (0, 1, -1), p, mean, at_us=int(d * DAY_US) + 1).spread[0]
        for d in (days, days + more)
    ]
    assert spreads[1] >= spreads[0] - 1e-12


@given(
    good=st.floats(0, 30),
    bad=st.floats(0, 30),
    mean=st.floats(0.05, 0.95),
    strength=st.floats(0.5, 50),
)
def test_one_origin_and_half_life_is_the_beta_model(good, bad, mean, strength):
    """β = 1 for one origin and one half-life, c = sμ and s(1 − μ): exactly (sμ+S⁺)/(s+S⁺+S⁻)."""
    beta = np.zeros((6, 2, 1))
    beta[0] = 1.0
    c = np.tile([strength * mean, strength * (1 - mean)], (6, 1))
    p = Parameters((math.inf,), 1.0, 0.0, beta, c, strength=strength)
    found = believe([oracle.Touch(0, 1, -1, 0, 0, good, bad)], (0, 1, -1), p, mean)
    expected = (strength * mean + good) / (strength + good + bad)
    assert found.probability[0] == pytest.approx(expected, abs=1e-12)
    assert found.alpha[0] / (found.alpha[0] + found.beta[0]) == pytest.approx(expected, abs=1e-12)


@given(a=st.floats(0.05, 500), b=st.floats(0.05, 500))
def test_interval_uses_the_moments_of_the_logit_of_a_beta(a, b):
    """Spread and centre are those of ln(X/(1−X)), X ~ Beta(α, β)."""
    p = replace(default_parameters(), strength=a + b)
    found = beliefs_of(np.zeros((1, 6, 2, 5)), p, a / (a + b))
    alpha, beta = found.alpha[0], found.beta[0]
    assert found.spread[0] == pytest.approx(
        math.sqrt(polygamma(1, alpha) + polygamma(1, beta)), rel=1e-9
    )
    expected = digamma(alpha) - digamma(beta) - math.log(alpha / beta)
    assert found.skew[0] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(("alpha", "beta"), [(4.0, 2.0), (20.0, 3.0), (9.0, 9.0), (40.0, 1.5)])
def test_interval_covers_what_it_states(alpha, beta):
    """The 90% interval holds close to 90% of the Beta it stands for."""
    p = replace(default_parameters(), strength=alpha + beta)
    low, high = beliefs_of(np.zeros((1, 6, 2, 5)), p, alpha / (alpha + beta)).bounds()
    grid = np.linspace(low[0], high[0], 20_001)
    density = np.exp(
        (alpha - 1) * np.log(grid) + (beta - 1) * np.log1p(-grid) - betaln(alpha, beta)
    )
    assert np.trapezoid(density, grid) == pytest.approx(0.9, abs=0.03)


@given(
    good=st.floats(0, 30), bad=st.floats(0, 30), mean=st.floats(0.05, 0.95), s=st.floats(0.5, 20)
)
def test_opinion_is_one_and_projects_to_the_beta_mean(good, bad, mean, s):
    """b + d + u = 1 and b + a·u is the mean of the Beta (Jøsang's mapping)."""
    alpha, beta = np.array([s * mean + good]), np.array([s * (1 - mean) + bad])
    b, d, u, a = opinion(alpha, beta, np.array([mean]), s)[0]
    assert b + d + u == pytest.approx(1)
    assert b + a * u == pytest.approx(float((alpha / (alpha + beta))[0]))
    assert min(b, d, u) >= -1e-12


def test_probability_does_not_overflow():
    """Very large log-odds give 0 and 1."""
    assert probability(np.array([-1e4, 0.0, 1e4])).tolist() == [0.0, 0.5, 1.0]
