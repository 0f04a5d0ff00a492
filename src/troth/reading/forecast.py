"""How satisfied a dialogue leaves the customer: the installed forecast, from cues and structure.

Nothing here is learned from rated dialogues; the weights stand in content/forecast.yaml, each with
its reason.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from troth.content.forecast import forecast_weights
from troth.reading.schema import CUSTOMER, GRADES, STAFF, TARGETS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from troth.content.forecast import Scale, Weights
    from troth.reading.schema import Turn, TurnReading

#: Characters of an ordinary message.
_ORDINARY: Final = {"en": 60, "mixed": 40}
_ORDINARY_ZH: Final = 20
#: Shorter texts, such as "ok", are often said again.
_SENTENCE: Final = 12
#: A fall of the 0–1 forecast that is smaller is none.
_LEAST_FALL: Final = 0.01


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a dialogue is forecast to come to.

    Attributes:
        distributions: by target of ``TARGETS``, probability by grade, summing to 1.
        turns: the customer's satisfaction 0–1 as forecast after each turn.
        turning_point: the turn, from 0, after which the forecast fell most; None where it did not.
    """

    distributions: dict[str, dict[str, float]]
    turns: tuple[float, ...]
    turning_point: int | None


def forecast(turns: Sequence[Turn], readings: Sequence[TurnReading]) -> Forecast:
    """Forecast a dialogue, and each of its beginnings.

    Args:
        turns: in order; may be empty.
        readings: one a turn.

    Returns:
        The forecast; turn i sees turns 0 to i only.

    Source: our choice, content/forecast.yaml.
    """
    weights = forecast_weights()
    so_far = _SoFar(weights)
    after = []
    for turn, reading in zip(turns, readings, strict=True):
        so_far.add(turn, reading)
        after.append(so_far.satisfaction())
    distributions = {target: so_far.distribution(weights.targets[target]) for target in TARGETS}
    return Forecast(distributions, tuple(after), turning_point(after))


def turning_point(after: Sequence[float]) -> int | None:
    """The turn after which a forecast fell most, the first of equals; None where it did not fall.

    >>> turning_point([0.5, 0.6, 0.3, 0.2])
    2
    """
    falls = [one - other for one, other in pairwise(after)]
    most = max(falls, default=0.0)
    return falls.index(most) + 1 if most >= _LEAST_FALL else None


@dataclass
class _SoFar:
    """A dialogue as far as it has gone.

    Args:
        weights: how it is weighed.
    """

    weights: Weights
    _said: dict[str, float] = field(default_factory=lambda: {CUSTOMER: 0.0, STAFF: 0.0})
    _texts: set[tuple[str, str]] = field(default_factory=set)
    _extra: float = 0.0
    _waiting: bool = False
    _asked_at: datetime | None = None

    def add(self, turn: Turn, reading: TurnReading) -> None:
        """Take in the next turn."""
        structure = self.weights.structure
        side = CUSTOMER if turn.speaker == CUSTOMER else STAFF
        said = self._of_acts(side, reading)
        if side == CUSTOMER and turn.text.strip():
            said += structure["sentiment"] * (reading.sentiment or 0.0)
            said += structure["length"] * _doublings(turn.text, reading.language)
        if said:
            self._said[side] = structure["earlier"] * self._said[side] + said
        words = turn.text.strip()
        if len(words) >= _SENTENCE:
            self._extra += structure["repeated"] * ((side, words) in self._texts)
            self._texts.add((side, words))
        self._wait(side, turn.at)

    def grade(self) -> float:
        """What all signs add up to, in grades."""
        structure = self.weights.structure
        total = sum(self._said.values()) + self._extra
        total += structure["unanswered"] * self._waiting
        most = structure["most"]
        return most * math.tanh(total / most)

    def distribution(self, scale: Scale) -> dict[str, float]:
        """Probability by grade."""
        return _distribution(scale.start + scale.share * self.grade(), scale.spread)

    def satisfaction(self) -> float:
        """The mean grade as 0–1."""
        shares = self.distribution(self.weights.targets["satisfaction"])
        return (sum(int(grade) * share for grade, share in shares.items()) + 2) / 4

    def _of_acts(self, side: str, reading: TurnReading) -> float:
        own = self.weights.acts[side]
        strongest: dict[str, float] = {}
        for act in reading.acts:
            if act.act in own:
                strongest[act.act] = max(strongest.get(act.act, 0.0), act.strength)
        return sum(own[name] * strength for name, strength in strongest.items())

    def _wait(self, side: str, at: datetime | None) -> None:
        """How long the answer took; the first hour costs nothing."""
        if side == CUSTOMER:
            self._asked_at = self._asked_at or at
        elif self._asked_at and at:
            hours = (at - self._asked_at).total_seconds() / 3600
            if hours > 1:
                self._extra += self.weights.structure["delay"] * math.log2(hours)
        if side == STAFF:
            self._asked_at = None
        self._waiting = side == CUSTOMER


def _doublings(text: str, language: str) -> float:
    """How much longer than usual a message is, in doublings, −2..2."""
    usual = _ORDINARY.get(language, _ORDINARY_ZH)
    return max(-2.0, min(2.0, math.log2((1 + len(text.strip())) / usual)))


def _distribution(mean: float, spread: float) -> dict[str, float]:
    """Grades by an ordered logistic around a mean."""
    below = [1 / (1 + math.exp(-(int(grade) + 0.5 - mean) / spread)) for grade in GRADES[:-1]]
    edges = [0.0, *below, 1.0]
    return {g: high - low for g, (low, high) in zip(GRADES, pairwise(edges), strict=True)}
