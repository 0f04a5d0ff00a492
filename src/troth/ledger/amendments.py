"""What later events change of earlier evidence: repairs, repeated breaches, corrections.

Nothing is ever rewritten. Each change is the difference between what stood and what stands now, so a
sum over the rows known before any time is what a reader of that time would have reckoned.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.ledger.links import depths

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.types import AnyArray

#: Recovery almost never fully offsets a breach. Source: knox_vanoest2014; the figure is our choice.
MOST_REPAIRED: Final = 0.8

AMENDMENT: Final = np.dtype(
    [
        ("event", np.int32),
        ("breach", np.int32),
        ("good", np.float64),
        ("bad", np.float64),
        ("loadings", np.float64, 4),
        ("open_change", np.int8),
    ]
)


@dataclass(slots=True, eq=False)
class Entry:
    """An event that answers another or is answered, with what has come of it so far.

    Attributes:
        place: its place among all events.
        t_us: its time, microseconds UTC.
        good: its own mass for trust.
        bad: its own mass against trust; a breach has some.
        loadings: its shares by dimension.
        rho: share of a breach's harm that it undoes, by dimension; empty for none.
        opens: whether it opens a breach.
        closes: whether it closes the breach it answers.
        retracts: whether it takes back the event it answers.
        answers: the event it answers.
        retractions: how many standing corrections take it back.
        efforts: repairs and repetitions of it, in order.
        repaired: mass of it undone by now, by dimension.
        steps: what opened and closed it, in order, if it is where a case began.
        is_open: whether that case is open.
    """

    place: int
    t_us: int
    good: float
    bad: float
    loadings: tuple[float, ...]
    rho: tuple[float, ...]
    opens: bool
    closes: bool
    retracts: bool
    answers: Entry | None = None
    retractions: int = 0
    efforts: list[Entry] = field(default_factory=list)
    repaired: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    steps: list[Entry] = field(default_factory=list)
    is_open: bool = False

    @property
    def stands(self) -> bool:
        """Whether no standing correction takes it back."""
        return self.retractions == 0

    @property
    def answers_breach(self) -> bool:
        """Whether it answers an event that let trust down."""
        return self.answers is not None and self.answers.bad > 0

    @property
    def root(self) -> Entry:
        """The breach that a chain of repeated breaches started from."""
        entry = self
        while entry.opens and entry.answers is not None and entry.answers.bad > 0:
            entry = entry.answers
        return entry


def amend(entries: Iterable[Entry]) -> AnyArray:
    """Work out every change, in order of time.

    Args:
        entries: all events that answer one, and those they answer; their state is brought to the end.

    Returns:
        Rows of ``AMENDMENT``, by event.
    """
    answering = []
    for entry in entries:
        if entry.opens and not entry.answers_breach:
            entry.steps, entry.is_open = [entry], True
        if entry.answers is not None:
            answering.append(entry)
    rows: list[tuple[object, ...]] = []
    for entry in _in_order(answering):
        _enter(entry, rows)
    made = np.array(rows, dtype=AMENDMENT)
    return made[np.argsort(made["event"], kind="stable")]


def _in_order(answering: list[Entry]) -> list[Entry]:
    """By time; within one instant an answer follows what it answers."""
    together = {
        e.place: e.answers.place for e in answering if e.answers and e.answers.t_us == e.t_us
    }
    depth = depths(together)
    return sorted(answering, key=lambda e: (e.t_us, depth.get(e.place, 0), e.place))


def _enter(entry: Entry, rows: list[tuple[object, ...]]) -> None:
    """Let an event take effect on the one that it answers."""
    target = entry.answers
    if target is None:
        return
    if entry.retracts:
        _retract(entry.place, target, 1, rows)
    if target.bad > 0 and (entry.opens or entry.rho):
        target.efforts.append(entry)
        _weigh(entry.place, target, rows)
    if target.bad > 0 and (entry.opens or entry.closes):
        target.root.steps.append(entry)
        _settle(entry.place, target.root, rows)


def _retract(by: int, entry: Entry, change: int, rows: list[tuple[object, ...]]) -> None:
    """Add or lift one retraction of ``entry``; all that hangs on it is reckoned again."""
    stood = entry.stands
    entry.retractions += change
    if entry.stands == stood:
        return
    sign = 1.0 if entry.stands else -1.0
    if entry.good or entry.bad:
        rows.append(
            (by, entry.place, sign * entry.good + 0.0, sign * entry.bad + 0.0, entry.loadings, 0)
        )
    _weigh(by, entry, rows)
    target = entry.answers
    if target is not None and entry.retracts:
        _retract(by, target, -change, rows)
    if target is not None and entry in target.efforts:
        _weigh(by, target, rows)
    root = target.root if entry.closes and target is not None else entry.root
    if entry in root.steps:
        _settle(by, root, rows)


def _weigh(by: int, breach: Entry, rows: list[tuple[object, ...]]) -> None:
    """Reckon how much of a breach is repaired now, and append the difference."""
    left = [1.0, 1.0, 1.0, 1.0]
    for effort in breach.efforts if breach.stands else ():
        if effort.stands:
            left = [1.0] * 4 if effort.opens else [x * (1 - r) for x, r in zip(left, effort.rho, strict=True)]  # fmt: skip
    now = tuple(
        min(MOST_REPAIRED, 1.0 - x) * breach.bad * share
        for x, share in zip(left, breach.loadings, strict=True)
    )
    change = [new - old for new, old in zip(now, breach.repaired, strict=True)]
    breach.repaired = now
    mass = sum(change)
    if mass:
        rows.append((by, breach.place, 0.0, -mass, tuple(c / mass for c in change), 0))


def _settle(by: int, root: Entry, rows: list[tuple[object, ...]]) -> None:
    """Reckon whether a case is open now, and append the change."""
    is_open = False
    for step in root.steps:
        if step.stands:
            is_open = step.opens
    change = int(is_open) - int(root.is_open)
    root.is_open = is_open
    if change:
        rows.append((by, root.place, 0.0, 0.0, root.loadings, change))
