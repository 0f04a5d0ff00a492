"""Run the baselines through the same held-out outcomes as the belief."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from troth.traces.decay import DAY_US

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.trust.baselines import History
    from troth.trust.trials import Trials
    from troth.types import FloatArray


def forecasts_beside(
    trials: Trials,
    points: list[int],
    start: int,
    tell: Callable[[str, int, int], None],
    seed: int,
) -> dict[str, FloatArray]:
    """Forecasts of every baseline, refitted at the same points as the belief.

    Args:
        trials: outcomes in order of time.
        points: numbers of outcomes to fit on; the first serves from ``start`` on.
        start: first held-out outcome.
        tell: told of (what, done, all).
        seed: of baselines that draw at random.

    Returns:
        name → (held out,) probabilities. LightGBM only where the extra ``challenger`` is installed.
    """
    from troth.trust.baselines import BASELINES, History

    def history(end: int) -> History:
        n = len(trials)
        return History(
            trials.truster, trials.trustee, trials.from_us / DAY_US, trials.design.outcome,
            np.ones(n, dtype=np.bool_), end,
        )  # fmt: skip

    spans = list(zip(points, [*points[1:], len(trials)], strict=True))
    found: dict[str, FloatArray] = {}
    for done, (name, forecast) in enumerate(BASELINES.items()):
        tell("baselines", done, len(BASELINES) + 1)
        found[name] = np.concatenate(
            [forecast(history(point))[max(point, start) : end] for point, end in spans]
        )
    boosted = _boosted(trials, history(start), spans, start, seed)
    if boosted is not None:
        found["lightgbm"] = boosted
    tell("baselines", len(BASELINES) + 1, len(BASELINES) + 1)
    return found


def _boosted(
    trials: Trials, history: History, spans: list[tuple[int, int]], start: int, seed: int
) -> FloatArray | None:
    """LightGBM on running features and the belief's own sums, or None where it is not installed."""
    from importlib.util import find_spec

    if find_spec("lightgbm") is None:
        return None
    from troth.trust.baselines.lightgbm import lightgbm_predictions, running_features

    sums = np.log1p(trials.design.origins.reshape(len(trials), -1))
    features = np.column_stack([running_features(history), sums, trials.design.base])
    parts = [
        lightgbm_predictions(
            features, trials.design.outcome, point, slice(max(point, start), end), seed
        )
        for point, end in spans
    ]
    return np.concatenate(parts)
