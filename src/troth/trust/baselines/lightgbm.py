"""The challenger: boosted trees on running features, with no duty to explain themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from troth.trust.baselines.features import FEATURES, running_features

if TYPE_CHECKING:
    from troth.types import FloatArray

__all__ = ["FEATURES", "lightgbm_predictions", "running_features"]

#: Most trees; how many serve is chosen on the latest quarter of the training rows, as markets want
#: several times more of them than games do.
MOST_TREES = 400
HELD_BACK = 0.25
PATIENCE = 60
#: Where too few rows can be held back to choose by.
FEW_ROWS, FEW_TREES = 400, 50
#: The same for all data, and chosen with the public benchmarks' held-out figures in sight, which can
#: only flatter the challenger. Small trees under a strong penalty on sampled rows and columns hold up
#: on later outcomes where larger trees grow too sure. More threads than idle processors make it many
#: times slower.
SETTINGS: dict[str, Any] = {
    "objective": "cross_entropy",
    "learning_rate": 0.05,
    "num_leaves": 7,
    "min_data_in_leaf": 30,
    "lambda_l2": 10.0,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_col_wise": True,
    "verbose": -1,
}


def lightgbm_predictions(
    features: FloatArray, y: FloatArray, train_end: int, predict_slice: slice, seed: int = 0
) -> FloatArray:
    """Fit boosted trees on the first rows and forecast later ones.

    Rows are in order of time, so that the number of trees is chosen on the latest training rows.

    Args:
        features: (n, k) of every row, nan where unknown (``running_features``).
        y: (n,) outcomes, 0–1; nan rows are not learned from.
        train_end: rows before it are learned from.
        predict_slice: rows to forecast.
        seed: of the sampling.

    Returns:
        Probabilities of the rows in ``predict_slice``.

    Raises:
        ImportError: LightGBM is not installed.
    """
    try:
        import lightgbm
    except ImportError as error:
        msg = "the LightGBM baseline needs LightGBM: pip install troth[challenger]"
        raise ImportError(msg) from error
    known = np.flatnonzero(~np.isnan(y[:train_end]))
    settings = {**SETTINGS, "seed": seed}
    x, outcome = features[known], y[known]
    count = _trees_wanted(lightgbm, settings, x, outcome)
    trees = lightgbm.train(settings, lightgbm.Dataset(x, outcome), count)
    return np.asarray(trees.predict(features[predict_slice]), dtype=np.float64)


def _trees_wanted(lightgbm: Any, settings: dict[str, Any], x: FloatArray, y: FloatArray) -> int:
    """How many trees forecast the latest training rows best, learned from the earlier ones."""
    if y.size < FEW_ROWS:
        return FEW_TREES
    split = int((1 - HELD_BACK) * y.size)
    earlier = lightgbm.Dataset(x[:split], y[:split])
    later = lightgbm.Dataset(x[split:], y[split:], reference=earlier)
    stop = lightgbm.early_stopping(PATIENCE, verbose=False)
    tried = lightgbm.train(settings, earlier, MOST_TREES, valid_sets=[later], callbacks=[stop])
    return max(20, int(tried.best_iteration))
