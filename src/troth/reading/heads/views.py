"""Views: each looks at one column of the material and scores every output by ridge regression."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from troth.reading.heads.bends import Bend, learn_bend
from troth.reading.heads.features import Grams, rarity, weighed
from troth.reading.heads.linear import Linear, ridge_dense, ridge_sparse, ridge_unseen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scipy import sparse

    from troth.reading.heads.material import Material
    from troth.types import AnyArray, FloatArray, IntArray

_SMOOTH = 1.0


class View(Protocol):
    """One way of looking at the material."""

    def learn(
        self, material: Material, targets: FloatArray, folds: IntArray, seed: int
    ) -> tuple[dict[str, AnyArray], FloatArray]:
        """Fit on all rows; also (n, outputs) said of each fold by the others alone."""
        ...

    def scores(self, learned: Mapping[str, AnyArray], material: Material) -> FloatArray:
        """(n, outputs) from the learned arrays."""
        ...


def _single(linear: Linear) -> Linear:
    """As it will be kept: a head must say the same before and after it was saved."""
    return Linear(linear.weights.astype(np.float32), linear.bias.astype(np.float64))


@dataclass(frozen=True)
class GramView:
    """N-grams weighed by rarity, the same for every output.

    Args:
        grams: which n-grams.
        penalty: of the ridge; rows have unit length.
        column: the texts looked at.
        least: rows an n-gram must occur in.
    """

    grams: Grams
    penalty: float = 1.5
    column: str = "text"
    least: int = 2

    def learn(
        self, material: Material, targets: FloatArray, folds: IntArray, seed: int
    ) -> tuple[dict[str, AnyArray], FloatArray]:
        """See ``View``. The rarity is learned from all rows: it knows no label."""
        del seed
        counts = self.grams.count(material.texts[self.column])
        weight = rarity(counts, self.least)
        used = np.flatnonzero(weight).astype(np.int32)
        weight = weight[used]
        rows = weighed(counts[:, used].tocsr(), weight)
        unseen = np.empty_like(targets)
        for fold in np.unique(folds):
            out = folds == fold
            fitted = ridge_sparse(rows[~out], targets[~out], self.penalty)
            unseen[out] = fitted.scores(rows[out])
        full = _single(ridge_sparse(rows, targets, self.penalty))
        arrays = {"used": used, "rarity": weight}
        return arrays | {"weights": full.weights, "bias": full.bias}, unseen

    def scores(self, learned: Mapping[str, AnyArray], material: Material) -> FloatArray:
        """See ``View``."""
        counts = self.grams.count(material.texts[self.column])[:, learned["used"]]
        return Linear(learned["weights"], learned["bias"]).scores(
            weighed(counts.tocsr(), learned["rarity"])
        )


@dataclass(frozen=True)
class ContrastView:
    """N-grams weighed, for each output apart, by how unevenly they fall on its high and low rows.

    The weight is the size of the log ratio of smoothed shares (source: wang_manning2012).

    Args:
        grams: which n-grams.
        penalty: of the ridge.
        column: the texts looked at.
    """

    grams: Grams
    penalty: float = 3.0
    column: str = "text"

    def learn(
        self, material: Material, targets: FloatArray, folds: IntArray, seed: int
    ) -> tuple[dict[str, AnyArray], FloatArray]:
        """See ``View``. The weights are learned anew without each fold."""
        del seed
        counts = self.grams.count(material.texts[self.column])
        used = np.flatnonzero(rarity(counts)).astype(np.int32)
        counts = counts[:, used].tocsr()
        unseen = np.empty_like(targets)
        for fold in np.unique(folds):
            out = folds == fold
            for at in range(targets.shape[1]):
                one = targets[~out, at : at + 1]
                weight, fitted = self._one(counts[~out], one)
                unseen[out, at] = fitted.scores(weighed(counts[out], weight))[:, 0]
        fits = [self._one(counts, targets[:, at : at + 1]) for at in range(targets.shape[1])]
        arrays = {"used": used, "contrast": np.column_stack([weight for weight, _ in fits])}
        arrays["weights"] = np.column_stack([fitted.weights for _, fitted in fits])
        return arrays | {"bias": np.concatenate([fitted.bias for _, fitted in fits])}, unseen

    def _one(self, counts: sparse.csr_array, target: FloatArray) -> tuple[AnyArray, Linear]:
        low, high = target.min(), target.max()
        share = (target[:, 0] - low) / max(high - low, 1e-12)
        there = counts.copy()
        there.data = np.ones_like(there.data)
        with_high = there.T @ share + _SMOOTH
        with_low = there.T @ (1 - share) + _SMOOTH
        ratio = np.log(with_high / with_high.sum()) - np.log(with_low / with_low.sum())
        weight = np.abs(ratio).astype(np.float32)
        return weight, _single(ridge_sparse(weighed(counts, weight), target, self.penalty))

    def scores(self, learned: Mapping[str, AnyArray], material: Material) -> FloatArray:
        """See ``View``."""
        counts = self.grams.count(material.texts[self.column])[:, learned["used"]].tocsr()
        said = [
            Linear(learned["weights"][:, at : at + 1], learned["bias"][at : at + 1]).scores(
                weighed(counts, learned["contrast"][:, at])
            )
            for at in range(learned["bias"].size)
        ]
        return np.hstack(said)


@dataclass(frozen=True)
class BendView:
    """Dense numbers through a smooth kernel.

    Args:
        size: marks compared with.
        width: the kernel at the median distance is exp(-width).
        penalty: of the ridge.
        column: the numbers looked at.
    """

    size: int = 1200
    width: float = 0.5
    penalty: float = 1.0
    column: str = "encoder"

    def learn(
        self, material: Material, targets: FloatArray, folds: IntArray, seed: int
    ) -> tuple[dict[str, AnyArray], FloatArray]:
        """See ``View``. The marks are drawn from all rows: they know no label."""
        rows = np.asarray(material.numbers[self.column], dtype=np.float32)
        bend = learn_bend(rows, self.size, self.width, seed)
        columns = bend.columns(rows)
        unseen = ridge_unseen(columns, targets, folds, self.penalty)
        full = _single(ridge_dense(columns, targets, self.penalty))
        arrays = {"middle": bend.middle, "scale": bend.scale, "marks": bend.marks, "mix": bend.mix}
        return arrays | {"weights": full.weights, "bias": full.bias}, unseen

    def scores(self, learned: Mapping[str, AnyArray], material: Material) -> FloatArray:
        """See ``View``."""
        bend = Bend(learned["middle"], learned["scale"], learned["marks"], learned["mix"])
        columns = bend.columns(np.asarray(material.numbers[self.column], dtype=np.float32))
        return Linear(learned["weights"], learned["bias"]).scores(columns)
