"""The log-likelihood of outcomes under the belief, with its gradient, and its maximum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from troth.types import FloatArray

#: Bounds of ln c: evidence between a 400th of an event and 400 events.
LOG_C = 6.0


@dataclass(frozen=True)
class Design:
    """What a fit sees of each outcome.

    Attributes:
        origins: (n, 6, 2, H) evidence known strictly before the outcome.
        base: (n,) logit of the running base rate of strictly earlier outcomes.
        outcome: (n,) 0–1.
        covariates: (n, k) standardised columns; k may be 0.
    """

    origins: FloatArray
    base: FloatArray
    outcome: FloatArray
    covariates: FloatArray

    def __len__(self) -> int:
        return int(self.outcome.size)

    def until(self, end: int) -> Design:
        """The first ``end`` outcomes."""
        return Design(
            self.origins[:end], self.base[:end], self.outcome[:end], self.covariates[:end]
        )


@dataclass(frozen=True)
class Weights:
    """Free numbers of a fit: slope, intercept, β (6, 2, H), ln c (6, 2), γ (k,)."""

    slope: float
    intercept: float
    beta: FloatArray
    log_c: FloatArray
    gamma: FloatArray

    def vector(self) -> FloatArray:
        """All numbers in one row, as the optimiser wants them."""
        head = np.array([self.slope, self.intercept])
        return np.concatenate([head, self.beta.ravel(), self.log_c.ravel(), self.gamma])

    def like(self, vector: FloatArray) -> Weights:
        """The numbers of ``vector`` in the shapes of this one."""
        split = 2 + self.beta.size
        end = split + self.log_c.size
        return Weights(
            float(vector[0]),
            float(vector[1]),
            vector[2:split].reshape(self.beta.shape),
            vector[split:end].reshape(self.log_c.shape),
            vector[end:],
        )

    def eta(self, design: Design) -> FloatArray:
        """Log-odds of each outcome, (n,)."""
        eta = np.empty(len(design))
        _eta(
            design.origins,
            self.beta,
            np.exp(self.log_c),
            self.slope * design.base + self.intercept,
            eta,
        )
        return eta + design.covariates @ self.gamma


@njit(cache=True, nogil=True)
def _eta(origins, beta, c, start, eta):
    for row in range(start.size):
        total = start[row]
        for origin in range(beta.shape[0]):
            for sign in range(2):
                part = 0.0
                for h in range(beta.shape[2]):
                    mass = origins[row, origin, sign, h]
                    weight = beta[origin, sign, h]
                    if mass > 0.0 and weight > 0.0:
                        part += weight * np.log1p(mass / c[origin, sign])
                total += part if sign == 0 else -part
        eta[row] = total


@njit(cache=True, nogil=True)
def _loss(
    origins, base, outcome, covariates, slope, intercept, beta, c, gamma, g_beta, g_log_c, g_gamma
):
    """Summed negative log-likelihood; gradients are written, those of slope and intercept returned."""
    g_beta[:] = 0.0
    g_log_c[:] = 0.0
    g_gamma[:] = 0.0
    loss = g_slope = g_intercept = 0.0
    logs = np.empty(beta.shape)
    for row in range(outcome.size):
        eta = slope * base[row] + intercept
        for origin in range(beta.shape[0]):
            for sign in range(2):
                direction = 1.0 if sign == 0 else -1.0
                for h in range(beta.shape[2]):
                    mass = origins[row, origin, sign, h]
                    value = direction * np.log1p(mass / c[origin, sign]) if mass > 0.0 else 0.0
                    logs[origin, sign, h] = value
                    eta += beta[origin, sign, h] * value
        for k in range(gamma.size):
            eta += gamma[k] * covariates[row, k]
        loss += max(eta, 0.0) + np.log1p(np.exp(-abs(eta))) - outcome[row] * eta
        error = 0.5 * (1.0 + np.tanh(0.5 * eta)) - outcome[row]
        g_slope += error * base[row]
        g_intercept += error
        for k in range(gamma.size):
            g_gamma[k] += error * covariates[row, k]
        for origin in range(beta.shape[0]):
            for sign in range(2):
                direction = 1.0 if sign == 0 else -1.0
                unit = c[origin, sign]
                for h in range(beta.shape[2]):
                    mass = origins[row, origin, sign, h]
                    if mass > 0.0:
                        g_beta[origin, sign, h] += error * logs[origin, sign, h]
                        g_log_c[origin, sign] -= (
                            error * direction * beta[origin, sign, h] * mass / (mass + unit)
                        )
    return loss, g_slope, g_intercept


def maximise(design: Design, prior: Weights, ridge: float, iterations: int = 500) -> Weights:
    """Most likely weights, drawn by ``ridge`` towards ``prior``; bounded L-BFGS-B.

    Args:
        design: at least one outcome.
        prior: where the weights start and what the ridge draws them to (the Beta values).
        ridge: penalty on squared distance, per outcome; ten times as much on ln c.
        iterations: at most.

    Returns:
        The weights; a function of the design alone, so that refits are reproducible.
    """
    from scipy.optimize import minimize

    centre = prior.vector()
    n = len(design)
    split = 2 + prior.beta.size
    pull = np.full(centre.size, ridge)
    pull[1] = 0.0
    pull[split : split + prior.log_c.size] = 10 * ridge
    g_beta, g_log_c, g_gamma = (np.empty(a.shape) for a in (prior.beta, prior.log_c, prior.gamma))

    def objective(vector: FloatArray) -> tuple[float, FloatArray]:
        w = prior.like(vector)
        loss, g_slope, g_intercept = _loss(
            design.origins, design.base, design.outcome, design.covariates,
            w.slope, w.intercept, w.beta, np.exp(w.log_c), w.gamma, g_beta, g_log_c, g_gamma,
        )  # fmt: skip
        gradient = (
            np.concatenate([[g_slope, g_intercept], g_beta.ravel(), g_log_c.ravel(), g_gamma]) / n
        )
        distance = vector - centre
        return loss / n + float(pull @ distance**2), gradient + 2 * pull * distance

    free: tuple[float | None, float | None] = (None, None)
    bounds: list[tuple[float | None, float | None]] = [(0.0, None), free] + [
        (0.0, None)
    ] * prior.beta.size
    bounds += [(-LOG_C, LOG_C)] * prior.log_c.size + [free] * prior.gamma.size
    found = minimize(
        objective, centre, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": iterations, "maxcor": 20, "ftol": 1e-10, "gtol": 1e-7},
    )  # fmt: skip
    return prior.like(np.asarray(found.x))
