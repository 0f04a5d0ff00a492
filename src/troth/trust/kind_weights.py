"""How much an event of each kind weighs, learned from what followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from troth.trust.settings import losses

if TYPE_CHECKING:
    from troth.trust.likelihood import Design, Weights
    from troth.types import FloatArray

#: A kind needs this many rows of evidence before its weight is learned; at most so many kinds are.
FEWEST_ROWS = 200
MOST_KINDS = 8
LOG_FACTOR = 3.0


@njit(cache=True, nogil=True)
def _pull(origins, error, beta, c, out):
    """d loss / d mass of each origin, sign and half-life."""
    for row in range(error.size):
        for origin in range(beta.shape[0]):
            for sign in range(2):
                direction = 1.0 if sign == 0 else -1.0
                for h in range(beta.shape[2]):
                    mass = max(0.0, origins[row, origin, sign, h])
                    weight = beta[origin, sign, h]
                    out[row, origin, sign, h] = (
                        error[row] * direction * weight / (c[origin, sign] + mass)
                    )


def learn_factors(
    by_kind: FloatArray, design: Design, weights: Weights, ridge: float
) -> FloatArray:
    """Most likely factors on the masses of K kinds, the belief's other weights held.

    Args:
        by_kind: (K, n, 6, 2, H) evidence that each kind alone brings; the rest is in ``design``.
        design: (n) outcomes with the evidence of all kinds at factor 1.
        weights: of the belief.
        ridge: pseudo-outcomes that ln factor is drawn to 0 with.

    Returns:
        (K,) factors > 0.
    """
    from scipy.optimize import minimize

    rest = design.origins - by_kind.sum(axis=0)
    pull = np.empty_like(rest)
    c = np.exp(weights.log_c)

    def objective(log_factor: FloatArray) -> tuple[float, FloatArray]:
        factor = np.exp(log_factor)
        origins = np.maximum(rest + np.tensordot(factor, by_kind, axes=1), 0.0)
        eta = weights.eta(type(design)(origins, design.base, design.outcome, design.covariates))
        error = (0.5 * (1.0 + np.tanh(0.5 * eta)) - design.outcome) / len(design)
        _pull(origins, error, weights.beta, c, pull)
        gradient = by_kind.reshape(len(factor), -1) @ pull.ravel() * factor
        penalty = ridge / len(design)
        loss = float(losses(eta, design.outcome).mean()) + penalty * float(log_factor @ log_factor)
        return loss, gradient + 2 * penalty * log_factor

    found = minimize(
        objective, np.zeros(len(by_kind)), jac=True, method="L-BFGS-B",
        bounds=[(-LOG_FACTOR, LOG_FACTOR)] * len(by_kind), options={"maxiter": 50},
    )  # fmt: skip
    return np.exp(np.asarray(found.x))
