"""How reliable the questionnaires' scales are in public answers; writes benchmarks/truth/questionnaires.md.

Run by ``make bench-truth-people``.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmarks.truth import openpsych
from troth.people.circumplex import ANGLES, axes_of
from troth.people.reliability import Reliability, complete_rows, reliability_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

PAGE: Final = Path(__file__).parent / "questionnaires.md"
#: Reliability of an octant of four items, taken where no raw answers are at hand.
TAKEN: Final = 0.70


def scales() -> Iterable[tuple[str, str, Reliability]]:
    """Set, scale and reliability."""
    for trait in openpsych.BIG_FIVE:
        yield "Big Five, 50 items", trait, reliability_of(openpsych.big_five(trait))
    for name, answers in openpsych.mini_ipip().items():
        yield "Mini-IPIP, our 20 among them", name, reliability_of(answers)
    for dimension in openpsych.ECR:
        yield "ECR, 36 items", dimension, reliability_of(openpsych.ecr(dimension))


def short_errors() -> Iterable[tuple[str, Reliability, float]]:
    """Dimension, reliability of the few items nearest to ours, and the error of a score on 1 to 7."""
    for dimension in openpsych.NEAREST:
        whole = complete_rows(openpsych.nearest(dimension))
        found = reliability_of(whole)
        spread = float(whole.mean(axis=1).std(ddof=1)) * 6 / 4
        yield dimension, found, spread * math.sqrt(1 - found.alpha)


def recovery() -> tuple[dict[str, float], int]:
    """Five factors of the fifty items, without being told which item is whose.

    Returns:
        Congruence of the nearest factor with each trait's key, and how many items load highest on their own.
    """
    traits = list(openpsych.BIG_FIVE)
    answers = complete_rows(np.hstack([openpsych.big_five(trait) for trait in traits]))
    loadings = varimax(principal_axes(np.corrcoef(answers, rowvar=False), len(traits)))
    key = np.kron(np.eye(len(traits)), np.ones((10, 1)))
    lengths = np.outer(np.linalg.norm(key, axis=0), np.linalg.norm(loadings, axis=0))
    congruence = key.T @ loadings / lengths
    nearest = np.abs(congruence).argmax(axis=1)
    assert len(set(nearest)) == len(traits), "two traits share a factor"
    own = np.abs(loadings).argmax(axis=1) == np.repeat(nearest, 10)
    found = {trait: float(abs(congruence[i, nearest[i]])) for i, trait in enumerate(traits)}
    return found, int(own.sum())


def principal_axes(correlations: NDArray[Any], factors: int, steps: int = 500) -> NDArray[Any]:
    """Loadings of several factors, the communalities iterated."""
    reduced = correlations.copy()
    kept = 1 - 1 / np.diag(np.linalg.inv(correlations))
    loadings = np.empty((len(reduced), factors))
    for _ in range(steps):
        np.fill_diagonal(reduced, kept)
        values, directions = np.linalg.eigh(reduced)
        loadings = directions[:, -factors:] * np.sqrt(values[-factors:])
        fresh = (loadings**2).sum(axis=1)
        if np.abs(fresh - kept).max() < 1e-8:
            break
        kept = fresh
    return loadings


def varimax(loadings: NDArray[Any], steps: int = 500) -> NDArray[Any]:
    """Loadings turned so that their squares spread as far as they can (Kaiser 1958)."""
    turn, last = np.eye(loadings.shape[1]), 0.0
    for _ in range(steps):
        turned = loadings @ turn
        pulled = loadings.T @ (turned**3 - turned * (turned**2).mean(axis=0))
        left, values, right = np.linalg.svd(pulled)
        turn = left @ right
        if values.sum() < last * (1 + 1e-10):
            break
        last = values.sum()
    return loadings @ turn


def circle() -> dict[str, float]:
    """Where the published sample's mean lies, and how sure one coordinate is."""
    norms = {row["scale"].lower(): row for row in openpsych.circle_norms()}
    dominance, warmth = axes_of({name: float(row["mean"]) for name, row in norms.items()})
    errors = {name: float(row["sd"]) * math.sqrt(1 - TAKEN) for name, row in norms.items()}
    sides = (
        math.sqrt(sum((e * side(math.radians(ANGLES[name]))) ** 2 for name, e in errors.items()))
        / 4
        for side in (math.sin, math.cos)
    )
    return dict(
        zip(("dominance", "warmth", "error of dominance", "error of warmth"),
            (dominance, warmth, *sides), strict=True)
    )  # fmt: skip


def page() -> str:
    """The report as Markdown."""
    lines = [
        "# Reliability of questionnaires", "",
        "Made by `make bench-truth-people`. Raw answers of self-selected web samples in English "
        "(`openpsych`, [public data](../../docs/reference/data.md)); rows with a gap in the scale are left "
        "out. Alpha with Feldt's 95% interval, omega of one factor. They check the code, and the wording "
        "of our Mini-IPIP in English; they say nothing of our Chinese wording, and nothing of customers.",
        "", "| set | scale | people | items | alpha | 95% | omega |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]  # fmt: skip
    for name, scale, found in scales():
        lines.append(
            f"| {name} | {scale} | {found.people:,} | {found.items} | {found.alpha:.3f} | "
            f"{found.low:.3f} to {found.high:.3f} | {found.omega:.3f} |"
        )
    congruence, own = recovery()
    told = ", ".join(f"{trait} {value:.2f}" for trait, value in congruence.items())
    at = circle()
    lines += [
        "", f"Five factors found without the key (principal axes, varimax): congruence with it {told}; "
        f"{own} of 50 items load highest on their own factor.",
        "", "## Few items on attachment", "",
        "The items of the ECR that are worded nearest to our nine, answered on 1 to 5 about romantic "
        "partners; the standard error of a score is stretched to 1 to 7.", "",
        "| dimension | people | items | alpha | error on 1 to 7 |", "| --- | --- | --- | --- | --- |",
        *(f"| {name} | {found.people:,} | {found.items} | {found.alpha:.3f} | {error:.2f} |"
          for name, found, error in short_errors()),
        "", "## The circle", "",
        "From the published means and deviations of 274 American students (`ipip_ipc`); no raw answers are "
        f"at hand, so a reliability of {TAKEN:.2f} is taken for each octant of four items.", "",
        "| figure | value |", "| --- | --- |",
        *(f"| {name} | {value:.3f} |" for name, value in at.items()),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE.read_text(encoding="utf-8"))
