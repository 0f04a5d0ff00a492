"""The stage of a relationship: a fold over its own events, with hysteresis and dwell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numba import njit

from troth.traces.decay import DAY_US

if TYPE_CHECKING:
    from troth.types import AnyArray, BoolArray, CodeArray, FloatArray, IntArray

STAGES: Final = ("first_contact", "understanding", "building", "maintenance")
FIRST_CONTACT, UNDERSTANDING, BUILDING, MAINTENANCE = range(4)
#: Evidence (undecayed own and house mass) and lower bound to enter a stage, and bound to leave it.
ENOUGH: Final = 2.0
BUILDING_MASS, BUILDING_ENTER, BUILDING_LEAVE = 6.0, 0.60, 0.52
MAINTENANCE_MASS, MAINTENANCE_ENTER, MAINTENANCE_LEAVE = 15.0, 0.80, 0.70
MAINTENANCE_AGE_US: Final = 90 * DAY_US
DWELL_US: Final = 7 * DAY_US
#: Log-odds of fresh harm that put a relationship into repair, and under which it leaves.
HARM_ENTER, HARM_LEAVE = 1.0, 0.4
_NEVER: Final = np.iinfo(np.int64).min // 4


class Stages(NamedTuple):
    """Where n relationships stand.

    Attributes:
        stage: (n,) position in ``STAGES``.
        changed_us: (n,) when that stage was entered; a very early time where it never changed.
        first_us: (n,) first event.
        repair: (n,) whether the overlay repair is on.
        open_breaches: (n,) breaches that wait for repair.
    """

    stage: AnyArray
    changed_us: IntArray
    first_us: IntArray
    repair: BoolArray
    open_breaches: IntArray


@njit(cache=True, nogil=True)
def next_stage(stage, changed_us, first_us, now_us, lower, mass):
    """The stage after one step; at most one move, and none within the dwell of the last one."""
    if now_us - changed_us < DWELL_US:
        return stage
    if stage == MAINTENANCE and lower < MAINTENANCE_LEAVE:
        return BUILDING
    if stage == BUILDING and lower < BUILDING_LEAVE:
        return UNDERSTANDING
    if stage == UNDERSTANDING and mass < ENOUGH:
        return FIRST_CONTACT
    if stage == FIRST_CONTACT and mass >= ENOUGH:
        return UNDERSTANDING
    if stage == UNDERSTANDING and mass >= BUILDING_MASS and lower >= BUILDING_ENTER:
        return BUILDING
    if (
        stage == BUILDING
        and mass >= MAINTENANCE_MASS
        and lower >= MAINTENANCE_ENTER
        and now_us - first_us >= MAINTENANCE_AGE_US
    ):
        return MAINTENANCE
    return stage


@njit(cache=True, nogil=True)
def in_repair(was, open_breaches, harm):
    """Whether the overlay is on: an open breach, or fresh harm with hysteresis; no dwell."""
    return open_breaches > 0 or harm >= (HARM_LEAVE if was else HARM_ENTER)


@njit(cache=True, nogil=True)
def _fold(relation, now_us, lower, mass, harm, open_change, stage, changed, first, repair, opened):
    for row in range(relation.size):
        key = relation[row]
        if first[key] == _NEVER:
            first[key] = now_us[row]
        opened[key] = max(0, opened[key] + open_change[row])
        moved = next_stage(stage[key], changed[key], first[key], now_us[row], lower[row], mass[row])
        if moved != stage[key]:
            stage[key] = moved
            changed[key] = now_us[row]
        repair[key] = in_repair(repair[key], opened[key], harm[row])


@njit(cache=True, nogil=True)
def _step(now_us, lower, mass, harm, stage, changed, first, repair, opened):
    for key in range(stage.size):
        if first[key] == _NEVER:
            continue
        moved = next_stage(stage[key], changed[key], first[key], now_us, lower[key], mass[key])
        if moved != stage[key]:
            stage[key] = moved
            changed[key] = now_us
        repair[key] = in_repair(repair[key], opened[key], harm[key])


class Moment(NamedTuple):
    """What a step looks at, (n,) each: lower bound, evidence, fresh harm in log-odds."""

    lower: FloatArray
    mass: FloatArray
    harm: FloatArray


def fold_stages(
    relation: CodeArray, now_us: IntArray, moments: Moment, open_change: AnyArray, relations: int
) -> Stages:
    """Fold each relationship's events in order of time.

    Args:
        relation: (n,) code of each event's relationship.
        now_us: (n,) times, ascending.
        moments: (n,) what was believed once each event was known.
        open_change: (n,) breaches opened (+) or closed (−) by each event.
        relations: how many relationships there are.

    Returns:
        Where each stands after its last event.
    """
    state = Stages(
        np.zeros(relations, dtype=np.int8),
        np.full(relations, _NEVER),
        np.full(relations, _NEVER),
        np.zeros(relations, dtype=np.bool_),
        np.zeros(relations, dtype=np.int64),
    )
    change = open_change.astype(np.int64)
    _fold(relation, now_us, *moments, change, *state)
    return state


def step_stages(state: Stages, at_us: int, moments: Moment) -> Stages:
    """One step at a time of asking; the state that was passed in stays as it was.

    Args:
        state: after the last event.
        at_us: the time asked about.
        moments: (relations,) what is believed then.
    """
    asked = Stages(
        state.stage.copy(),
        state.changed_us.copy(),
        state.first_us.copy(),
        state.repair.copy(),
        state.open_breaches.copy(),
    )
    _step(at_us, *moments, *asked)
    return asked
