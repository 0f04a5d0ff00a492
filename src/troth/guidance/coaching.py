"""Which coach suits which learner, "1 to 1": the best assignment over a whole group, with reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.matching import matching
from troth.guidance.matching import Load, Reason, language_reason, load_reason, trust_reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from troth.guidance.matching import Trust
    from troth.types import FloatArray


@dataclass(frozen=True)
class Learner:
    """What is weighed of a learner.

    Attributes:
        id: any.
        wanted: keys of what they would like to learn.
        languages: as they stated.
        leads: ids of those who lead them.
        not_lead: whether they asked for a coach who does not.
    """

    id: str
    wanted: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()
    not_lead: bool = False


@dataclass(frozen=True)
class Coach:
    """What is weighed of a coach.

    Attributes:
        id: any.
        strengths: keys of what they are good at, as stated.
        languages: as they stated.
        load: what they carry today.
        capacity: how many learners they take.
    """

    id: str
    strengths: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    load: Load = field(default_factory=Load)
    capacity: int = 2


@dataclass(frozen=True)
class Pairing:
    """A learner and the coach proposed.

    Attributes:
        learner: id.
        coach: id; None where nobody is free who may be.
        reasons: what was weighed.
    """

    learner: str
    coach: str | None
    reasons: tuple[Reason, ...] = ()


def barred(learner: Learner, coach: Coach) -> str | None:
    """Why a pair may not be: ``self``, ``lead`` or ``language``; None where it may."""
    if learner.id == coach.id:
        return "self"
    if learner.not_lead and coach.id in learner.leads:
        return "lead"
    both = learner.languages and coach.languages
    return "language" if both and not learner.languages & coach.languages else None


def reasons_of(learner: Learner, coach: Coach, trust: Trust | None) -> tuple[Reason, ...]:
    """What speaks for and against a pair.

    Args:
        learner: who learns.
        coach: who might teach them.
        trust: the learner's in the coach; None where they have no history.
    """
    return tuple(_reasons(learner, coach, trust))


def _reasons(learner: Learner, coach: Coach, trust: Trust | None) -> Iterator[Reason]:
    most = matching().weighs["coach"]
    shared = sorted(learner.wanted & coach.strengths)
    if shared:
        points = most["skills"] * len(shared) // len(learner.wanted)
        yield Reason("skills", "shared", points, {"skills": tuple(shared)})
    elif learner.wanted:
        yield Reason("skills", "none", 0)
    else:
        yield Reason("skills", "unknown", 0)
    yield trust_reason(trust, most["trust"])
    if learner.languages and coach.languages:
        yield language_reason(learner.languages, coach.languages, most["language"])
    yield from load_reason(coach.load, most["load"])


def pair_coaches(
    learners: Sequence[Learner], coaches: Sequence[Coach], trusts: Mapping[tuple[str, str], Trust]
) -> list[Pairing]:
    """Pair a group: as many learners as can be, then the most points in all, then first ids first.

    Args:
        learners: with ids of their own.
        coaches: likewise.
        trusts: by (learner, coach), where there is a history.

    Returns:
        One pairing a learner, in order of id.

    Source: our choice, decision 0031; the assignment by ``scipy.optimize.linear_sum_assignment``.

    >>> found = pair_coaches([Learner("a"), Learner("b")], [Coach("x", capacity=1)], {})
    >>> [(one.learner, one.coach) for one in found]
    [('a', 'x'), ('b', None)]
    """
    rows = sorted(learners, key=lambda one: one.id)
    columns = sorted(coaches, key=lambda one: one.id)
    if not rows:
        return []
    found = {
        (i, j): reasons_of(learner, coach, trusts.get((learner.id, coach.id)))
        for i, learner in enumerate(rows)
        for j, coach in enumerate(columns)
        if barred(learner, coach) is None
    }
    chosen = _Group(rows, columns, found).first_best()
    return [
        Pairing(
            learner.id,
            None if j is None else columns[j].id,
            found.get((i, j), ()) if j is not None else (),
        )
        for i, (learner, j) in enumerate(zip(rows, chosen, strict=True))
    ]


@dataclass(frozen=True)
class _Group:
    """A group as an assignment problem: a column a place with a coach, and one a learner left without."""

    rows: Sequence[Learner]
    columns: Sequence[Coach]
    found: Mapping[tuple[int, int], tuple[Reason, ...]]

    def first_best(self) -> list[int | None]:
        """Of all best assignments the one that gives the first learner the first coach, and so on."""
        values, owner = self._values()
        best = _total(values)
        chosen: list[int | None] = []
        for i in range(len(self.rows)):
            for j in dict.fromkeys(owner):
                tried = values.copy()
                tried[i, [k for k, other in enumerate(owner) if other != j]] = _NEVER
                if _total(tried) == best:
                    values = tried
                    chosen.append(None if j == len(self.columns) else j)
                    break
        return chosen

    def _values(self) -> tuple[FloatArray, list[int]]:
        """Whole numbers, so that sums are exact; every real pair outweighs any difference in points."""
        n, last = len(self.rows), len(self.columns)
        owner = [j for j, coach in enumerate(self.columns) for _ in range(min(coach.capacity, n))]
        points = {key: sum(r.points for r in reasons) for key, reasons in self.found.items()}
        pair = 1 + 2 * n * max(map(abs, points.values()), default=0)
        values = np.zeros((n, len(owner) + n))
        for i in range(n):
            for k, j in enumerate(owner):
                values[i, k] = pair + points[i, j] if (i, j) in points else _NEVER
        return values, [*owner, *[last] * n]


#: Less than any sum of real pairs, and small enough that sums stay exact in float64.
_NEVER: Final = -(2.0**40)


def _total(values: FloatArray) -> float:
    from scipy.optimize import linear_sum_assignment

    row, column = linear_sum_assignment(values, maximize=True)
    return float(values[row, column].sum())
