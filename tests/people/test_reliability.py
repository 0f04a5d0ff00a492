"""Alpha and omega: as restated, as published examples give them, and honest about too little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.oracles import questionnaires as slow
from troth.people.reliability import (
    alpha_interval,
    alpha_of,
    complete_rows,
    loadings_of,
    omega_of,
    reliability_of,
)


def one_factor(seed: int, people: int, true: list[float]) -> np.ndarray:
    """Answers of a one-factor world with these loadings, in points."""
    random = np.random.default_rng(seed)
    at = np.array(true)
    factor = random.standard_normal((people, 1))
    return factor * at + random.standard_normal((people, len(at))) * np.sqrt(1 - at**2)


worlds = st.tuples(
    st.integers(0, 10_000),
    st.integers(60, 300),
    st.lists(st.floats(0.4, 0.9), min_size=3, max_size=8),
)


def settled_omega(answers: np.ndarray) -> float | None:
    """Omega; None where few people happen to share no single factor."""
    try:
        return omega_of(answers)
    except ValueError:
        return None


@given(worlds)
def test_alpha_and_omega_are_those_restated(world):
    """Alpha from plain variances, omega from a general minimiser."""
    answers = one_factor(*world)
    assert alpha_of(answers) == pytest.approx(slow.alpha(answers.tolist()))
    assume(settled_omega(answers) is not None)
    correlations = np.corrcoef(answers, rowvar=False)
    assert np.abs(loadings_of(correlations)).max() <= 1 + 1e-9
    fast, restated = loadings_of(correlations), slow.loadings(correlations)
    if np.abs(restated).max() < 0.999:
        assert fast == pytest.approx(restated, abs=1e-4)
        assert omega_of(answers) == pytest.approx(slow.omega(answers), abs=1e-4)


@given(worlds, st.floats(0.1, 10), st.floats(-5, 5))
def test_units_do_not_matter(world, times, more):
    """Other points and another zero leave both as they were."""
    answers = one_factor(*world)
    assert alpha_of(answers * times + more) == pytest.approx(alpha_of(answers))
    omega = settled_omega(answers)
    assume(omega is not None)
    assert omega_of(answers * times + more) == pytest.approx(omega, abs=1e-6)


def test_loadings_of_a_known_world_are_found():
    """Many people, so that chance is small; omega is that of the true loadings."""
    true = [0.8, 0.7, 0.6, 0.5]
    answers = one_factor(1, 40_000, true)
    assert loadings_of(np.corrcoef(answers, rowvar=False)) == pytest.approx(true, abs=0.02)
    expected = sum(true) ** 2 / (sum(true) ** 2 + sum(1 - t * t for t in true))
    assert omega_of(answers) == pytest.approx(expected, abs=0.01)


def test_an_item_that_says_it_all_stays_within_bounds():
    """Correlations that no factor can make exactly: .8 and .8 beside .5 ask for a loading over 1."""
    odd = np.array([[1, 0.8, 0.8], [0.8, 1, 0.5], [0.8, 0.5, 1]])
    found = loadings_of(odd)
    assert found[0] == pytest.approx(1.0, abs=1e-6)
    assert np.abs(found).max() <= 1
    answers = np.random.default_rng(5).standard_normal((400, 3)) @ np.linalg.cholesky(odd).T
    assert 0 < omega_of(answers) <= 1


def test_parallel_items_give_alpha_and_omega_alike():
    """Spearman and Brown: four items that correlate .5 come to .8."""
    answers = one_factor(2, 40_000, [0.5**0.5] * 4)
    assert alpha_of(answers) == pytest.approx(0.8, abs=0.01)
    assert omega_of(answers) == pytest.approx(alpha_of(answers), abs=0.002)


def test_an_item_keyed_wrongly_lowers_alpha():
    """Which is how a missing reversal shows."""
    answers = one_factor(3, 500, [0.7] * 5)
    wrong = answers * [1, 1, 1, 1, -1]
    assert alpha_of(wrong) < alpha_of(answers) - 0.2


def test_the_interval_is_that_of_a_published_example():
    """Alpha .913 of 20 items and 873 people, 95%: as a unit of statistics prints it for Feldt's interval."""
    assert alpha_interval(0.913, 873, 20) == pytest.approx((0.9044024, 0.9211588), abs=1e-6)


def test_the_interval_covers_the_truth_as_often_as_it_says():
    """Nine times in ten, over 400 worlds of parallel items."""
    true, inside = 0.8, 0
    for seed in range(400):
        found = reliability_of(one_factor(seed, 80, [0.5**0.5] * 4), confidence=0.9)
        inside += found.low <= true <= found.high
    assert 0.86 <= inside / 400 <= 0.94


def test_rows_with_gaps_are_left_out():
    """And counted as not there."""
    answers = one_factor(4, 50, [0.7] * 3)
    gapped = np.vstack([answers, [np.nan, 1.0, 2.0]])
    assert reliability_of(gapped) == reliability_of(answers)
    assert reliability_of(gapped).people == 50


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (np.ones((5, 1)), "two items"),
        (np.ones(5), "two items"),
        (np.array([[1.0, 2.0], [2.0, np.nan], [3.0, 1.0]]), "three people"),
        (np.array([[1.0, 2.0], [2.0, 2.0], [3.0, 2.0]]), "item 1 is answered alike"),
    ],
)
def test_too_little_is_refused(answers, said):
    """With the reason."""
    with pytest.raises(ValueError, match=said):
        complete_rows(answers)
