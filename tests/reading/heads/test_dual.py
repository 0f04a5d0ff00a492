"""Ridge on a kernel: the forecasts of folds left out are those of fits without them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from troth.reading.heads.dual import fit_dual


@given(st.integers(0, 2**32 - 1), st.integers(8, 30), st.floats(0.01, 10))
def test_left_out_forecasts_equal_fits_without_the_fold(seed, n, ridge):
    """Each fold's forecast is that of a fit on the other rows, centred on the mean of all."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, 5)), rng.normal(size=(n, 2))
    kernel, fold = x @ x.T, rng.integers(0, 3, n)
    mean, weights, left_out = fit_dual(kernel, y, fold, ridge)
    for number in np.unique(fold):
        rest, own = np.flatnonzero(fold != number), np.flatnonzero(fold == number)
        held = kernel[np.ix_(rest, rest)] + ridge * np.eye(rest.size)
        slow = mean + kernel[np.ix_(own, rest)] @ np.linalg.solve(held, y[rest] - mean)
        assert np.allclose(left_out[own], slow, atol=1e-6)
    whole = np.linalg.solve(kernel + ridge * np.eye(n), y - mean)
    assert np.allclose(weights, whole, atol=1e-6)
