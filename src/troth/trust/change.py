"""What would change it: the smallest plausible next events that move a stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.kinds import codebook
from troth.traces.decay import DAY_US, rates_of
from troth.traces.origins import DIRECT
from troth.trust.belief import beliefs_of
from troth.trust.stage import in_repair, next_stage
from troth.trust.trajectory import moment_of

if TYPE_CHECKING:
    from troth.trust.parameters import Parameters
    from troth.types import FloatArray, IntArray

#: Kinds of event that a team, or its customer, can plausibly bring about next.
PLAUSIBLE: Final = (
    "promise_kept",
    "survey",
    "promise_broken",
    "complaint_opened",
    "complaint_resolved",
)
MOST_EVENTS: Final = 24
#: A relationship's own rhythm is taken within these bounds, in days.
RHYTHM_DAYS: Final = (1.0, 30.0)


@dataclass(frozen=True)
class Now:
    """Where a relationship stands, as far as its future depends on it.

    Attributes:
        origins: (6, 2, H) evidence at ``at_us``.
        mean: μ.
        at_us: microseconds UTC.
        stage: position in ``STAGES`` at the last step.
        changed_us: when it was entered.
        first_us: first event.
        repair: whether the overlay is on.
        open_breaches: breaches that wait for repair.
        rhythm_days: usual days between its events.
    """

    origins: FloatArray
    mean: float
    at_us: int
    stage: int
    changed_us: int
    first_us: int
    repair: bool
    open_breaches: int
    rhythm_days: float


@dataclass(frozen=True)
class Change:
    """So many events of a kind, one at each of the relationship's usual intervals, would do it.

    Attributes:
        kind: of the events.
        count: how many.
        days: until the last of them.
        stage: position in ``STAGES`` then.
        repair: whether the overlay is on then.
        probability: the belief then.
    """

    kind: str
    count: int
    days: float
    stage: int
    repair: bool
    probability: float


def rhythm_of(times_us: IntArray) -> float:
    """Median days between a relationship's encounters, within a day and a month.

    Events less than a day apart belong to one encounter. A week where there was only one.
    """
    days: FloatArray = np.unique(times_us).astype(np.float64) / DAY_US
    pauses = np.diff(days)
    pauses = pauses[pauses >= 1.0]
    return float(np.clip(np.median(pauses), *RHYTHM_DAYS)) if pauses.size else 7.0


def changes_of(now: Now, parameters: Parameters) -> list[Change]:
    """The smallest change upwards, downwards, into and out of repair that events of one kind bring.

    Args:
        now: where the relationship stands.
        parameters: the weights.

    Returns:
        At most one change a kind, fewest events first; empty where two dozen events change nothing.
    """
    found = [change for kind in PLAUSIBLE if (change := _first_change(kind, now, parameters))]
    return sorted(found, key=lambda c: (c.count, c.days, c.kind))


def _first_change(name: str, now: Now, parameters: Parameters) -> Change | None:
    kind = codebook()[name]
    if kind.closes and not now.open_breaches:
        return None
    outcome = 1.0 if kind.outcome is None else kind.outcome
    weight = kind.weight * parameters.kinds.get(name, 1.0)
    mass = weight * np.array([outcome, 1.0 - outcome])[:, None]
    opened = now.open_breaches
    origins, stage, changed, repair = now.origins.copy(), now.stage, now.changed_us, now.repair
    fade = np.exp2(-now.rhythm_days * DAY_US * rates_of(parameters.half_lives_days))
    for count in range(1, MOST_EVENTS + 1):
        at_us = now.at_us + int(count * now.rhythm_days * DAY_US)
        origins = origins * fade
        origins[DIRECT] += mass
        opened = max(0, opened + int(kind.opens) - int(kind.closes))
        beliefs = beliefs_of(origins[None], parameters, now.mean)
        lower, total, harm = (
            float(v[0]) for v in moment_of(origins[None], beliefs, parameters, np.array([now.mean]))
        )
        moved = next_stage(stage, changed, now.first_us, at_us, lower, total)
        changed = at_us if moved != stage else changed
        stage, repair = int(moved), bool(in_repair(repair, opened, harm))
        if stage != now.stage or repair != now.repair:
            days = count * now.rhythm_days
            return Change(name, count, days, stage, repair, float(beliefs.probability[0]))
    return None
