"""Choices made on held-out outcomes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trust.test_likelihood import design_of
from troth.trust.metrics import ece
from troth.trust.settings import (
    FEWEST,
    RIDGES,
    WINDOW,
    better,
    choose_ridge,
    losses,
    platt,
    settled_at,
    slice_of,
    window_of,
)  # fmt: skip


@given(count=st.integers(0, 1_000_000), more=st.integers(0, 1_000_000))
def test_choices_rest_on_a_prefix_that_grows_by_doubling(count, more):
    """A power of two at or below the count, never more for fewer outcomes, nothing under the least."""
    found = settled_at(count)
    assert found == 0 if count < FEWEST else found <= count < 2 * found
    assert settled_at(count + more) >= found


@given(count=st.integers(FEWEST, 1_000_000))
def test_the_window_looks_at_the_latest(count):
    """It ends at the count, holds at most so many, and validates on its last fifth."""
    start, cut, end = window_of(count)
    assert end == count
    assert end - start <= WINDOW
    assert start < cut < end
    assert (end - cut) / (end - start) == pytest.approx(0.2, abs=0.02)


def test_platt_leaves_what_is_calibrated_and_mends_what_is_not():
    """Twice too sure is halved; a true model is left alone."""
    rng = np.random.default_rng(0)
    eta = rng.normal(0, 1.5, 20_000)
    outcome = (rng.random(eta.size) < 1 / (1 + np.exp(-eta))).astype(np.float64)
    assert platt(eta, outcome) == (1.0, 0.0)
    slope, intercept = platt(2 * eta + 0.5, outcome)
    assert slope == pytest.approx(0.5, abs=0.05)
    mended = 1 / (1 + np.exp(-(slope * (2 * eta + 0.5) + intercept)))
    assert ece(mended, outcome) < 0.02


def test_platt_never_turns_the_order_round():
    """Even where the forecasts are worse than nothing the slope stays above zero."""
    eta = np.linspace(-3, 3, 500)
    slope, _ = platt(eta, (eta < 0).astype(np.float64))
    assert slope > 0


def test_better_needs_more_than_luck():
    """A gain within its own standard error is none."""
    rng = np.random.default_rng(0)
    current = rng.random(400)
    assert better(current - 0.1, current)
    assert not better(current, current)
    assert not better(current + 0.1, current)
    noise = rng.normal(0, 1, 400)
    assert not better(current + noise - noise.mean(), current)


def test_the_ridge_that_forecasts_best_is_chosen():
    """Of the ridges tried, none has a lower held-out loss."""
    design = design_of(600)
    fitted, held_out = slice_of(design, 0, 450), slice_of(design, 450, 600)
    ridge, weights = choose_ridge(fitted, held_out, 4.0)
    from troth.trust.settings import fit_weights

    tried = {
        r: losses(fit_weights(fitted, 4.0, r).eta(held_out), held_out.outcome).mean()
        for r in RIDGES
    }
    assert ridge == min(tried, key=tried.get)
    assert losses(weights.eta(held_out), held_out.outcome).mean() == tried[ridge]
