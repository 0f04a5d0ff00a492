"""A head: several views of a message, weighed by what each said of rows it had not seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import special

from troth.reading.heads.decide import chosen, fair_offsets, temperature
from troth.reading.heads.linear import Linear, ridge_dense, ridge_unseen, softmax

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.reading.heads.material import Material
    from troth.reading.heads.views import View
    from troth.types import AnyArray, FloatArray, IntArray


@dataclass(frozen=True)
class Plan:
    """What a head is made of; written in code, not saved with the weights.

    Args:
        says: "classes" gives probabilities that sum to 1, "value" gives numbers.
        views: fitted first, each by itself.
        straight: columns of numbers handed to the last layer as they are (cues, structure).
        penalty: of the last layer, whose inputs have standard deviation 1.
        seed: of every draw.
    """

    says: Literal["classes", "value"]
    views: tuple[View, ...] = ()
    straight: tuple[str, ...] = ()
    penalty: float = 30.0
    seed: int = 0


@dataclass(frozen=True)
class TextHead:
    """A fitted head.

    Args:
        plan: what it is made of.
        learned: the arrays of each view, in the plan's order.
        last: the arrays of the last layer: middle, scale, weights, bias, heat, offsets.
    """

    plan: Plan
    learned: tuple[Mapping[str, AnyArray], ...]
    last: Mapping[str, AnyArray]

    def says(self, material: Material) -> FloatArray:
        """Read rows.

        Args:
            material: n rows with the columns the plan names.

        Returns:
            (n, classes) probabilities, or (n, outputs) values.
        """
        scored = [
            view.scores(learned, material)
            for view, learned in zip(self.plan.views, self.learned, strict=True)
        ]
        inputs = (_inputs(self.plan, scored, material) - self.last["middle"]) / self.last["scale"]
        scores = Linear(self.last["weights"], self.last["bias"]).scores(inputs)
        return _chances(scores, self.last) if self.plan.says == "classes" else scores

    def classes(self, material: Material) -> IntArray:
        """(n,) class numbers, chosen for the best macro-F1 rather than for the largest probability."""
        return chosen(self.says(material), self.last["offsets"])

    def arrays(self) -> dict[str, AnyArray]:
        """All that was learned, for an .npz file."""
        kept = {f"last.{name}": array for name, array in self.last.items()}
        for at, learned in enumerate(self.learned):
            kept |= {f"view{at}.{name}": array for name, array in learned.items()}
        return kept


def head_from(plan: Plan, arrays: Mapping[str, AnyArray]) -> TextHead:
    """Rebuild a head.

    Args:
        plan: the plan it was fitted by.
        arrays: what ``TextHead.arrays`` gave.

    Returns:
        A head that says, bit for bit, what the fitted one said.
    """

    def part(name: str) -> dict[str, AnyArray]:
        found = {
            key.removeprefix(f"{name}."): arrays[key]
            for key in arrays
            if key.startswith(f"{name}.")
        }
        if not found:
            raise ValueError(f"the file has nothing for {name}; it was made by another plan")
        return found

    learned = tuple(part(f"view{at}") for at in range(len(plan.views)))
    return TextHead(plan, learned, part("last"))


def fit_head(
    plan: Plan, material: Material, targets: FloatArray, folds: IntArray
) -> tuple[TextHead, FloatArray]:
    """Fit a head.

    Args:
        plan: what to fit.
        material: n rows.
        targets: (n, classes) probabilities (one-hot for plain labels), or (n, outputs) values.
        folds: (n,) fold of each row; what belongs together must share one.

    Returns:
        The head, and (n, classes or outputs) what it says of each row without that row's fold. Features
        for a further head must come from the latter. The heat and the offsets were chosen on it, so its
        macro-F1 flatters: measure on other rows.
    """
    learned, unseen = [], []
    for view in plan.views:
        arrays, said = view.learn(material, targets, folds, plan.seed)
        learned.append(arrays)
        unseen.append(said)
    inputs = _inputs(plan, unseen, material)
    middle, scale = inputs.mean(axis=0), inputs.std(axis=0) + 1e-9
    inputs = (inputs - middle) / scale
    if plan.says == "value":
        last = ridge_dense(inputs, targets, plan.penalty)
        fresh = ridge_unseen(inputs, targets, folds, plan.penalty)
    else:
        last = softmax(inputs, targets, plan.penalty)
        fresh = np.empty_like(targets)
        for fold in np.unique(folds):
            out = folds == fold
            fresh[out] = softmax(inputs[~out], targets[~out], plan.penalty).scores(inputs[out])
    kept = {"middle": middle, "scale": scale, "weights": last.weights, "bias": last.bias}
    if plan.says == "classes":
        kept["heat"] = np.array([temperature(fresh, targets)])
        fresh = _chances(fresh, kept)
        kept["offsets"] = fair_offsets(fresh, targets.argmax(axis=1))
    return TextHead(plan, tuple(learned), kept), fresh


def _chances(scores: FloatArray, last: Mapping[str, AnyArray]) -> FloatArray:
    chances: FloatArray = special.softmax(scores / last["heat"], axis=1)
    return chances


def _inputs(plan: Plan, scored: list[FloatArray], material: Material) -> FloatArray:
    """(n, everything the last layer weighs)."""
    straight = [np.asarray(material.numbers[name], dtype=np.float64) for name in plan.straight]
    return np.hstack([*scored, *straight])
