"""Folds that keep what belongs together on one side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.types import AnyArray, IntArray


def grouped_folds(groups: Sequence[str] | AnyArray, folds: int, seed: int) -> IntArray:
    """Deal groups out to folds, in an order drawn by the seed.

    Args:
        groups: (n,) what each row belongs to: a dialogue, a hotel, a person; rows of one group share a fold.
        folds: how many, at least 2.
        seed: of the order.

    Returns:
        (n,) the fold of each row, 0 to folds - 1.

    Raises:
        ValueError: fewer groups than folds.
    """
    names, number = np.unique(np.asarray(groups), return_inverse=True)
    if folds < 2 or len(names) < folds:
        raise ValueError(f"{len(names)} groups cannot fill {folds} folds")
    order = np.random.default_rng(seed).permutation(len(names))
    dealt: IntArray = (order[number] % folds).astype(np.int64)
    return dealt
