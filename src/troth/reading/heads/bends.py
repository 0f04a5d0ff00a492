"""Bend dense features: a smooth kernel between rows, as columns that a straight line can weigh."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import linalg

if TYPE_CHECKING:
    from troth.types import AnyArray

_SMALL = 1e-4


@dataclass(frozen=True)
class Bend:
    """Columns whose products are a Gaussian kernel between standardised rows (Nyström's method).

    Source: williams_seeger2001.

    Args:
        middle: (features,) subtracted.
        scale: (features,) divided by; brings the median squared distance to 2 / ``width``.
        marks: (m, features) rows compared with, already standardised.
        mix: (m, m) that turns kernel values into columns.
    """

    middle: AnyArray
    scale: AnyArray
    marks: AnyArray
    mix: AnyArray

    def columns(self, rows: AnyArray) -> AnyArray:
        """(n, m) float32 of (n, features) rows."""
        bent: AnyArray = _kernel((rows - self.middle) / self.scale, self.marks) @ self.mix
        return bent


def _kernel(left: AnyArray, right: AnyArray) -> AnyArray:
    squares = (left * left).sum(axis=1)[:, None] + (right * right).sum(axis=1) - 2 * left @ right.T
    bent: AnyArray = np.exp(-np.maximum(squares, 0) / 2).astype(np.float32)
    return bent


def learn_bend(rows: AnyArray, size: int, width: float, seed: int) -> Bend:
    """Choose marks among the rows and learn the columns.

    Args:
        rows: (n, features) float32.
        size: how many marks, at most n.
        width: the kernel at the median distance is exp(-width).
        seed: of the choice of marks.

    Returns:
        The bend.
    """
    generator = np.random.default_rng(seed)
    chosen = np.sort(generator.choice(len(rows), min(size, len(rows)), replace=False))
    middle = rows.mean(axis=0)
    spread = rows.std(axis=0) + np.float32(1e-6)
    marks = (rows[chosen] - middle) / spread
    some = marks[: min(400, len(marks))]
    squares = (some * some).sum(axis=1)
    apart = squares[:, None] + squares - 2 * some @ some.T
    median = float(np.median(apart[np.triu_indices(len(some), 1)])) if len(some) > 1 else 1.0
    stretch = np.float32(np.sqrt(max(median, 1e-9) / (2 * width)))
    marks /= stretch
    values, vectors = linalg.eigh(_kernel(marks, marks).astype(np.float64))
    kept = values > _SMALL * values[-1]
    mix = (vectors[:, kept] / np.sqrt(values[kept])).astype(np.float32)
    return Bend(middle, spread * stretch, marks, mix)
