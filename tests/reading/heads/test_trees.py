"""Boosted trees: the split that explains most, as good as LightGBM, the same from a file."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from troth.reading.heads.trees import Growth, Trees, fit_trees

WHOLE = Growth(rounds=1, rate=1.0, leaves=2, least=1, ridge=0.0, rows=1.0, columns=1.0)


def made(seed, n=600):
    """Columns, and outputs that bend in them."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 6)).astype(np.float32)
    y = np.stack([np.sin(2 * x[:, 0]) + (x[:, 1] > 0) * x[:, 2], np.abs(x[:, 3])], 1)
    return x, y + rng.normal(scale=0.2, size=y.shape)


def best_split(x, y):
    """The least squared error of any one split, by trying all."""
    found = ((y - y.mean()) ** 2).sum()
    for column in x.T:
        for bound in np.unique(column)[:-1]:
            left = column <= bound
            error = ((y[left] - y[left].mean()) ** 2).sum()
            found = min(found, error + ((y[~left] - y[~left].mean()) ** 2).sum())
    return found


@given(st.integers(0, 2**32 - 1))
def test_one_stump_is_the_best_split(seed):
    """With one tree of two leaves no other split of the rows leaves a smaller squared error."""
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 12, (40, 3)).astype(np.float32)
    y = rng.normal(size=(40, 1))
    said = fit_trees(x, y, rng, WHOLE).predict(x)
    assert np.isclose(((said - y) ** 2).sum(), best_split(x, y[:, 0]))


def test_it_forecasts_as_well_as_lightgbm():
    """On rows not seen its squared error is within a tenth of LightGBM's with the same settings."""
    from lightgbm import LGBMRegressor

    (x, y), (new, true) = made(1), made(2)
    own = fit_trees(x, y, np.random.default_rng(0), Growth(rounds=200)).predict(new)
    for k in range(y.shape[1]):
        peer = LGBMRegressor(
            n_estimators=200, learning_rate=0.04, num_leaves=15, min_child_samples=20, reg_lambda=5,
            subsample=0.7, subsample_freq=1, colsample_bytree=0.4, verbose=-1, n_jobs=1,
        ).fit(x, y[:, k])  # fmt: skip
        peer_error = ((peer.predict(new) - true[:, k]) ** 2).mean()
        assert ((own[:, k] - true[:, k]) ** 2).mean() < 1.1 * peer_error
        assert peer_error < 0.6 * true[:, k].var()


def test_a_file_keeps_every_bit_and_a_seed_every_tree():
    """Arrays written and read forecast the same bits; the same seed grows the same trees."""
    x, y = made(3)
    trees = fit_trees(x, y, np.random.default_rng(5), Growth(rounds=20))
    again = fit_trees(x, y, np.random.default_rng(5), Growth(rounds=20))
    assert (Trees(**trees.arrays()).predict(x) == again.predict(x)).all()
    other = fit_trees(x, y, np.random.default_rng(6), Growth(rounds=20))
    assert (other.predict(x) != trees.predict(x)).any()


def test_constant_columns_and_outputs_do_no_harm():
    """Nothing to split on forecasts the mean."""
    x, y = np.ones((30, 2), np.float32), np.full((30, 1), 0.25)
    assert np.allclose(fit_trees(x, y, np.random.default_rng(0), Growth(rounds=5)).predict(x), 0.25)
