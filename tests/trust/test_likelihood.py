"""The likelihood, its gradient and its maximum."""

from __future__ import annotations

import numpy as np
import pytest

from troth.trust.likelihood import Design, maximise
from troth.trust.settings import beta_weights, losses


def design_of(n: int = 300, seed: int = 0, covariates: int = 1) -> Design:
    """Random evidence, some of it absent, and outcomes that follow it."""
    rng = np.random.default_rng(seed)
    origins = rng.exponential(2.0, (n, 6, 2, 5)) * (rng.random((n, 6, 2, 1)) < 0.6)
    base = rng.normal(0.5, 0.2, n)
    x = rng.normal(size=(n, covariates))
    eta = base + 0.6 * np.log1p(origins[:, 0, 0, 3]) - 1.2 * np.log1p(origins[:, 0, 1, 3])
    outcome = (rng.random(n) < 1 / (1 + np.exp(-eta - 0.8 * x.sum(axis=1)))).astype(np.float64)
    return Design(origins, base, outcome, x)


def test_gradient_is_the_slope_of_the_loss(monkeypatch):
    """Every component agrees with a central difference, ridge included."""
    import scipy.optimize

    found = {}
    monkeypatch.setattr(
        scipy.optimize, "minimize", lambda f, x, **_: found.update(f=f) or type("R", (), {"x": x})
    )
    design = design_of(40)
    prior = beta_weights(0.7, 4.0, (6, 2, 5), 1)
    maximise(design, prior, 0.05)
    at = prior.vector() + np.random.default_rng(1).uniform(0.01, 0.3, prior.vector().size)
    _, gradient = found["f"](at)
    gradient = gradient.copy()
    for i in range(at.size):
        step = np.zeros(at.size)
        step[i] = 1e-5
        slope = (found["f"](at + step)[0] - found["f"](at - step)[0]) / 2e-5
        assert gradient[i] == pytest.approx(slope, abs=1e-6), i


def test_weights_never_turn_negative_and_beat_their_start():
    """The bounds hold and the fit explains the outcomes better than the Beta values do."""
    design = design_of()
    prior = beta_weights(0.7, 4.0, (6, 2, 5), 1)
    found = maximise(design, prior, 1e-3)
    assert found.slope >= 0
    assert (found.beta >= 0).all()
    before, after = (losses(w.eta(design), design.outcome).mean() for w in (prior, found))
    assert after < before
    assert found.gamma[0] > 0.3


def test_a_strong_ridge_keeps_the_beta_values():
    """Drawn hard enough, nothing but the intercept moves."""
    prior = beta_weights(0.7, 4.0, (6, 2, 5), 0)
    found = maximise(design_of(covariates=0), prior, 1e6)
    np.testing.assert_allclose(found.beta, prior.beta, atol=1e-4)
    np.testing.assert_allclose(found.log_c, prior.log_c, atol=1e-4)
