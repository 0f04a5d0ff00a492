"""What later events change of earlier evidence: repairs, repeated breaches, corrections.

Nothing is ever rewritten. Each change is the difference between what stood and what stands now, so a
sum over the rows known before any time is what a reader of that time would have reckoned.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.ledger.links import depths

if TYPE_CHECKING:
    from troth.types import AnyArray, BoolArray, FloatArray, IntArray

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


@dataclass
class Book:
    """What each of n events is, for those that answer others.

    Attributes:
        t_us: (n,) int64 times, rising.
        good: (n,) own mass for trust.
        bad: (n,) own mass against trust; a breach has some.
        loadings: (n, 4) shares by dimension.
        rho: (n, 4) share of a breach's harm that the event undoes, by dimension.
        opens: (n,) whether it opens a breach.
        closes: (n,) whether it closes the breach it answers.
        retracts: (n,) whether it takes back the event it answers.
        fresh: (n,) whether it opens a breach and answers nothing, so its own row says so already.
        active: (n,) whether it stands; a correction changes that of the event it answers.
    """

    t_us: IntArray
    good: FloatArray
    bad: FloatArray
    loadings: FloatArray
    rho: FloatArray
    opens: BoolArray
    closes: BoolArray
    retracts: BoolArray
    fresh: BoolArray
    active: BoolArray


def amend(book: Book, events: IntArray, targets: IntArray) -> AnyArray:
    """Work out every change, in order of time.

    Args:
        book: what the events are; ``active`` is left as it stands in the end.
        events: (m,) places of the events that answer another.
        targets: (m,) places of the events they answer.

    Returns:
        Rows of ``AMENDMENT``, by event.
    """
    matters = book.opens | book.closes | book.retracts | (book.rho > 0).any(axis=1)
    keep = matters[events]
    desk = _Desk(book, dict(zip(events[keep].tolist(), targets[keep].tolist(), strict=True)))
    for event in desk.in_order():
        desk.enter(event)
    rows = np.array(desk.rows, dtype=AMENDMENT)
    return rows[np.argsort(rows["event"], kind="stable")]


@dataclass
class _Desk:
    """The state of every breach that was ever answered."""

    book: Book
    answers: dict[int, int]
    rows: list[tuple[object, ...]] = field(default_factory=list)
    retractions: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    efforts: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    repaired: dict[int, FloatArray] = field(default_factory=dict)
    cases: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    open_cases: set[int] = field(default_factory=set)

    def in_order(self) -> list[int]:
        """Answering events by time; within one instant an answer follows what it answers."""
        t_us = self.book.t_us
        together = {e: b for e, b in self.answers.items() if t_us[e] == t_us[b]}
        depth = depths(together)
        return sorted(self.answers, key=lambda e: (t_us[e], depth.get(e, 0), e))

    def enter(self, event: int) -> None:
        """Let one event take effect."""
        book, target = self.book, self.answers[event]
        if book.retracts[event]:
            self._retract(event, target, by=1)
        if not book.bad[target] > 0:
            self._open_anew(event)
            return
        if book.opens[event] or book.rho[event].any():
            self.efforts[target].append(event)
            self._weigh(event, target)
        if book.opens[event] or book.closes[event]:
            self._case(self._root(target)).append(event)
            self._settle(event, self._root(target))

    def _open_anew(self, event: int) -> None:
        """A breach that answers no breach, as a broken promise answers the promise."""
        if self.book.opens[event]:
            self._case(event)
            self._settle(event, event)

    def _root(self, event: int) -> int:
        """The breach that a chain of repeated breaches started from."""
        book = self.book
        while book.opens[event] and event in self.answers and book.bad[self.answers[event]] > 0:
            event = self.answers[event]
        return event

    def _case(self, root: int) -> list[int]:
        if root not in self.cases:
            self.cases[root] = [root] if self.book.opens[root] else []
            if self.book.fresh[root] and self.book.active[root]:
                self.open_cases.add(root)
        return self.cases[root]

    def _retract(self, by_event: int, event: int, *, by: int) -> None:
        """Add or lift one retraction of ``event``; what hangs on it is reckoned again."""
        book = self.book
        if book.fresh[event]:
            self._case(event)
        self.retractions[event] += by
        stands = self.retractions[event] == 0
        if stands == book.active[event]:
            return
        book.active[event] = stands
        self._amend_own(by_event, event, sign=1.0 if stands else -1.0)
        if event in self.repaired:
            self._weigh(by_event, event)
        target = self.answers.get(event)
        if book.retracts[event] and target is not None:
            self._retract(by_event, target, by=-by)
        if target is not None and event in self.efforts[target]:
            self._weigh(by_event, target)
        for root in {event, self._root(event if target is None or book.opens[event] else target)}:
            if event in self.cases.get(root, ()):
                self._settle(by_event, root)

    def _amend_own(self, by_event: int, event: int, *, sign: float) -> None:
        good, bad = sign * self.book.good[event], sign * self.book.bad[event]
        if good or bad:
            self.rows.append((by_event, event, good, bad, self.book.loadings[event], 0))

    def _weigh(self, by_event: int, breach: int) -> None:
        """Reckon how much of a breach is repaired now, and append the difference."""
        book = self.book
        left = np.ones(4)
        for effort in self.efforts[breach]:
            if book.active[effort]:
                left = np.ones(4) if book.opens[effort] else left * (1.0 - book.rho[effort])
        share = np.minimum(MOST_REPAIRED, 1.0 - left) if book.active[breach] else np.zeros(4)
        now = share * book.bad[breach] * book.loadings[breach]
        change = now - self.repaired.get(breach, np.zeros(4))
        self.repaired[breach] = now
        for part in (np.maximum(change, 0.0), np.minimum(change, 0.0)):
            mass = part.sum()
            if mass:
                self.rows.append((by_event, breach, 0.0, -mass, part / mass, 0))

    def _settle(self, by_event: int, root: int) -> None:
        """Reckon whether a case is open now, and append the change."""
        is_open = False
        for step in self.cases[root]:
            if self.book.active[step]:
                is_open = bool(self.book.opens[step])
        change = int(is_open) - int(root in self.open_cases)
        if change:
            (self.open_cases.add if is_open else self.open_cases.discard)(root)
            self.rows.append((by_event, root, 0.0, 0.0, self.book.loadings[root], change))
