"""Learn the weights of the belief from outcomes, each forecast from strictly earlier evidence."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from troth.traces.decay import HALF_LIVES_DAYS
from troth.trust.belief import Beliefs, beliefs_of, probability
from troth.trust.coverage import later_sample
from troth.trust.kind_weights import FEWEST_ROWS, MOST_KINDS, learn_factors
from troth.trust.likelihood import Design, Weights
from troth.trust.parameters import Covariate, Parameters
from troth.trust.settings import (
    FEWEST,
    Settings,
    better,
    choose_ridge,
    fit_weights,
    losses,
    platt,
    settled_at,
    slice_of,
    strength_of,
    window_of,
)
from troth.trust.trials import Ground, Trials, kind_codes, kind_factors

if TYPE_CHECKING:
    from troth.types import FloatArray

#: Base rate before any outcome is known, and how many outcomes that is worth, in a fit.
PRIOR = (0.5, 1.0)


class TooFewOutcomesError(ValueError):
    """There are too few outcomes, or only one kind of outcome, to learn from."""


@dataclass
class Fitter:
    """Fits of growing prefixes of one history.

    Every fit is a function of the outcomes before it alone: it starts from the Beta values, and
    its settings rest on a power-of-two prefix, so a longer file changes nothing about earlier forecasts.

    Attributes:
        ground: events, evidence, keys.
        half_lives: in days.
        columns: covariates that may be used where the data supports them.
    """

    ground: Ground
    half_lives: tuple[float, ...] = HALF_LIVES_DAYS
    columns: tuple[str, ...] = ()
    _settings: dict[int, Settings] = field(default_factory=dict)
    _trials: dict[str, Trials] = field(default_factory=dict)

    def trials(self, kinds: dict[str, float]) -> Trials:
        """All outcomes with the evidence before each, at the given factors on kinds."""
        name = repr(sorted(kinds.items()))
        if name not in self._trials:
            factor = kind_factors(self.ground.evidence, self.ground.events, kinds)
            x = self.ground.covariates(self.columns, self.ground.targets)
            plain = repr([])
            self._trials = {k: v for k, v in self._trials.items() if k == plain}
            self._trials[name] = self.ground.trials(self.half_lives, PRIOR, factor, x)
        return self._trials[name]

    def fit(self, end: int, *, intervals: bool = False) -> Parameters:
        """Parameters learned from the first ``end`` outcomes.

        Args:
            end: how many outcomes to learn from.
            intervals: whether to calibrate the intervals too, on the second half of them.

        Raises:
            TooFewOutcomesError: fewer than 64 outcomes, or all alike.
        """
        settings = self.settings(end)
        trials = self.trials(settings.kinds)
        outcome = trials.design.outcome[:end]
        if end < FEWEST or np.ptp(outcome) == 0:
            msg = f"{end} outcomes to learn from; a fit needs {FEWEST} that are not all alike"
            raise TooFewOutcomesError(msg)
        design, scaling = self._scaled(slice_of(trials.design, 0, end), settings.covariates)
        weights = fit_weights(design, settings.strength, settings.ridge)
        parameters = self._parameters(weights, settings, scaling)
        if not intervals:
            return parameters
        inflation, lean = self._interval(settings, end)
        return replace(parameters, inflation=inflation, lean=lean)

    def _interval(self, settings: Settings, end: int) -> tuple[float, float]:
        """Inflation and lean that cover the later half, as weights of the first half believed it."""
        half = end // 2
        trials = self.trials(settings.kinds)
        if np.ptp(trials.design.outcome[:half]) == 0:
            return 1.0, 1.0
        design, scaling = self._scaled(slice_of(trials.design, 0, half), settings.covariates)
        weights = fit_weights(design, settings.strength, settings.ridge)
        earlier = self._parameters(weights, settings, scaling)
        shift = self.shift(earlier, trials.design)
        return later_sample(trials, earlier, shift, (half, end)).calibrated()

    def forecast(self, parameters: Parameters, start: int, end: int) -> Beliefs:
        """Beliefs about outcomes ``start:end``, each from what was known strictly before it."""
        trials = self.trials(parameters.kinds)
        design = slice_of(trials.design, start, end)
        shift = self.shift(parameters, design)
        return beliefs_of(design.origins, parameters, probability(design.base), shift)

    def shift(self, parameters: Parameters, design: Design) -> FloatArray:
        """Calibrated γ·x of each outcome, (n,)."""
        total = np.zeros(len(design))
        for v in parameters.covariates:
            x = design.covariates[:, self.columns.index(v.column)]
            total += v.gamma * (x - v.mean) / v.scale
        return total * parameters.platt_slope

    def settings(self, end: int) -> Settings:
        """The choices for a fit of ``end`` outcomes."""
        count = settled_at(end)
        if count not in self._settings:
            self._settings[count] = self._choose(count) if count else Settings()
        return self._settings[count]

    def _choose(self, count: int) -> Settings:
        start, cut, end = window_of(count)
        trials = self.trials({})
        outcome = trials.design.outcome
        if np.ptp(outcome[start:cut]) == 0:
            return Settings(chosen_on=count)
        strength = strength_of(trials, cut)
        plain = self._split((start, cut, end), trials, ())
        ridge, weights = choose_ridge(*plain, strength)
        settings = Settings(ridge=ridge, strength=strength, chosen_on=count)
        current = losses(weights.eta(plain[1]), plain[1].outcome)
        settings, current = self._try_kinds(settings, weights, current)
        settings, current = self._try_covariates(settings, current)
        return self._calibrated(settings)

    def _split(
        self, window: tuple[int, int, int], trials: Trials, columns: tuple[str, ...]
    ) -> tuple[Design, Design]:
        """Outcomes before and after the cut, covariates scaled by the former."""
        start, cut, end = window
        fitted, scaling = self._scaled(slice_of(trials.design, start, cut), columns)
        held_out, _ = self._scaled(slice_of(trials.design, cut, end), columns, scaling)
        return fitted, held_out

    def _try_kinds(
        self, settings: Settings, weights: Weights, current: FloatArray
    ) -> tuple[Settings, FloatArray]:
        window = window_of(settings.chosen_on)
        factors = self._kind_factors(settings, weights)
        if not factors:
            return settings, current
        fitted, held_out = self._split(window, self.trials(factors), ())
        candidate = losses(
            fit_weights(fitted, settings.strength, settings.ridge).eta(held_out), held_out.outcome
        )
        if better(candidate, current):
            return replace(settings, kinds=factors), candidate
        return settings, current

    def _kind_factors(self, settings: Settings, weights: Weights) -> dict[str, float]:
        """Factors on the kinds that bring enough evidence, learned before the cut; or none."""
        evidence, rows = self.ground.evidence, self.ground.rows
        start, cut, _ = window_of(settings.chosen_on)
        known = self.trials({}).from_us
        codes, names = kind_codes(evidence, self.ground.events)
        heavy = ((rows.good != 0) | (rows.bad != 0)) & (rows.from_us < known[cut - 1])
        count = np.bincount(codes[heavy], minlength=len(names))
        often = [int(k) for k in np.argsort(-count, kind="stable") if count[k] >= FEWEST_ROWS]
        if len(often) < 2:
            return {}
        often = often[:MOST_KINDS]
        wanted = np.zeros(len(rows), dtype=np.bool_)
        wanted[np.flatnonzero(self.ground.targets)[start:cut]] = True
        by_kind = np.stack(
            [
                self.ground.origins(wanted, self.half_lives, (codes == k).astype(np.float64))
                for k in often
            ]
        )
        fitted = slice_of(self.trials({}).design, start, cut)
        factors = learn_factors(
            by_kind, fitted, _without_covariates(weights, fitted), settings.ridge
        )
        return {names[k]: float(f) for k, f in zip(often, factors, strict=True)}

    def _try_covariates(
        self, settings: Settings, current: FloatArray
    ) -> tuple[Settings, FloatArray]:
        for column in self.columns:
            columns = (*settings.covariates, column)
            fitted, held_out = self._split(
                window_of(settings.chosen_on), self.trials(settings.kinds), columns
            )
            weights = fit_weights(fitted, settings.strength, settings.ridge)
            candidate = losses(weights.eta(held_out), held_out.outcome)
            if better(candidate, current):
                settings, current = replace(settings, covariates=columns), candidate
        return settings, current

    def _calibrated(self, settings: Settings) -> Settings:
        """Calibration, measured on outcomes that the weights have not seen."""
        start, cut, end = window_of(settings.chosen_on)
        trials = self.trials(settings.kinds)
        design, scaling = self._scaled(slice_of(trials.design, start, cut), settings.covariates)
        weights = fit_weights(design, settings.strength, settings.ridge)
        earlier = self._parameters(weights, settings, scaling)
        held_out = self.forecast(earlier, cut, end)
        return replace(settings, platt=platt(held_out.eta, trials.design.outcome[cut:end]))

    def _scaled(
        self, design: Design, columns: tuple[str, ...], scaling: FloatArray | None = None
    ) -> tuple[Design, FloatArray]:
        """The design with the named covariates alone, standardised; and (2, k) means and scales."""
        x = design.covariates[:, [self.columns.index(c) for c in columns]]
        if scaling is None:
            spread = x.std(axis=0)
            scaling = np.vstack([x.mean(axis=0), np.where(spread > 0, spread, 1.0)])
        scaled = np.ascontiguousarray((x - scaling[0]) / scaling[1])
        return Design(design.origins, design.base, design.outcome, scaled), scaling

    def _parameters(self, weights: Weights, settings: Settings, scaling: FloatArray) -> Parameters:
        return Parameters(
            half_lives_days=self.half_lives,
            slope=weights.slope,
            intercept=weights.intercept,
            beta=weights.beta,
            c=np.exp(weights.log_c),
            strength=settings.strength,
            prior_mean=PRIOR[0],
            prior_events=PRIOR[1],
            platt_slope=settings.platt[0],
            platt_intercept=settings.platt[1],
            kinds=settings.kinds,
            covariates=tuple(
                Covariate(c, float(scaling[0, k]), float(scaling[1, k]), float(weights.gamma[k]))
                for k, c in enumerate(settings.covariates)
            ),
        )


def _without_covariates(weights: Weights, design: Design) -> Weights:
    return replace(weights, gamma=np.zeros(design.covariates.shape[1]))
