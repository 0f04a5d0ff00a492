"""From scores to probabilities and from probabilities to a class, both learned on unseen rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import optimize, special

if TYPE_CHECKING:
    from troth.types import FloatArray, IntArray

_TINY: Final = 1e-9
_OFFSETS: Final = np.linspace(-1.5, 2.5, 41)
#: An offset must win this much macro-F1 per unit, or rare classes follow noise.
_EFFORT: Final = 0.002
_ROUNDS: Final = 2


def macro_f1(truth: IntArray, said: IntArray, classes: int) -> float:
    """The mean over classes of F1; a class neither present nor said counts as 0.

    Args:
        truth: (n,) class numbers.
        said: (n,) class numbers.
        classes: how many classes there are.

    Returns:
        0 to 1.
    """
    table = np.bincount(truth * classes + said, minlength=classes * classes)
    square = table.reshape(classes, classes)
    both = square.sum(axis=0) + square.sum(axis=1)
    hit = np.diagonal(square)
    return float(np.mean(np.divide(2 * hit, both, out=np.zeros(classes), where=both > 0)))


def temperature(scores: FloatArray, targets: FloatArray) -> float:
    """The divisor of scores that makes their softmax fit best (temperature scaling).

    Args:
        scores: (n, classes), of rows not used in fitting.
        targets: (n, classes) probabilities.

    Returns:
        0.05 to 20; above 1 where the scores were too sure.
    """

    def loss(log_heat: float) -> float:
        logs = special.log_softmax(scores / np.exp(log_heat), axis=1)
        return float(-(targets * logs).sum())

    bounds = (np.log(0.05), np.log(20.0))
    found = optimize.minimize_scalar(loss, bounds=bounds, method="bounded")
    return float(np.exp(found.x))


def fair_offsets(chances: FloatArray, truth: IntArray) -> FloatArray:
    """What to add to each class's log-probability so that the largest sum gives the best macro-F1.

    One class at a time over a grid; small offsets are preferred.

    Args:
        chances: (n, classes) probabilities of rows not used in fitting.
        truth: (n,) class numbers.

    Returns:
        (classes,) offsets.
    """
    logs = np.log(np.maximum(chances, _TINY))
    classes = chances.shape[1]
    offsets = np.zeros(classes)
    for _ in range(_ROUNDS):
        for at in range(classes):
            worth = []
            for offset in _OFFSETS:
                offsets[at] = offset
                said = (logs + offsets).argmax(axis=1)
                worth.append(macro_f1(truth, said, classes) - _EFFORT * abs(offset))
            offsets[at] = _OFFSETS[int(np.argmax(worth))]
    return offsets


def chosen(chances: FloatArray, offsets: FloatArray) -> IntArray:
    """(n,) class numbers: the largest log-probability plus offset."""
    best: IntArray = (np.log(np.maximum(chances, _TINY)) + offsets).argmax(axis=1)
    return best
