"""Beta-binomial prediction of later outcomes, edges split by their share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import betabinom

from troth.trust.coverage import Sample
from troth.trust.predictive import outside


def inside(n, k, a, b, level=0.9):
    """The share of one key inside its interval."""
    whole = (np.array([n]), np.array([k]))
    below, above, _ = outside(*whole, np.array([a]), np.array([b]), level)
    return 1 - below - above


@given(st.integers(1, 60), st.floats(0.05, 30), st.floats(0.05, 30), st.floats(0.5, 0.99))
def test_a_true_model_covers_what_it_states(n, a, b, level):
    """In expectation exactly, though the number of successes is discrete."""
    k = np.arange(n + 1)
    covered = [inside(n, int(each), a, b, level) for each in k]
    assert np.dot(betabinom.pmf(k, n, a, b), covered) == pytest.approx(level, abs=1e-8)


@given(st.integers(1, 60), st.data(), st.floats(0.05, 30), st.floats(0.05, 30))
def test_an_edge_counts_by_its_share(n, data, a, b):
    """The overlap of a key's step of the distribution with the interval, as scipy has it."""
    k = data.draw(st.integers(0, n))
    low, high = betabinom.cdf(k - 1, n, a, b), betabinom.cdf(k, n, a, b)
    expected = max(0.0, min(high, 0.95) - max(low, 0.05)) / (high - low) if high > low else 0.0
    assert inside(n, k, a, b) == pytest.approx(expected, abs=1e-6 / max(high - low, 1e-3))


def test_thousands_of_trials():
    """Long records neither overflow nor lose their mass."""
    assert inside(10_000, 5_000, 50.0, 50.0) == pytest.approx(1.0)
    assert inside(10_000, 10_000, 50.0, 50.0) == 0.0


@pytest.mark.parametrize(("strength", "shift"), [(3.0, 0.0), (12.0, 0.0), (12.0, -0.1)])
def test_calibration_finds_what_covers(strength, shift):
    """Stated with too much evidence or too high a mean, intervals are brought to 90%."""
    rng = np.random.default_rng(0)
    count = rng.integers(10, 60, 800)
    rate = rng.beta(strength * (0.8 + shift), strength * (0.2 - shift), 800)
    stated = 4 * strength
    sample = Sample(
        count,
        rng.binomial(count, rate),
        np.full(800, stated * 0.8),
        np.full(800, stated * 0.2),
        "pair",
    )
    below, above, _ = sample.outside()
    assert below + above > 0.15
    below, above, _ = sample.outside(*sample.calibrated())
    assert below == pytest.approx(0.05, abs=0.02)
    assert above == pytest.approx(0.05, abs=0.02)


def test_too_few_relationships_calibrate_nothing():
    """With fewer than thirty the factors stay at one."""
    ten = np.full(10, 20)
    sample = Sample(ten, ten, np.full(10, 8.0), np.full(10, 2.0), "pair")
    assert sample.calibrated() == (1.0, 1.0)
