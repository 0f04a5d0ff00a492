"""Ridge regression on a kernel, with exact forecasts for each group as if it had been left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import cho_factor, cho_solve

if TYPE_CHECKING:
    from troth.types import AnyArray, FloatArray, IntArray


def fit_dual(
    kernel: AnyArray, y: FloatArray, fold: IntArray, ridge: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Fit, and forecast each fold from the others.

    With C = (K + λI)⁻¹ and α = C(y − ȳ), the residuals of a fold left out are C_ff⁻¹ α_f: nothing is
    fitted again. Source: rifkin_lippert2007.

    Args:
        kernel: (n, n) symmetric, not negative.
        y: (n, k) outputs.
        fold: (n,) number of the fold each row is left out with.
        ridge: λ > 0.

    Returns:
        (k,) means, (n, k) weights α, (n, k) forecasts of each row by the other folds.
    """
    mean = y.mean(0)
    held = kernel + ridge * np.eye(len(kernel), dtype=kernel.dtype)
    factor = cho_factor(held, lower=True, overwrite_a=True, check_finite=False)
    inverse = cho_solve(factor, np.eye(len(kernel), dtype=kernel.dtype), check_finite=False)
    weights = inverse.astype(np.float64) @ (y - mean)
    left_out = np.empty_like(y, dtype=np.float64)
    for number in np.unique(fold):
        rows = np.flatnonzero(fold == number)
        rest = np.linalg.solve(inverse[np.ix_(rows, rows)].astype(np.float64), weights[rows])
        left_out[rows] = y[rows] - rest
    return mean, weights, left_out
