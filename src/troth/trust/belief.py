"""From the sums of evidence to a probability: log-evidence adds up, all weights ≥ 0."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from troth.trust.parameters import Parameters
    from troth.types import FloatArray


@njit(cache=True, nogil=True)
def _contributions(origins, beta, c, tied_to, means, out):
    for row in range(origins.shape[0]):
        for origin in range(origins.shape[1]):
            for sign in range(2):
                total = 0.0
                unit = c[origin, sign]
                if tied_to > 0.0:
                    unit = tied_to * (means[row] if sign == 0 else 1.0 - means[row])
                for h in range(origins.shape[3]):
                    mass = origins[row, origin, sign, h]
                    weight = beta[origin, sign, h]
                    if mass > 0.0 and weight > 0.0:
                        total += weight * np.log1p(mass / unit)
                out[row, origin, sign] = -total if sign == 1 else total


def contributions(origins: FloatArray, parameters: Parameters, means: FloatArray) -> FloatArray:
    """Log-odds that each origin and sign adds, calibrated.

    Args:
        origins: (n, 6, 2, H) mass by origin, sign (for, against) and half-life.
        parameters: the weights.
        means: (n,) running base rates, which ``c`` follows where it is tied.

    Returns:
        (n, 6, 2) log-odds; ≥ 0 for trust, ≤ 0 against it.
    """
    out = np.empty(origins.shape[:3])
    tied_to = parameters.strength if parameters.tied else 0.0
    _contributions(
        np.ascontiguousarray(origins), parameters.beta, parameters.c, tied_to, means, out
    )
    return out * parameters.platt_slope


def probability(eta: FloatArray) -> FloatArray:
    """σ(η), without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * eta)))


@njit(cache=True, nogil=True)
def _trigamma(x):
    """ψ₁ for x > 0: recurrence up to 8, then the asymptotic series (Abramowitz & Stegun 6.4.12)."""
    total = 0.0
    while x < 8.0:
        total += 1.0 / (x * x)
        x += 1.0
    i = 1.0 / (x * x)
    series = 1.0 / 6 - i * (
        1.0 / 30 - i * (1.0 / 42 - i * (1.0 / 30 - i * (5.0 / 66 - i * 691.0 / 2730)))
    )
    return total + 1.0 / x + i / 2.0 + i / x * series


@njit(cache=True, nogil=True)
def _digamma(x):
    """ψ for x > 0: recurrence up to 8, then the asymptotic series (Abramowitz & Stegun 6.3.18)."""
    total = 0.0
    while x < 8.0:
        total -= 1.0 / x
        x += 1.0
    i = 1.0 / (x * x)
    series = i * (1.0 / 12 - i * (1.0 / 120 - i * (1.0 / 252 - i * (1.0 / 240 - i / 132))))
    return total + np.log(x) - 0.5 / x - series


@njit(cache=True, nogil=True)
def _logit_beta(alpha: FloatArray, beta: FloatArray, spread: FloatArray, skew: FloatArray) -> None:
    """Standard deviation of the logit of a Beta variable, and its mean beyond ln(α/β)."""
    for i in range(alpha.size):
        a, b = alpha[i], beta[i]
        spread[i] = np.sqrt(_trigamma(a) + _trigamma(b))
        skew[i] = _digamma(a) - _digamma(b) - np.log(a / b)


@dataclass(frozen=True)
class Beliefs:
    """Beliefs about n relationships.

    Attributes:
        eta: (n,) calibrated log-odds.
        baseline: (n,) log-odds before evidence; ``parts`` sum to ``eta − baseline − shift``.
        parts: (n, 6, 2) contributions by origin and sign.
        alpha: (n,) evidence for, behind the interval (prior included, inflation applied).
        beta: (n,) evidence against.
        spread: (n,) standard deviation of η.
        skew: (n,) how far the mean of the log-odds lies beyond the log-odds of the mean.
    """

    eta: FloatArray
    baseline: FloatArray
    parts: FloatArray
    alpha: FloatArray
    beta: FloatArray
    spread: FloatArray
    skew: FloatArray

    @property
    def probability(self) -> FloatArray:
        """(n,) the probability that the next encounter honours trust."""
        return probability(self.eta)

    def bounds(self, level: float = 0.9) -> tuple[FloatArray, FloatArray]:
        """Lower and upper end of the central interval at ``level``, as probabilities, (n,) each."""
        from statistics import NormalDist

        reach = NormalDist().inv_cdf(0.5 + level / 2) * self.spread
        centre = self.eta + self.skew
        return probability(centre - reach), probability(centre + reach)


def interval_half_life(parameters: Parameters) -> int:
    """Index of the half-life whose mass stands behind the interval: the longest finite one."""
    finite = [i for i, h in enumerate(parameters.half_lives_days) if np.isfinite(h)]
    return finite[-1] if finite else len(parameters.half_lives_days) - 1


def beliefs_of(
    origins: FloatArray,
    parameters: Parameters,
    mean: FloatArray | float,
    shift: FloatArray | float = 0.0,
    own: int = 0,
) -> Beliefs:
    """Beliefs from the evidence of each origin.

    Args:
        origins: (n, 6, 2, H) mass by origin, sign and half-life.
        parameters: the weights.
        mean: μ(T), one for all or (n,).
        shift: γ·x, calibrated, one for all or (n,).
        own: the origin whose 90-day mass stands behind the interval; 0 (direct) for a relationship,
            2 (reputation) where the belief is a newcomer's.

    Returns:
        The beliefs, with intervals after the logit-Beta approximation sd(η) = √(ψ₁(α) + ψ₁(β)),
        α = s·m + A, β = s·(1 − m) + B, centred on the mean of the log-odds (decision 0004).
    """
    n = origins.shape[0]
    means = (
        np.full(n, mean, dtype=np.float64)
        if np.ndim(mean) == 0
        else np.asarray(mean, dtype=np.float64)
    )
    parts = contributions(origins, parameters, means)
    baseline = np.asarray(parameters.baseline(means))
    eta = baseline + parts.sum(axis=(1, 2)) + shift
    prior = probability(eta - parts[:, own].sum(axis=1))
    masses = origins[:, own, :, interval_half_life(parameters)]
    alpha = (parameters.strength * prior + masses[:, 0]) / parameters.inflation
    against = parameters.strength * (1 - prior) + masses[:, 1]
    beta = against * parameters.lean / parameters.inflation
    spread, skew = np.empty(n), np.empty(n)
    _logit_beta(alpha, beta, spread, skew)
    return Beliefs(eta, baseline, parts, alpha, beta, spread, skew)


def opinion(alpha: FloatArray, beta: FloatArray, prior: FloatArray, strength: float) -> FloatArray:
    """Subjective-logic opinion (Jøsang 2016): belief, disbelief, uncertainty, base rate.

    Args:
        alpha: (n,) evidence for, prior included.
        beta: (n,) evidence against, prior included.
        prior: (n,) base rate m.
        strength: prior evidence; the uncertainty is its share of the whole.

    Returns:
        (n, 4): b, d, u, a with b + d + u = 1 and b + a·u = α/(α+β).
    """
    total = alpha + beta
    uncertainty = strength / total
    return np.column_stack(
        [
            (alpha - strength * prior) / total,
            (beta - strength * (1 - prior)) / total,
            uncertainty,
            prior,
        ]
    )
