"""The sums behind a belief, in hundredths of log-odds that add up exactly as they are shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.trust.explain import Contribution, Explanation

#: A contribution that would be shown as 0.00 is counted among the smaller ones.
LEAST: Final = 0.005


def rounded(parts: Sequence[float], total: int) -> list[int]:
    """Round parts to hundredths so that they sum to a total that was rounded on its own.

    The parts that rounding down wrongs most are rounded up (the method of largest remainders), so
    that a reader who adds up what is shown finds no gap.

    Args:
        parts: numbers that sum to ``total / 100`` but for rounding.
        total: hundredths.

    Returns:
        Hundredths, each within 1 of its part where the parts do sum to the total.

    >>> rounded([0.333, 0.333, 0.334], 100)
    [33, 33, 34]
    """
    floors = [math.floor(part * 100) for part in parts]
    short = total - sum(floors)
    order = sorted(range(len(parts)), key=lambda i: (floors[i] - parts[i] * 100, i))
    for place in range(abs(short)):
        i = order[place % len(order)] if short > 0 else order[-1 - place % len(order)]
        floors[i] += 1 if short > 0 else -1
    return floors


def hundredths_of(value: float) -> int:
    """A number as a count of hundredths."""
    return round(value * 100)


@dataclass(frozen=True)
class OriginBar:
    """What one origin adds, hundredths: for (≥ 0) and against (≤ 0)."""

    origin: str
    good: int
    bad: int

    @property
    def net(self) -> int:
        """Both together."""
        return self.good + self.bad


@dataclass(frozen=True)
class ByOrigin:
    """Baseline + bars + covariates = total, in hundredths exactly.

    Attributes:
        baseline: before any evidence.
        bars: origins that bring evidence, in the order of the design.
        covariates: other circumstances; 0 where none are used.
        total: the belief.
        silent: origins that bring none.
    """

    baseline: int
    bars: tuple[OriginBar, ...]
    covariates: int
    total: int
    silent: tuple[str, ...]

    @property
    def evidence(self) -> int:
        """What all origins add."""
        return sum(bar.net for bar in self.bars)


def by_origin(told: Explanation) -> ByOrigin:
    """The belief as a sum over origins."""
    speaking = {name: signs for name, signs in told.by_origin.items() if any(signs.values())}
    leaves = [signs[sign] for signs in speaking.values() for sign in ("for", "against")]
    shift = told.eta - told.baseline - math.fsum(leaves)
    # Floating point leaves 1e-16 where no covariate is in use: such a rest is no circumstance.
    rest = [shift] if abs(shift) > 1e-9 else []
    total = hundredths_of(told.eta)
    whole = rounded([told.baseline, *leaves, *rest], total)
    bars = tuple(
        OriginBar(name, whole[1 + 2 * i], whole[2 + 2 * i]) for i, name in enumerate(speaking)
    )
    silent = tuple(name for name in told.by_origin if name not in speaking)
    return ByOrigin(whole[0], bars, whole[-1] if rest else 0, total, silent)


@dataclass(frozen=True)
class EventBar:
    """What one event adds, in hundredths."""

    told: Contribution
    value: int


@dataclass(frozen=True)
class Rest:
    """Events that are not listed: how many, and what they add together, in hundredths."""

    count: int
    value: int


@dataclass(frozen=True)
class ByEvent:
    """Bars + smaller own + others + untold = total, in hundredths exactly.

    Attributes:
        bars: the largest events, largest first.
        own: smaller events of the relationship.
        others: smaller events of other people.
        untold: what no event stands for: other people's evidence where only its sum is told; None
            where every event is told.
        total: what all evidence adds; the same as ``ByOrigin.evidence``.
    """

    bars: tuple[EventBar, ...]
    own: Rest
    others: Rest
    untold: int | None
    total: int


def by_event(told: Explanation, total: int, most: int) -> ByEvent:
    """The evidence as a sum over events.

    Args:
        told: the explanation.
        total: hundredths that everything must sum to.
        most: how many events to list at most.
    """
    large = [c for c in told.contributions[:most] if abs(c.phi) >= LEAST]
    small = told.contributions[len(large) :]
    rests = [[c.phi for c in small if c.own is own] for own in (True, False)]
    untold = _untold(told)
    parts = [c.phi for c in large] + [math.fsum(rest) for rest in rests if rest]
    parts += [] if untold is None else [untold]
    whole = rounded(parts, total) if parts else []
    values = iter(whole[len(large) :])
    own, others = (Rest(len(rest), next(values) if rest else 0) for rest in rests)
    bars = tuple(EventBar(c, v) for c, v in zip(large, whole, strict=False))
    return ByEvent(bars, own, others, next(values, None), total)


def _untold(told: Explanation) -> float | None:
    """What the origins add beyond the events told, in log-odds; None where nothing is left."""
    leaves = math.fsum(v for signs in told.by_origin.values() for v in signs.values())
    left = leaves - math.fsum(c.phi for c in told.contributions)
    # Summing in another order leaves a rest of its own, far below what is shown.
    return left if abs(left) > 1e-9 else None


def steps(start: int, values: Sequence[int]) -> list[tuple[int, int]]:
    """Where each step of a running sum begins and ends.

    >>> steps(10, [5, -8])
    [(10, 15), (15, 7)]
    """
    found = []
    for value in values:
        found.append((start, start + value))
        start += value
    return found
