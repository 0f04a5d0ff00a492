"""Ratings as in games: every outcome moves the truster's and the trustee's rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from troth.trust.baselines.tuning import tuned

if TYPE_CHECKING:
    from troth.trust.baselines.history import Columns, History
    from troth.types import FloatArray

#: Log-odds by which one outcome, wholly unexpected, moves a rating.
STEPS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
#: Deviation of an unknown rating, in log-odds.
DEVIATIONS = (0.3, 0.6, 1.2, 2.4, 4.8)
PAIR_DEVIATIONS = (0.0, 0.6, 1.2, 2.4)
#: Growth of a deviation, log-odds per square root of a day.
GROWTHS = (0.0, 0.03, 0.1, 0.3, 1.0)


def crossed_elo(history: History) -> FloatArray:
    """Elo with two kinds of player: p = σ(logit of the running rate + truster + trustee).

    After an outcome y both ratings move by step·(y − p); a step for each kind, from a grid.

    Args:
        history: rows in order of time.

    Returns:
        (n,) probabilities.

    Source: Elo 1978, The rating of chessplayers; crossed effects are our choice.
    """

    def walk(columns: Columns, settings: tuple[float, ...]) -> FloatArray:
        found: FloatArray = _elo(
            columns.ids, columns.sizes, columns.bounds, columns.outcome, columns.base, *settings
        )
        return found

    return tuned(history, walk, (STEPS, STEPS))


def glicko2_style(history: History) -> FloatArray:
    """Ratings with deviations that grow with time: trustee, truster and the pair itself.

    An instant is a rating period. With s the other players' joint deviation, g = 1/√(1 + 3s²/π²)
    and E = σ(intercept + g·sum of ratings), an outcome carries information g²E(1−E); the deviation
    becomes φ = (1/φ² + Σ g²E(1−E))^(−1/2) and the rating moves by φ²·Σ g(y − E). Between outcomes
    φ² grows by growth²·days, up to its start. Volatility is the one growth for all, chosen from a
    grid with the starting deviations of parties and pairs, instead of one a player.

    Args:
        history: rows in order of time.

    Returns:
        (n,) probabilities.

    Source: Glickman 1999, Parameter estimation in large dynamic paired comparison experiments;
    Glickman 2022, Example of the Glicko-2 system; the pair as a third player is our choice.
    """

    def walk(columns: Columns, settings: tuple[float, ...]) -> FloatArray:
        growth, trustee, truster, pair = settings
        found: FloatArray = _glicko(
            columns.ids, columns.sizes, columns.bounds, columns.days, columns.outcome, columns.base,
            np.array([truster, trustee, pair]) ** 2, growth**2,
        )  # fmt: skip
        return found

    return tuned(history, walk, (GROWTHS, DEVIATIONS, DEVIATIONS, PAIR_DEVIATIONS))


@njit(cache=True, nogil=True)
def _elo(ids, sizes, bounds, outcome, base, step_truster, step_trustee):
    trusters, trustees = np.zeros(sizes[0]), np.zeros(sizes[1])
    p = np.empty(outcome.size)
    for instant in range(bounds.size - 1):
        rows = range(bounds[instant], bounds[instant + 1])
        for row in rows:
            logit = np.log(base[row] / (1.0 - base[row]))
            p[row] = 1.0 / (1.0 + np.exp(-logit - trusters[ids[row, 0]] - trustees[ids[row, 1]]))
        for row in rows:
            if not np.isnan(outcome[row]):
                surprise = outcome[row] - p[row]
                trusters[ids[row, 0]] += step_truster * surprise
                trustees[ids[row, 1]] += step_trustee * surprise
    return p


@njit(cache=True, nogil=True)
def _shrink(variance):
    return 1.0 / np.sqrt(1.0 + 3.0 * variance / np.pi**2)


@njit(cache=True, nogil=True)
def _forecast(keys, rating, variance, intercept, excluded):
    """Shrinkage by the deviations of all players but ``excluded``, and the chance under it."""
    joint, total = 0.0, 0.0
    for player in range(3):
        total += rating[keys[player]]
        if player != excluded:
            joint += variance[keys[player]]
    g = _shrink(joint)
    return g, 1.0 / (1.0 + np.exp(-intercept - g * total))


@njit(cache=True, nogil=True)
def _glicko(ids, sizes, bounds, days, outcome, base, start, growth):
    """``start`` (3,) first variances of truster, trustee, pair; ``growth`` of variance a day."""
    offsets = (0, sizes[0], sizes[0] + sizes[1])
    size = sizes[0] + sizes[1] + sizes[2]
    rating, variance = np.zeros(size), np.empty(size)
    seen = np.full(size, days[0] if days.size else 0.0)
    for player in range(3):
        variance[offsets[player] : offsets[player] + sizes[player]] = start[player]
    information, pull = np.zeros(size), np.zeros(size)
    keys = np.empty(3, np.int64)
    p = np.empty(outcome.size)
    for instant in range(bounds.size - 1):
        rows = range(bounds[instant], bounds[instant + 1])
        now = days[bounds[instant]]
        for row in rows:
            intercept = np.log(base[row] / (1.0 - base[row]))
            for player in range(3):
                key = offsets[player] + ids[row, player]
                keys[player] = key
                variance[key] = min(variance[key] + growth * (now - seen[key]), start[player])
                seen[key] = now
            p[row] = _forecast(keys, rating, variance, intercept, -1)[1]
            if not np.isnan(outcome[row]):
                for player in range(3):
                    g, expected = _forecast(keys, rating, variance, intercept, player)
                    information[keys[player]] += g * g * expected * (1.0 - expected)
                    pull[keys[player]] += g * (outcome[row] - expected)
        for row in rows:
            for player in range(3):
                key = offsets[player] + ids[row, player]
                if information[key] > 0.0 and variance[key] > 0.0:
                    variance[key] = 1.0 / (1.0 / variance[key] + information[key])
                    rating[key] += variance[key] * pull[key]
                information[key] = 0.0
                pull[key] = 0.0
    return p
