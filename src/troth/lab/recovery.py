"""Parameter recovery: draw outcomes from known weights, fit, and see whether they come back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.decay import DAY_US, rates_of
from troth.traces.origins import ORIGINS
from troth.trust.belief import beliefs_of

if TYPE_CHECKING:
    import pyarrow as pa

    from troth.trust.parameters import Parameters
    from troth.types import FloatArray


@dataclass(frozen=True)
class World:
    """How much happens in a simulated world.

    Attributes:
        trusters: how many parties trust.
        trustees: how many are trusted.
        events: how many outcomes are drawn.
        days: over how many days.
    """

    trusters: int = 60
    trustees: int = 12
    events: int = 6000
    days: float = 365.0


class _Sums:
    """Decayed sums of one kind of key, brought to a time when read."""

    def __init__(self, half_lives_days: tuple[float, ...]) -> None:
        self._rates = rates_of(half_lives_days)
        self._known: dict[tuple[int, ...], tuple[int, FloatArray]] = {}

    def at(self, key: tuple[int, ...], t_us: int) -> FloatArray:
        since, sums = self._known.get(key, (t_us, np.zeros((2, self._rates.size))))
        return np.asarray(sums * np.exp2(-(t_us - since) * self._rates))

    def add(self, key: tuple[int, ...], t_us: int, outcome: float) -> None:
        mass = np.array([outcome, 1.0 - outcome])[:, None]
        self._known[key] = (t_us, self.at(key, t_us) + mass)


def simulate(
    truth: Parameters, world: World, rng: np.random.Generator
) -> tuple[pa.Table, FloatArray]:
    """Draw outcomes whose chances follow a belief with known weights.

    No organisations are named, so direct, reputation and disposition are the origins at work.

    Args:
        truth: the weights; not tied.
        world: how much happens.
        rng: draws who meets whom and how it ends.

    Returns:
        Events in the ledger's input columns, and the true log-odds of each.
    """
    import pyarrow as pa

    t_us = np.sort(rng.integers(0, int(world.days * DAY_US), world.events))
    truster = rng.integers(0, world.trusters, world.events)
    trustee = world.trusters + rng.integers(0, world.trustees, world.events)
    sums = _Sums(truth.half_lives_days)
    eta, outcome = np.empty(world.events), np.empty(world.events)
    honoured = 0.0
    for i in range(world.events):
        pair, seen, giver = (truster[i], trustee[i]), (-1, trustee[i]), (truster[i], -1)
        mean = truth.running_mean(honoured, i)
        origins = np.zeros((1, len(ORIGINS), 2, len(truth.half_lives_days)))
        direct, whole, given = (sums.at(key, int(t_us[i])) for key in (pair, seen, giver))
        origins[0, [0, 2, 4]] = np.maximum(np.stack([direct, whole - direct, given - direct]), 0.0)
        belief = beliefs_of(origins, truth, mean)
        eta[i] = belief.eta[0]
        outcome[i] = float(rng.random() < belief.probability[0])
        honoured += outcome[i]
        for key in (pair, seen, giver):
            sums.add(key, int(t_us[i]), outcome[i])
    events = pa.table(
        {
            "event_id": [f"sim-{i:06d}" for i in range(world.events)],
            "t_us": t_us,
            "truster": [f"c{i}" for i in truster],
            "trustee": [f"s{i}" for i in trustee],
            "kind": ["observation"] * world.events,
            "outcome": outcome,
        }
    )
    return events, eta


def effect_of_one_event(parameters: Parameters, origin: int = 0) -> tuple[float, float]:
    """What one fresh event for trust, and one against it, does to the log-odds through an origin."""
    fresh = parameters.beta[origin] * np.log1p(1.0 / parameters.c[origin])[:, None]
    up, down = (parameters.platt_slope * fresh.sum(axis=1)).tolist()
    return up, -down
