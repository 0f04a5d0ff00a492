"""A forecaster: several views of text, points and plain columns in, any number of outputs out.

Three ridge regressions on kernels (wording, meaning, both with the columns) forecast each training row
as if its group had been left out; boosted trees weigh these forecasts together with the columns.
Source: wolpert1992 (stacking).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from troth.reading.heads.bends import Bend, learn_bend
from troth.reading.heads.dual import fit_dual
from troth.reading.heads.features import Grams
from troth.reading.heads.text_kernel import TextKernel, learn_text_kernel, primal
from troth.reading.heads.trees import Growth, Trees, fit_trees

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy import sparse

    from troth.types import AnyArray, FloatArray, IntArray

#: At most so many rows make a kernel; more are drawn by group.
MOST_ROWS: Final = 6_000
_LANDMARKS: Final = 200
_PENALTIES: Final = (0.5, 2.0, 8.0, 32.0)
#: How much meaning and plain columns count beside wording where all three stand together.
_MEANING, _PLAIN = 2.0, 3.0
#: Ridge of all together, of wording and of meaning, as a share of the kernel's diagonal.
_RIDGE: Final = (0.08, 0.02, 0.3)
GROWTH: Final = Growth(rounds=400, rate=0.02, rows=0.5, columns=0.3)
#: More rows a group than this, and trees stay small and share their say with wording alone.
CROWD: Final = 3
BLEND: Final = 0.5


@dataclass(frozen=True)
class Inputs:
    """n rows of what a forecaster sees.

    Attributes:
        views: v lists of n cleaned texts.
        points: (n, v, 1792) where they lie, see `troth.reading.heads.points`.
        columns: (n, p) anything else.
    """

    views: list[list[str]]
    points: AnyArray
    columns: AnyArray

    def __len__(self) -> int:
        return len(self.columns)

    def take(self, rows: IntArray) -> Inputs:
        """Some of the rows."""
        views = [[texts[row] for row in rows] for texts in self.views]
        return Inputs(views, self.points[rows], self.columns[rows])


@dataclass(frozen=True)
class Forecaster:
    """A fitted forecaster of k outputs.

    Attributes:
        text: how texts become columns.
        meaning: one bend a view for points.
        plain: the bend for the columns.
        mean: (k,) mean of the outputs.
        weights: by part (``text`` (2, v·kinds, buckets, k), ``meaning`` (2, m, k), ``plain`` (q, k)).
        trees: what weighs it all together; None where the kernel of all three is the forecast.
        blend: share of the forecast that wording alone keeps beside the trees.
    """

    text: TextKernel
    meaning: list[Bend]
    plain: Bend
    mean: FloatArray
    weights: dict[str, AnyArray]
    trees: Trees | None
    blend: float = 0.0

    def predict(self, inputs: Inputs) -> FloatArray:
        """(n, k) forecasts."""
        if not len(inputs):
            return np.zeros((0, self.mean.size))
        worded = self.text.columns(inputs.views)
        points = _bent(self.meaning, inputs.points)
        plain = self.plain.columns(inputs.columns.astype(np.float32))
        by_text = [
            np.sum([x @ w for x, w in zip(worded, own, strict=True)], axis=0)
            for own in self.weights["text"]
        ]
        by_point = [points @ w for w in self.weights["meaning"]]
        both = by_text[0] + _MEANING * by_point[0] + _PLAIN * (plain @ self.weights["plain"])
        if self.trees is None:
            return np.asarray(self.mean + both, np.float64)
        stacked = [self.mean + both, self.mean + by_text[1], self.mean + by_point[1]]
        said = self.trees.predict(np.concatenate([inputs.columns, *stacked], axis=1))
        blended: FloatArray = (1.0 - self.blend) * said + self.blend * stacked[1]
        return blended

    def arrays(self) -> dict[str, Any]:
        """What to keep in a file; see `of_arrays`."""
        kept = np.flatnonzero(self.text.weight.any(axis=(0, 1)))
        bends = [*self.meaning, self.plain]
        found: dict[str, Any] = {
            "grams": np.array([f"{g.unit}:{g.low}:{g.high}:{g.bits}" for g in self.text.grams]),
            "buckets": kept.astype(np.int32),
            "rarity": self.text.weight[:, :, kept].astype(np.float16),
            "mean": self.mean,
            "blend": np.array(self.blend),
            "text": self.weights["text"][:, :, kept].astype(np.float16),
            "meaning": self.weights["meaning"].astype(np.float32),
            "plain": self.weights["plain"].astype(np.float32),
        }
        for place, bend in enumerate(bends):
            found |= {
                f"bend{place}.middle": bend.middle, f"bend{place}.scale": bend.scale,
                f"bend{place}.marks": bend.marks.astype(np.float16), f"bend{place}.mix": bend.mix,
            }  # fmt: skip
        trees = self.trees.arrays() if self.trees else {}
        return found | {f"trees.{name}": array for name, array in trees.items()}

    @classmethod
    def of_arrays(cls, kept: dict[str, Any]) -> Self:
        """The forecaster that `arrays` wrote."""
        grams = tuple(_grams_of(str(written)) for written in kept["grams"])
        views = kept["rarity"].shape[0]
        buckets = 1 << grams[0].bits
        rarity = np.zeros((views, len(grams), buckets), np.float32)
        rarity[:, :, kept["buckets"]] = kept["rarity"]
        text = np.zeros((*kept["text"].shape[:2], buckets, kept["text"].shape[3]), np.float32)
        text[:, :, kept["buckets"]] = kept["text"]
        bends = [
            Bend(*(np.asarray(kept[f"bend{i}.{part}"], np.float32) for part in _BEND))
            for i in range(views + 1)
        ]
        stacked = "trees.base" in kept
        trees = Trees(**{name: kept[f"trees.{name}"] for name in _TREES}) if stacked else None
        weights = {"text": text, "meaning": kept["meaning"], "plain": kept["plain"]}
        return cls(
            TextKernel(grams, rarity), bends[:-1], bends[-1], kept["mean"], weights, trees,
            float(kept["blend"]),
        )  # fmt: skip


_BEND: Final = ("middle", "scale", "marks", "mix")
_TREES: Final = ("base", "column", "bound", "left", "value")


def _grams_of(written: str) -> Grams:
    unit, low, high, bits = written.split(":")
    if unit not in {"chars", "inside", "words"}:
        raise ValueError(f"unknown kind of n-gram {unit!r}")
    return Grams(unit, int(low), int(high), int(bits))  # type: ignore[arg-type] # checked above


def _bent(bends: Sequence[Bend], points: AnyArray) -> AnyArray:
    """Columns of all views' points side by side; nothing said, nothing meant."""
    found = []
    for view, bend in enumerate(bends):
        own = points[:, view].astype(np.float32)
        found.append(bend.columns(own) * np.any(own, axis=1)[:, None])
    return np.concatenate(found, axis=1)


def fit_forecaster(
    inputs: Inputs, y: FloatArray, group: IntArray, seed: int, *, stacked: bool = True
) -> tuple[Forecaster, FloatArray]:
    """Fit a forecaster.

    Args:
        inputs: n rows.
        y: (n, k) outputs.
        group: (n,) rows of one group are left out together.
        seed: of every draw.
        stacked: whether trees weigh wording, meaning and columns, or one kernel of all three does.

    Returns:
        The forecaster, and (n, k) what the kernel of all three says of rows whose group it has not seen.
    """
    rng = np.random.default_rng(seed)
    order = rng.permutation(int(group.max()) + 1)[group]
    rows = np.sort(np.argsort(order, kind="stable")[:MOST_ROWS])
    drawn, fold = inputs.take(rows) if rows.size < len(inputs) else inputs, order[rows] % 5
    parts = _parts(drawn, seed)
    duals = [
        _best_dual(kernel, y[rows], fold, share, _PENALTIES if stacked else _PENALTIES[1:2])
        for kernel, share in list(zip(parts.kernels, _RIDGE, strict=True))[: 3 if stacked else 1]
    ]
    trees = None
    if stacked:
        columns = [drawn.columns, *(left_out for _, left_out in duals)]
        trees = fit_trees(np.concatenate(columns, axis=1), y[rows], rng, _growth(group[rows]))
    head = Forecaster(
        parts.text, parts.meaning, parts.plain, y[rows].mean(0),
        _weights(parts, [alpha for alpha, _ in duals]), trees,
        BLEND if _crowded(group[rows]) else 0.0,
    )  # fmt: skip
    unseen = np.setdiff1d(np.arange(len(inputs)), rows)
    said = np.zeros(y.shape)
    said[rows] = duals[0][1]
    if unseen.size:
        said[unseen] = replace(head, trees=None).predict(inputs.take(unseen))
    return head, said


def _crowded(group: IntArray) -> bool:
    """Whether rows come many to a group, so that there is less to learn than their number says."""
    return group.size > CROWD * np.unique(group).size


def _growth(group: IntArray) -> Growth:
    """Smaller trees where rows come many to a group."""
    if not _crowded(group):
        return GROWTH
    many = group.size / np.unique(group).size
    least = min(round(GROWTH.least * many), max(GROWTH.least, group.size // 10))
    return replace(GROWTH, rounds=250, leaves=8, least=least, ridge=20.0 * many)


@dataclass(frozen=True)
class _Parts:
    """What rows look like to a forecaster, and how alike they are: all together, in wording, in meaning."""

    text: TextKernel
    meaning: list[Bend]
    plain: Bend
    worded: list[sparse.csr_array]
    points: AnyArray
    bent: AnyArray
    kernels: tuple[AnyArray, AnyArray, AnyArray]


def _parts(inputs: Inputs, seed: int) -> _Parts:
    text, worded, likeness = learn_text_kernel(inputs.views)
    meaning = [
        learn_bend(inputs.points[:, v].astype(np.float32), _LANDMARKS, 1.0, seed)
        for v in range(len(inputs.views))
    ]
    points = _bent(meaning, inputs.points)
    plain = learn_bend(inputs.columns.astype(np.float32), _LANDMARKS, 0.5, seed)
    bent = plain.columns(inputs.columns.astype(np.float32))
    near = points @ points.T
    kernels = likeness + _MEANING * near + _PLAIN * (bent @ bent.T), likeness, near
    return _Parts(text, meaning, plain, worded, points, bent, kernels)


def _weights(parts: _Parts, alphas: list[FloatArray]) -> dict[str, AnyArray]:
    """Weights of columns from weights of rows: those of the whole, and those of each kernel alone."""
    kinds = len(parts.text.grams)
    return {
        "text": np.array([primal(parts.worded, a, kinds) for a in alphas[:2]], np.float32),
        "meaning": np.array([parts.points.T @ a for a in alphas[::2]], np.float32),
        "plain": parts.bent.T @ alphas[0],
    }


def _best_dual(
    kernel: AnyArray, y: FloatArray, fold: IntArray, share: float, penalties: tuple[float, ...]
) -> tuple[FloatArray, FloatArray]:
    """Row weights and left-out forecasts with the penalty that forecasts best."""
    diagonal = float(np.mean(np.diag(kernel))) or 1.0
    tried = []
    for penalty in penalties:
        _, alpha, left_out = fit_dual(kernel, y, fold, penalty * share * diagonal)
        tried.append((float(((left_out - y) ** 2).mean()), alpha, left_out))
    _, alpha, left_out = min(tried, key=lambda found: found[0])
    return alpha, left_out
