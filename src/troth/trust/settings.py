"""Choices that are made on held-out outcomes before the weights are fitted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from troth.trust.likelihood import LOG_C, Design, Weights, maximise
from troth.trust.metrics import ece
from troth.trust.parameters import default_parameters
from troth.trust.strength import prior_strength

if TYPE_CHECKING:
    from troth.trust.trials import Trials
    from troth.types import AnyArray, FloatArray

#: Pseudo-outcomes that the pull towards the Beta values is worth, tried in turn.
RIDGES = (0.2, 2.0, 20.0, 200.0)
#: Choices look at this many of the latest outcomes at most, so that they stay cheap.
WINDOW = 32_768
#: Share of the window that fits; the rest, later in time, validates.
FITTED_SHARE = 0.8
#: Below this many outcomes nothing is chosen and the pull is strong.
FEWEST = 64
CALIBRATED = 0.02


@dataclass(frozen=True)
class Settings:
    """What was chosen, and on how many outcomes.

    Attributes:
        ridge: pull towards the Beta values, in pseudo-outcomes.
        strength: s of one relationship's prior.
        platt: slope (> 0) and intercept of the calibration.
        kinds: learned factors on the mass of event kinds.
        covariates: columns that earned their place.
        chosen_on: outcomes looked at.
    """

    ridge: float = RIDGES[-1]
    strength: float = 4.0
    platt: tuple[float, float] = (1.0, 0.0)
    kinds: dict[str, float] = field(default_factory=dict)
    covariates: tuple[str, ...] = ()
    chosen_on: int = 0


def settled_at(count: int) -> int:
    """Outcomes that the choices for ``count`` outcomes rest on: the power of two at or below.

    Choices made on so coarse a grid are the same for a file and for any file that begins with it.
    """
    return 1 << (count.bit_length() - 1) if count >= FEWEST else 0


def window_of(count: int) -> tuple[int, int, int]:
    """Start, cut and end of the outcomes that choices look at: fit before the cut, validate after."""
    start = max(0, count - WINDOW)
    return start, start + int(FITTED_SHARE * (count - start)), count


def slice_of(design: Design, start: int, end: int) -> Design:
    """The outcomes ``start:end``."""
    return Design(
        design.origins[start:end],
        design.base[start:end],
        design.outcome[start:end],
        design.covariates[start:end],
    )


def strength_of(trials: Trials, end: int) -> float:
    """Prior strength of a relationship: of pairs, or of trustees where pairs do not repeat."""
    outcomes = trials.design.outcome[:end]
    for groups in (trials.pair, trials.trustee):
        found = prior_strength(groups[:end], outcomes)
        if found is not None:
            return found
    return default_parameters().strength


def beta_weights(mean: float, strength: float, shape: tuple[int, ...], covariates: int) -> Weights:
    """The Beta model's weights: where a fit starts and what its ridge draws it to.

    Args:
        mean: base rate, 0–1.
        strength: s.
        shape: (6, 2, H) of the weights.
        covariates: how many columns shift the belief.
    """
    shipped = default_parameters().beta
    origin_share = shipped.sum(axis=2, keepdims=True)
    beta = shipped if shipped.shape == shape else np.broadcast_to(origin_share / shape[2], shape)
    mean = min(max(mean, 1e-3), 1 - 1e-3)
    log_c = np.log(np.array([strength * mean, strength * (1 - mean)]))
    return Weights(
        1.0,
        0.0,
        beta.copy(),
        np.clip(np.tile(log_c, (shape[0], 1)), -LOG_C, LOG_C),
        np.zeros(covariates),
    )


def fit_weights(design: Design, strength: float, ridge: float) -> Weights:
    """Most likely weights of one stretch of outcomes, with ``ridge`` in pseudo-outcomes."""
    prior = beta_weights(
        float(design.outcome.mean()), strength, design.origins.shape[1:], design.covariates.shape[1]
    )
    return maximise(design, prior, ridge / len(design))


def losses(eta: FloatArray, outcome: FloatArray) -> FloatArray:
    """Log-loss of each outcome, (n,)."""
    return np.asarray(np.logaddexp(0.0, eta) - outcome * eta)


def choose_ridge(fitted: Design, held_out: Design, strength: float) -> tuple[float, Weights]:
    """The ridge that forecasts the held-out outcomes best, and its weights."""
    tried = [(r, fit_weights(fitted, strength, r)) for r in RIDGES]
    return min(tried, key=lambda t: float(losses(t[1].eta(held_out), held_out.outcome).mean()))


def better(candidate: FloatArray, current: FloatArray) -> bool:
    """Whether losses are lower by more than their paired standard error: the data supports it."""
    gain = current - candidate
    return bool(gain.size > 1 and gain.mean() > gain.std(ddof=1) / np.sqrt(gain.size))


def platt(eta: FloatArray, outcome: FloatArray) -> tuple[float, float]:
    """Slope and intercept that calibrate held-out log-odds; (1, 0) where they already are.

    Source: Platt 1999; the slope is kept > 0 so that order and signs stay.
    """
    from scipy.optimize import minimize

    if ece(1 / (1 + np.exp(-eta)), outcome) <= CALIBRATED:
        return 1.0, 0.0

    def objective(v: AnyArray) -> float:
        return float(losses(v[0] * eta + v[1], outcome).mean())

    found = minimize(objective, [1.0, 0.0], method="L-BFGS-B", bounds=[(1e-3, None), (None, None)])
    return float(found.x[0]), float(found.x[1])
