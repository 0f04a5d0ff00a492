"""What later events change of earlier evidence: repairs, repeated breaches, corrections.

Nothing is ever rewritten. Each change is the difference between what stood and what stands now, so
a sum over the rows known before any time is what a reader of that time would have reckoned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numba import njit

from troth.ledger.links import depths

if TYPE_CHECKING:
    from troth.ledger.book import Book
    from troth.types import AnyArray, BoolArray, CodeArray, FloatArray, IntArray

#: Recovery almost never fully offsets a breach. Source: knox_vanoest2014; the figure is our choice.
MOST_REPAIRED: Final = 0.8
_NONE: Final = -1


class Amendments(NamedTuple):
    """Changes, in the order in which they came about.

    Attributes:
        event: (m,) int32 position of the event that brings each change.
        breach: (m,) int32 position of the event whose evidence changes.
        open_change: (m,) int8 +1 where its case opens, −1 where it closes.
        good: (m,) change of its mass for trust.
        bad: (m,) change of its mass against trust.
        loadings: (m, 4) shares of the change by dimension.
        standing: (k,) whether no standing correction takes an event back, in the end.
    """

    event: CodeArray
    breach: CodeArray
    open_change: AnyArray
    good: FloatArray
    bad: FloatArray
    loadings: FloatArray
    standing: BoolArray


def amend(book: Book) -> Amendments:
    """Work out every change.

    Args:
        book: the events; none answers itself or, along the chain, comes back to itself.

    Returns:
        The changes, by event.
    """
    order = _order(book)
    standing = np.ones(book.answers.size, dtype=np.bool_)
    count, room = 2 * order.size, -1
    while count > room:
        room = count
        where, mass = np.empty((room, 3), np.int32), np.empty((room, 6))
        count = _fold(book, order, where, mass, standing)
    where, mass = where[:count], mass[:count]
    by_event = np.argsort(where[:, 0], kind="stable")
    where, mass = where[by_event], mass[by_event]
    return Amendments(
        event=where[:, 0],
        breach=where[:, 1],
        open_change=where[:, 2].astype(np.int8),
        good=mass[:, 0],
        bad=mass[:, 1],
        loadings=mass[:, 2:],
        standing=standing,
    )


def _order(book: Book) -> IntArray:
    """Answering events by time; within one instant an answer follows what it answers."""
    answering = np.flatnonzero(book.answers >= 0)
    answered = book.answers[answering]
    together = book.t_us[answering] == book.t_us[answered]
    pairs = zip(answering[together].tolist(), answered[together].tolist(), strict=True)
    depth = np.zeros(book.answers.size, dtype=np.int64)
    for event, steps in depths(dict(pairs)).items():
        depth[event] = steps
    return answering[np.lexsort((answering, depth[answering], book.t_us[answering]))]


class _State(NamedTuple):
    """What has come of each event so far. Lists of events are chains of positions.

    An event answers one other, so it stands in one chain of ``efforts`` and one of ``steps``.
    """

    root: CodeArray
    left: FloatArray
    repaired: FloatArray
    retractions: CodeArray
    is_open: BoolArray
    efforts: CodeArray
    steps: CodeArray


class _Changes(NamedTuple):
    """Room for changes, and how many there are; those beyond the room are only counted."""

    where: CodeArray
    mass: FloatArray
    used: IntArray


_FIRST, _LAST, _NEXT = 0, 1, 2


@njit(cache=True, nogil=True)
def _fold(
    book: Book, order: IntArray, where: CodeArray, mass: FloatArray, standing: BoolArray
) -> int:
    k = book.answers.size
    state = _State(
        np.arange(k).astype(np.int32),
        np.ones((k, 4)),
        np.zeros((k, 4)),
        np.zeros(k, np.int32),
        np.zeros(k, np.bool_),
        np.full((k, 3), _NONE, np.int32),
        np.full((k, 3), _NONE, np.int32),
    )
    changes = _Changes(where, mass, np.zeros(1, np.int64))
    for event in range(k):
        state.is_open[event] = book.opens[event] and not _answers_breach(book, event)
    for event in order:
        target = book.answers[event]
        if book.opens[event] and book.bad[target] > 0:
            state.root[event] = state.root[target]
        if book.retracts[event]:
            _retract(book, state, changes, event, target)
        if book.bad[target] <= 0:
            continue
        if book.opens[event] or _repairs(book, event):
            _chain(state.efforts, target, event)
            _leave(book, state, target, event)
            _weigh(book, state, changes, event, target)
        if book.opens[event] or book.closes[event]:
            _chain(state.steps, state.root[target], event)
            _settle(book, state, changes, event, state.root[target], int(book.opens[event]))
    for event in range(k):
        standing[event] = state.retractions[event] == 0
    return int(changes.used[0])


@njit(cache=True, nogil=True)
def _answers_breach(book: Book, event: int) -> bool:
    return bool(book.answers[event] >= 0 and book.bad[book.answers[event]] > 0)


@njit(cache=True, nogil=True)
def _repairs(book: Book, event: int) -> bool:
    return bool(book.rho[event].sum() > 0)


@njit(cache=True, nogil=True)
def _chain(links: CodeArray, owner: int, event: int) -> None:
    """Put ``event`` at the end of the owner's chain."""
    if links[owner, _FIRST] == _NONE:
        links[owner, _FIRST] = event
    else:
        links[links[owner, _LAST], _NEXT] = event
    links[owner, _LAST] = event


@njit(cache=True, nogil=True)
def _retract(book: Book, state: _State, changes: _Changes, by: int, event: int) -> None:
    """Take an event back; if it is a correction, that lifts what it took back, and so on."""
    change = 1
    while True:
        stood = state.retractions[event] == 0
        state.retractions[event] += change
        if stood == (state.retractions[event] == 0):
            return
        if not book.retracts[event] or book.good[event] > 0 or book.bad[event] > 0:
            _reckon_again(book, state, changes, by, event)
        if not book.retracts[event] or book.answers[event] == _NONE:
            return
        change, event = -change, book.answers[event]


@njit(cache=True, nogil=True)
def _reckon_again(book: Book, state: _State, changes: _Changes, by: int, event: int) -> None:
    """Append what changes where an event stands no more, or stands again."""
    sign = 1.0 if state.retractions[event] == 0 else -1.0
    if book.good[event] != 0 or book.bad[event] != 0:
        good, bad = sign * book.good[event], sign * book.bad[event]
        _append(changes, by, event, good, bad, book.loadings[event])
    _weigh(book, state, changes, by, event)
    if not _answers_breach(book, event):
        _resettle(book, state, changes, by, event)
        return
    target = book.answers[event]
    if book.opens[event] or _repairs(book, event):
        state.left[target] = 1.0
        effort = state.efforts[target, _FIRST]
        while effort != _NONE:
            if state.retractions[effort] == 0:
                _leave(book, state, target, effort)
            effort = state.efforts[effort, _NEXT]
        _weigh(book, state, changes, by, target)
    _resettle(book, state, changes, by, state.root[target])


@njit(cache=True, nogil=True)
def _leave(book: Book, state: _State, breach: int, effort: int) -> None:
    """What an effort leaves of the harm: repairs multiply, a repetition makes it whole again."""
    for d in range(4):
        if book.opens[effort]:
            state.left[breach, d] = 1.0
        else:
            state.left[breach, d] *= 1.0 - book.rho[effort, d]


@njit(cache=True, nogil=True)
def _weigh(book: Book, state: _State, changes: _Changes, by: int, breach: int) -> None:
    """Reckon how much of a breach is repaired now, and append the difference."""
    if book.bad[breach] <= 0:
        return
    bad = book.bad[breach] if state.retractions[breach] == 0 else 0.0
    change = np.empty(4)
    for d in range(4):
        share = min(MOST_REPAIRED, 1.0 - state.left[breach, d])
        now = share * bad * book.loadings[breach, d]
        change[d] = now - state.repaired[breach, d]
        state.repaired[breach, d] = now
    mass = change.sum()
    if mass != 0.0:
        _append(changes, by, breach, 0.0, -mass, change / mass)


@njit(cache=True, nogil=True)
def _resettle(book: Book, state: _State, changes: _Changes, by: int, root: int) -> None:
    """Reckon from its last step that stands whether a case is open."""
    opened = book.opens[root] and not _answers_breach(book, root) and state.retractions[root] == 0
    step = state.steps[root, _FIRST]
    while step != _NONE:
        if state.retractions[step] == 0:
            opened = book.opens[step]
        step = state.steps[step, _NEXT]
    _settle(book, state, changes, by, root, int(opened))


@njit(cache=True, nogil=True)
def _settle(book: Book, state: _State, changes: _Changes, by: int, root: int, opened: int) -> None:
    """Append the change where a case opens or closes; ``opened`` says which."""
    if state.is_open[root] != bool(opened):
        state.is_open[root] = bool(opened)
        row = _append(changes, by, root, 0.0, 0.0, book.loadings[root])
        if row < len(changes.where):
            changes.where[row, 2] = 1 if opened else -1


@njit(cache=True, nogil=True)
def _append(
    changes: _Changes, by: int, of: int, good: float, bad: float, loadings: FloatArray
) -> int:
    """Append a change of mass where there is room, and give its row."""
    row = int(changes.used[0])
    changes.used[0] += 1
    if row < len(changes.where):
        changes.where[row, 0], changes.where[row, 1], changes.where[row, 2] = by, of, 0
        changes.mass[row, 0], changes.mass[row, 1] = good, bad
        changes.mass[row, 2:] = loadings
    return row
