"""Ridge and softmax regression, and what each would have said of rows it never saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg, optimize, special

if TYPE_CHECKING:
    from scipy import sparse

    from troth.types import AnyArray, FloatArray, IntArray

_STEPS = 60
_EXACT_TO = 1e-4


@dataclass(frozen=True)
class Linear:
    """Outputs as a weighted sum of features.

    Args:
        weights: (features, outputs).
        bias: (outputs,).
    """

    weights: AnyArray
    bias: AnyArray

    def scores(self, rows: AnyArray | sparse.csr_array) -> FloatArray:
        """(n, outputs) of (n, features) rows."""
        scored: FloatArray = np.asarray(rows @ self.weights, dtype=np.float64) + self.bias
        return scored


def ridge_sparse(rows: sparse.csr_array, targets: FloatArray, penalty: float) -> Linear:
    """Least squares with a penalty on the weights and none on the bias, by conjugate gradients.

    Rows are centred without being filled. All outputs are solved side by side.

    Args:
        rows: (n, features), n ≥ 1.
        targets: (n, outputs).
        penalty: weight of the squared weights, in rows' own units, > 0.

    Returns:
        The regression.
    """
    middle = np.asarray(rows.mean(axis=0), dtype=np.float64).ravel()
    bias = targets.mean(axis=0)
    flipped = rows.T.tocsr()
    size = rows.shape[0]

    def times(weights: FloatArray) -> FloatArray:
        seen = rows @ weights - middle @ weights
        back: FloatArray = flipped @ seen - size * np.outer(middle, seen.mean(axis=0))
        return back + penalty * weights

    weights = np.zeros((rows.shape[1], targets.shape[1]))
    left = flipped @ (targets - bias)
    way = left.copy()
    square = np.einsum("ij,ij->j", left, left)
    goal = square * _EXACT_TO**2
    for _ in range(_STEPS):
        if (square <= goal).all():
            break
        image = times(way)
        curve = np.einsum("ij,ij->j", way, image)
        step = np.divide(square, curve, out=np.zeros_like(square), where=curve > 0)
        weights += step * way
        left -= step * image
        fresh = np.einsum("ij,ij->j", left, left)
        way *= np.divide(fresh, square, out=np.zeros_like(square), where=square > 0)
        way += left
        square = fresh
    return Linear(weights, bias - middle @ weights)


def ridge_dense(rows: AnyArray, targets: FloatArray, penalty: float) -> Linear:
    """The same for filled rows, by one Cholesky factor.

    Args:
        rows: (n, features).
        targets: (n, outputs).
        penalty: > 0.

    Returns:
        The regression.
    """
    middle, bias = rows.mean(axis=0, dtype=np.float64), targets.mean(axis=0)
    centred = rows - middle.astype(rows.dtype)
    gram = (centred.T @ centred).astype(np.float64)
    gram[np.diag_indices_from(gram)] += penalty
    factor = linalg.cho_factor(gram, lower=True, overwrite_a=True, check_finite=False)
    weights = linalg.cho_solve(factor, centred.T @ (targets - bias), check_finite=False)
    return Linear(weights, bias - middle @ weights)


def ridge_unseen(
    rows: AnyArray, targets: FloatArray, folds: IntArray, penalty: float
) -> FloatArray:
    """What ridge says of each fold when fitted on the others, by taking the fold's sums away.

    Args:
        rows: (n, features).
        targets: (n, outputs).
        folds: (n,) fold of each row.
        penalty: > 0.

    Returns:
        (n, outputs), exactly as n folds refitted one by one.
    """
    full = np.column_stack([rows, np.ones(len(rows), dtype=rows.dtype)])
    gram = (full.T @ full).astype(np.float64)
    moment = (full.T @ targets).astype(np.float64)
    ridge = np.full(full.shape[1], penalty)
    ridge[-1] = 0.0
    said = np.empty_like(targets)
    for fold in np.unique(folds):
        out = np.flatnonzero(folds == fold)
        part = full[out]
        less = gram - part.T @ part
        less[np.diag_indices_from(less)] += ridge
        weights = linalg.solve(less, moment - part.T @ targets[out], assume_a="pos")
        said[out] = part @ weights
    return said


def softmax(rows: AnyArray | sparse.csr_array, targets: FloatArray, penalty: float) -> Linear:
    """Multinomial logistic regression with a penalty on the weights, by L-BFGS from zero.

    Args:
        rows: (n, features), dense or sparse.
        targets: (n, classes) probabilities, each row summing to its weight (1 for plain labels).
        penalty: half of it times the squared weights is added to the summed log-loss.

    Returns:
        The regression; ``special.softmax`` of its scores are probabilities.
    """
    shape = (rows.shape[1] + 1, targets.shape[1])
    mass = targets.sum(axis=1)

    def loss(flat: FloatArray) -> tuple[float, FloatArray]:
        weights = flat.reshape(shape)
        scores = rows @ weights[:-1] + weights[-1]
        logs = scores - special.logsumexp(scores, axis=1, keepdims=True)
        wrong = np.exp(logs) * mass[:, None] - targets
        slope = np.vstack([rows.T @ wrong + penalty * weights[:-1], wrong.sum(axis=0)])
        value = -(targets * logs).sum() + penalty / 2 * (weights[:-1] ** 2).sum()
        return float(value), slope.ravel()

    found = optimize.minimize(
        loss, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    weights = found.x.reshape(shape)
    return Linear(weights[:-1], weights[-1])
