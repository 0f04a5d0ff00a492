"""Empirical-Bayes strength of a relationship's prior."""

from __future__ import annotations

import numpy as np
import pytest

from troth.trust.strength import CORRELATION_BOUNDS, prior_strength


@pytest.mark.parametrize("strength", [2.0, 8.0, 30.0])
def test_comes_back_from_beta_binomial_draws(strength):
    """The estimate finds the strength that the groups were drawn with."""
    rng = np.random.default_rng(0)
    count = rng.integers(5, 40, 3000)
    rate = rng.beta(0.8 * strength, 0.2 * strength, 3000)
    groups = np.repeat(np.arange(3000), count)
    outcomes = (rng.random(groups.size) < rate[groups]).astype(np.float64)
    assert prior_strength(groups, outcomes) == pytest.approx(strength, rel=0.15)


def test_follows_the_formula():
    """Two groups by hand: 3 of 4 and 1 of 4."""
    groups = np.array([7] * 4 + [2] * 4)
    outcomes = np.array([1, 1, 1, 0, 1, 0, 0, 0], dtype=np.float64)
    # mean 1/2: sum n(p - mean)^2 / (mean(1 - mean)) = 2; rho = (2 - 1) / (8 - 32/8 - 1) = 1/3
    assert prior_strength(groups, outcomes) == pytest.approx(2.0)


def test_says_when_nothing_can_be_said():
    """No rows, nothing that repeats, or outcomes all alike."""
    none = np.array([])
    assert prior_strength(none.astype(int), none) is None
    assert prior_strength(np.arange(5), np.array([1.0, 0, 1, 0, 1])) is None
    assert prior_strength(np.zeros(5, dtype=int), np.ones(5)) is None


def test_is_kept_within_bounds():
    """Groups that differ wholly, or less than chance, do not give zero or infinity."""
    low, high = CORRELATION_BOUNDS
    apart = prior_strength(np.repeat([0, 1], 50), np.repeat([0.0, 1.0], 50))
    alike = prior_strength(np.repeat(np.arange(50), 2), np.tile([0.0, 1.0], 50))
    assert apart == pytest.approx((1 - high) / high)
    assert alike == pytest.approx((1 - low) / low)
