"""Do the intervals cover what they state? Held-out relationships, beta-binomial prediction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.origins import CULTURE, DIRECT, REPUTATION
from troth.trust.belief import beliefs_of, probability
from troth.trust.metrics import coverage_of

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
INFLATIONS = np.geomspace(1 / 8, 64, 73)


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
    successes: FloatArray
    alpha: FloatArray
    beta: FloatArray
    level: str

    def coverage(self, inflation: float = 1.0) -> float:
        """Share of relationships whose later outcomes fall inside the 90% predictive interval."""
        if self.count.size == 0:
            return float("nan")
        return float(
            coverage_of(
                self.count, self.successes, self.alpha / inflation, self.beta / inflation, LEVEL
            )
        )

    def best_inflation(self) -> float:
        """The divisor that brings coverage nearest to what is stated, 1 where too few repeat."""
        if self.count.size < ENOUGH_KEYS:
            return 1.0
        missed = [abs(self.coverage(float(f)) - LEVEL) for f in INFLATIONS]
        return float(INFLATIONS[int(np.argmin(missed))])


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
    successes = np.rint(np.bincount(codes, weights=trials.design.outcome[start:end]))
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
    scale = parameters.inflation
    return Sample(count[kept], successes[kept], beliefs.alpha * scale, beliefs.beta * scale, level)

