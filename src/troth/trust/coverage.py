"""Do the intervals cover what they state? Held-out relationships, beta-binomial prediction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.origins import CULTURE, DIRECT, REPUTATION
from troth.trust.belief import beliefs_of, probability
from troth.trust.predictive import outside

if TYPE_CHECKING:
    from troth.trust.parameters import Parameters
    from troth.trust.trials import Trials
    from troth.types import FloatArray, IntArray

#: A relationship says something about an interval once this many outcomes followed …
LATER = 10
#: … and a share among relationships is worth stating from this many on.
ENOUGH_KEYS = 30
LEVEL = 0.9
#: Divisors tried for the evidence behind an interval.
INFLATIONS = np.geomspace(1 / 8, 64, 37)
#: Factors tried for the evidence against: what comes later may be worse or better than before.
LEANS = np.geomspace(1 / 6, 6, 25)


@dataclass(frozen=True)
class Sample:
    """Relationships whose later outcomes test an interval.

    Attributes:
        count: (k,) later outcomes.
        successes: (k,) how many of them honoured trust.
        alpha: (k,) evidence for before them, uninflated.
        beta: (k,) evidence against.
        level: "pair", or "trustee" where pairs hardly ever repeat.
    """

    count: IntArray
    successes: IntArray
    alpha: FloatArray
    beta: FloatArray
    level: str

    def outside(self, inflation: float = 1.0, lean: float = 1.0) -> tuple[float, float, float]:
        """Shares below and above the 90% predictive interval, and wholly outside it."""
        if self.count.size == 0:
            return float("nan"), float("nan"), float("nan")
        alpha, beta = self.alpha / inflation, self.beta * lean / inflation
        return outside(self.count, self.successes, alpha, beta, LEVEL)

    def calibrated(self) -> tuple[float, float]:
        """Inflation and lean that leave 5% on each side; (1, 1) where too few repeat."""
        if self.count.size < ENOUGH_KEYS:
            return 1.0, 1.0
        side = (1 - LEVEL) / 2

        def missed(pair: tuple[float, float]) -> float:
            below, above, _ = self.outside(*pair)
            return abs(below - side) + abs(above - side)

        return min(((float(f), float(r)) for f in INFLATIONS for r in LEANS), key=missed)


def later_sample(
    trials: Trials, parameters: Parameters, shift: FloatArray, span: tuple[int, int]
) -> Sample:
    """Relationships with ten or more outcomes in ``start:end`` and what was believed before.

    Args:
        trials: all outcomes in order of time.
        parameters: what the beliefs rest on; its inflation is taken as 1.
        shift: (n,) calibrated γ·x of each outcome.
        span: first of the later outcomes and one past the last.

    Returns:
        Pairs where at least thirty repeat so often, else trustees.
    """
    sample = _sample(trials, parameters, shift, span, "pair")
    if sample.count.size >= ENOUGH_KEYS:
        return sample
    by_trustee = _sample(trials, parameters, shift, span, "trustee")
    return by_trustee if by_trustee.count.size > sample.count.size else sample


def _sample(
    trials: Trials, parameters: Parameters, shift: FloatArray, span: tuple[int, int], level: str
) -> Sample:
    start, end = span
    keys = (trials.pair if level == "pair" else trials.trustee)[start:end]
    _, first, codes = np.unique(keys, return_index=True, return_inverse=True)
    count = np.bincount(codes)
    honoured = np.bincount(codes, weights=trials.design.outcome[start:end])
    successes = np.rint(honoured).astype(np.int64)
    kept = count >= LATER
    rows = start + first[kept]
    origins = trials.design.origins[rows]
    own = DIRECT
    if level == "trustee":
        own = REPUTATION
        newcomer = np.zeros_like(origins)
        newcomer[:, [REPUTATION, CULTURE]] = origins[:, [REPUTATION, CULTURE]]
        origins = newcomer
    mean = probability(trials.design.base[rows])
    beliefs = beliefs_of(origins, parameters, mean, shift[rows], own)
    alpha = beliefs.alpha * parameters.inflation
    beta = beliefs.beta * parameters.inflation / parameters.lean
    return Sample(count[kept], successes[kept], alpha, beta, level)
