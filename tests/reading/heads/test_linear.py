"""Ridge and softmax regression against slow restatements."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from troth.reading.heads.linear import ridge_dense, ridge_sparse, ridge_unseen, softmax


def _rows(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    rows = generator.normal(size=(60, 7)) * (generator.random((60, 7)) < 0.6)
    return rows, rows @ generator.normal(size=(7, 2)) + 3 + generator.normal(size=(60, 2))


def test_sparse_and_dense_ridge_are_the_normal_equations() -> None:
    """Both solve (XᵀX + λ)w = Xᵀy on centred rows, with a free bias."""
    rows, targets = _rows()
    centred = rows - rows.mean(axis=0)
    weights = np.linalg.inv(centred.T @ centred + 2 * np.eye(7)) @ centred.T @ targets
    for fitted in (
        ridge_dense(rows, targets, 2.0),
        ridge_sparse(sparse.csr_array(rows), targets, 2.0),
    ):
        assert fitted.weights == pytest.approx(weights, abs=1e-3)
        assert fitted.scores(rows).mean(axis=0) == pytest.approx(targets.mean(axis=0))


@pytest.mark.parametrize("folds", [np.arange(60), np.arange(60) % 5, np.arange(60) // 25])
def test_what_is_said_of_unseen_rows_is_what_refitting_says(folds: np.ndarray) -> None:
    """Taking a fold's sums away equals fitting without it, for single rows and for uneven folds."""
    rows, targets = _rows(1)
    said = ridge_unseen(rows, targets, folds, 3.0)
    for fold in np.unique(folds):
        out = folds == fold
        again = ridge_dense(rows[~out], targets[~out], 3.0).scores(rows[out])
        assert said[out] == pytest.approx(again, abs=1e-8)


def test_softmax_stands_where_its_slope_is_zero() -> None:
    """At the solution the penalty balances the residuals, and the bias has none."""
    rows, _ = _rows(2)
    targets = np.eye(3)[np.random.default_rng(3).integers(0, 3, 60)]
    fitted = softmax(rows, targets, 0.5)
    scores = np.exp(fitted.scores(rows))
    wrong = scores / scores.sum(axis=1, keepdims=True) - targets
    assert rows.T @ wrong + 0.5 * fitted.weights == pytest.approx(np.zeros((7, 3)), abs=2e-2)
    assert wrong.sum(axis=0) == pytest.approx(np.zeros(3), abs=2e-2)


def test_softmax_is_the_same_for_sparse_rows() -> None:
    """How rows are stored changes nothing."""
    rows, _ = _rows(4)
    targets = np.eye(2)[(rows[:, 0] > 0).astype(int)]
    filled, stored = softmax(rows, targets, 1.0), softmax(sparse.csr_array(rows), targets, 1.0)
    assert filled.weights == pytest.approx(stored.weights, abs=1e-4)
