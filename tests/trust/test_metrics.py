"""Figures agree with scikit-learn and with what their definitions promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics as sk

from troth.trust.metrics import (
    auc,
    brier,
    cluster_bootstrap,
    difference_interval,
    ece,
    log_loss,
    reliability,
)

CHANCES = st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.5000001, 0.9, 1.0])
ROWS = st.lists(st.tuples(CHANCES, st.integers(0, 1)), min_size=1, max_size=40)


def _columns(rows):
    p, y = np.array(rows, dtype=np.float64).T
    return p, y


@given(ROWS)
def test_log_loss_is_scikit_learns(rows):
    """The natural logarithm, clipped where a probability is 0 or 1."""
    p, y = _columns(rows)
    expected = sk.log_loss(y, np.clip(p, 1e-12, 1 - 1e-12), labels=[0, 1])
    assert log_loss(p, y) == pytest.approx(expected, rel=1e-9)


def test_log_loss_takes_fractions():
    """An outcome of one half is half a good and half a bad one."""
    p = np.array([0.3, 0.8])
    halves = log_loss(p, np.array([0.5, 0.5]))
    assert halves == pytest.approx((log_loss(p, np.ones(2)) + log_loss(p, np.zeros(2))) / 2)


@given(ROWS)
def test_auc_is_scikit_learns(rows):
    """Ties count half; one class alone has no ranking."""
    p, y = _columns(rows)
    if y.min() == y.max():
        assert np.isnan(auc(p, y))
    else:
        assert auc(p, y) == pytest.approx(sk.roc_auc_score(y, p), abs=1e-12)


def test_auc_counts_a_half_as_positive():
    """Outcomes from .5 on are the positive ones."""
    assert auc(np.array([0.9, 0.1]), np.array([0.5, 0.4])) == 1.0


@given(ROWS)
def test_brier_is_scikit_learns(rows):
    """Mean squared distance."""
    p, y = _columns(rows)
    assert brier(p, y) == pytest.approx(sk.brier_score_loss(y, p), abs=1e-12)


def test_no_rows_have_no_figures():
    """Nothing is not perfect."""
    none = np.empty(0)
    figures = (log_loss(none, none), brier(none, none), auc(none, none), ece(none, none))
    assert np.isnan(figures).all()


def test_reliability_fills_its_bins_equally():
    """Equal counts, in order of probability, rows of equal probability as they came."""
    p = np.array([0.9, 0.1, 0.5, 0.5])
    y = np.array([1.0, 0.0, 1.0, 0.0])
    assert reliability(p, y, 2).tolist() == [[0.3, 0.5, 2.0], [0.7, 0.5, 2.0]]
    assert reliability(p, y, 10).shape == (4, 3)


def test_ece_of_a_true_model_is_small_and_of_a_shifted_one_its_shift():
    """A model that is .2 too sure everywhere errs by .2."""
    rng = np.random.default_rng(0)
    p = rng.uniform(0.3, 0.7, 40_000)
    y = (rng.random(p.size) < p).astype(np.float64)
    assert ece(p, y) < 0.01
    assert ece(p + 0.2, y) == pytest.approx(0.2, abs=0.01)


def _clustered(seed):
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(60), 5)
    p = rng.uniform(0.2, 0.8, 60)[cluster]
    return p, (rng.random(p.size) < p).astype(np.float64), cluster


def test_bootstrap_holds_the_figure_and_nests():
    """The 90% interval lies inside the 95% one, around the figure; a seed repeats it."""
    p, y, cluster = _clustered(0)
    found = cluster_bootstrap(log_loss, p, y, cluster, seed=1, draws=300)
    assert found.value == log_loss(p, y)
    assert found.ninety_five[0] <= found.ninety[0] < found.value < found.ninety[1]
    assert found.ninety[1] <= found.ninety_five[1]
    assert found == cluster_bootstrap(log_loss, p, y, cluster, seed=1, draws=300)


def test_bootstrap_draws_whole_clusters():
    """Rows that only repeat each other do not make a figure any surer."""
    p, y, _ = _clustered(1)
    copies = np.repeat(np.arange(p.size), 4)
    alone = cluster_bootstrap(brier, p, y, np.arange(p.size), seed=2, draws=200)
    repeated = cluster_bootstrap(brier, p[copies], y[copies], copies, seed=2, draws=200)
    assert repeated.ninety == pytest.approx(alone.ninety)


def test_bootstrap_does_without_draws_of_one_class():
    """A ranking is not defined where all outcomes are alike."""
    p, y = np.array([0.9, 0.2]), np.array([1.0, 0.0])
    assert cluster_bootstrap(auc, p, y, np.array(["a", "b"]), 0, 50).ninety == (1.0, 1.0)
    nothing = cluster_bootstrap(auc, p, np.ones(2), np.array([0, 1]), 0, 50)
    assert np.isnan(nothing.ninety).all()


def test_difference_is_paired():
    """The same forecasts differ by nothing; a better one by less than nothing, surely."""
    p, y, cluster = _clustered(2)
    same = difference_interval(log_loss, (p, p), y, cluster, seed=0, draws=100)
    assert same.ninety_five == (0.0, 0.0)
    worse = np.where(y == 1, p - 0.15, p + 0.15)
    better = difference_interval(log_loss, (p, worse), y, cluster, seed=0, draws=200)
    assert better.value < 0
    assert better.ninety_five[1] < 0
