"""Judge the belief on outcomes later in time than those it learned from, beside baselines."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from troth.trust.beside import forecasts_beside
from troth.trust.coverage import Sample, later_sample
from troth.trust.metrics import auc, brier, ece, log_loss
from troth.trust.settings import FEWEST
from troth.trust.worlds import in_groups

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.trust.fit import Fitter
    from troth.trust.parameters import Parameters
    from troth.types import BoolArray, FloatArray, IntArray

    Progress = Callable[[str, int, int], None]

TEST_FROM = 0.6
REFITS = 8


@dataclass(frozen=True)
class Protocol:
    """What is held out and how often the weights are refitted on the way through it.

    Attributes:
        test_from: share of the outcomes, in time, that only train; 0 < share < 1.
        test_from_us: or a time, microseconds UTC; outcomes from then on are tested.
        refits: how often the weights are refitted through the test; 0 keeps the first ones.
        group: column that splits the events into worlds, and
        test_groups: those of its values that are tested.
    """

    test_from: float = TEST_FROM
    test_from_us: int | None = None
    refits: int = REFITS
    group: str | None = None
    test_groups: tuple[str, ...] = ()

    def start(self, known_us: IntArray, tested: BoolArray) -> int:
        """First tested outcome; outcomes of one instant are never split.

        Raises:
            ValueError: nothing is left to test or to learn from.
        """
        n = known_us.size
        if self.group is not None:
            start = int(np.argmax(tested)) if tested.any() else n
        elif self.test_from_us is not None:
            start = int(np.searchsorted(known_us, self.test_from_us, side="left"))
        else:
            start = min(int(self.test_from * n), n)
        if 0 < start < n:
            start = int(np.searchsorted(known_us, known_us[start], side="left"))
        if start >= n:
            msg = f"no outcome is left to test: {n} outcomes in all"
            raise ValueError(msg)
        if start < FEWEST:
            msg = f"only {start} outcomes come before the test; a fit needs {FEWEST}"
            raise ValueError(msg)
        return start

    def refit_points(self, known_us: IntArray, start: int) -> list[int]:
        """Numbers of outcomes to fit on, the first at or before ``start``.

        Points lie on a geometric grid that depends on the protocol alone, so that a file and any
        longer one that begins with it are refitted at the same outcomes. ``refits`` of them fall
        between the share ``test_from`` and the end.
        """
        if self.refits == 0:
            return [start]
        ratio = (1 / self.test_from) ** (1 / self.refits)
        n, k = known_us.size, 0
        points = {int(np.searchsorted(known_us, known_us[FEWEST - 1], side="right"))}
        while (point := ceil(ratio**k)) < n:
            points.add(int(np.searchsorted(known_us, known_us[point], side="left")))
            k += 1
        return [
            max(p for p in points if FEWEST <= p <= start),
            *sorted(p for p in points if p > start),
        ]


@dataclass(frozen=True)
class Judgement:
    """Figures on held-out outcomes, and the forecasts behind them.

    Attributes:
        figures: {"model": …, "frozen": …, "baselines": {name: …}} with log_loss, auc, brier, ece.
        place: (m,) tested outcomes, as positions among all outcomes.
        probability: (m,) forecasts of the refitted model.
        by_baseline: (m,) forecasts of each baseline.
        refitted_at: numbers of outcomes that the weights were fitted on.
        first: the parameters fitted before the test.
    """

    figures: dict[str, Any]
    place: IntArray
    probability: FloatArray
    refitted_at: list[int]
    first: Parameters
    by_baseline: dict[str, FloatArray] = field(default_factory=dict)


def judge(
    fitter: Fitter,
    protocol: Protocol,
    *,
    baselines: bool = True,
    seed: int = 0,
    progress: Progress | None = None,
) -> Judgement:
    """Forecast every held-out outcome from strictly earlier ones.

    Args:
        fitter: the events, ready to fit.
        protocol: what is held out.
        baselines: whether to run them too.
        seed: of the baselines that draw at random.
        progress: told of (what, done, all).

    Returns:
        The judgement.

    Raises:
        ValueError: there is nothing to test, or too little to learn from.
    """
    tell = progress or (lambda *_: None)
    known = fitter.trials({}).from_us
    tested = in_groups(fitter.ground, protocol.group, protocol.test_groups)
    start = protocol.start(known, tested)
    points = protocol.refit_points(known, start)
    place = start + np.flatnonzero(tested[start:])
    tell("fit", 0, len(points) + 1)
    first = fitter.fit(start, intervals=True)
    frozen = fitter.forecast(first, start, known.size).probability
    model = np.empty(known.size - start)
    for i, (point, end) in enumerate(zip(points, [*points[1:], known.size], strict=True)):
        tell("fit", i + 1, len(points) + 1)
        begin = max(point, start)
        model[begin - start : end - start] = fitter.forecast(
            fitter.fit(point), begin, end
        ).probability
    outcome = fitter.trials({}).design.outcome[place]
    sample = _held_out(fitter, first, start)
    figures: dict[str, Any] = {
        "model": _figures(model[place - start], outcome) | _coverage(sample, first),
        "frozen": _figures(frozen[place - start], outcome) | _coverage(sample, first),
        "baselines": {},
    }
    judgement = Judgement(figures, place, model[place - start], points, first)
    if baselines:
        beside = forecasts_beside(fitter.trials({}), points, start, tell, seed)
        for name, p in beside.items():
            judgement.by_baseline[name] = p[place - start]
            figures["baselines"][name] = _figures(p[place - start], outcome)
    return judgement


def _figures(p: FloatArray, y: FloatArray) -> dict[str, float]:
    named = {"log_loss": log_loss, "auc": auc, "brier": brier, "ece": ece}
    return {name: float(figure(p, y)) for name, figure in named.items()}


def _held_out(fitter: Fitter, first: Parameters, start: int) -> Sample:
    trials = fitter.trials(first.kinds)
    return later_sample(trials, first, fitter.shift(first, trials.design), (start, len(trials)))


def _coverage(sample: Sample, parameters: Parameters) -> dict[str, Any]:
    below, above, plainly = sample.outside(parameters.inflation, parameters.lean)
    return {
        "coverage": 1 - below - above,
        "coverage_edges_inside": 1 - plainly,
        "coverage_keys": int(sample.count.size),
        "coverage_level": sample.level,
    }
