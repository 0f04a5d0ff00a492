"""Temperature, offsets and macro-F1."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import f1_score

from troth.reading.heads.decide import chosen, fair_offsets, macro_f1, temperature
from troth.reading.heads.folds import grouped_folds


def test_macro_f1_is_the_mean_of_each_class() -> None:
    """As scikit-learn counts it, a class never said among them."""
    truth, said = np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 0, 2])
    assert macro_f1(truth, said, 3) == pytest.approx(f1_score(truth, said, average="macro"))
    assert macro_f1(truth, said, 4) == pytest.approx(0.75 * macro_f1(truth, said, 3))


def test_temperature_finds_how_much_too_sure_scores_are() -> None:
    """Scores stretched threefold are cooled by about three."""
    generator = np.random.default_rng(0)
    scores = generator.normal(size=(4000, 3))
    chances = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    drawn = (generator.random(4000)[:, None] > chances.cumsum(axis=1)).sum(axis=1)
    assert temperature(3 * scores, np.eye(3)[np.minimum(drawn, 2)]) == pytest.approx(3, rel=0.15)


def test_offsets_lift_a_rare_class() -> None:
    """Macro-F1 after is above macro-F1 before where one class is never the likeliest."""
    generator = np.random.default_rng(1)
    truth = (generator.random(2000) < 0.1).astype(int)
    rare = np.clip(0.08 + 0.2 * truth + 0.05 * generator.normal(size=2000), 0.01, 0.45)
    chances = np.column_stack([1 - rare, rare])
    before = macro_f1(truth, chances.argmax(axis=1), 2)
    assert macro_f1(truth, chosen(chances, fair_offsets(chances, truth)), 2) > before + 0.3


def test_groups_stay_together_and_folds_are_even() -> None:
    """A group has one fold; folds differ by one group at most; the seed decides."""
    groups = np.repeat(np.arange(23), 3)
    folds = grouped_folds(groups, 5, 0)
    assert all(len(set(folds[groups == group])) == 1 for group in range(23))
    assert np.ptp(np.bincount(folds)) <= 3
    assert np.array_equal(folds, grouped_folds(groups, 5, 0))
    assert not np.array_equal(folds, grouped_folds(groups, 5, 1))


def test_too_few_groups_are_refused() -> None:
    """One fold without rows would be measured on nothing."""
    with pytest.raises(ValueError, match="cannot fill"):
        grouped_folds(["a", "a", "b"], 3, 0)
