"""Where every relationship stands at one time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.traces.decay import DAY_US
from troth.traces.keys import keys_of
from troth.traces.origins import DIRECT, IN_HOUSE, REPUTATION
from troth.trust.belief import Beliefs, beliefs_of, probability
from troth.trust.relations import Relations, relations_of
from troth.trust.stage import Moment, Stages, fold_stages, step_stages
from troth.trust.trajectory import moment_of, trajectory
from troth.trust.trials import kind_factors, running_base, targets_of

if TYPE_CHECKING:
    from concurrent.futures import Future

    from troth.ledger.events import Events
    from troth.ledger.evidence import Evidence
    from troth.traces.rows import Rows
    from troth.traces.tables import Traces
    from troth.trust.parameters import Parameters
    from troth.types import FloatArray, IntArray

ENGINES: Final = ("batch", "stream")
#: A trend compares now with so long ago.
TREND_US: Final = 30 * DAY_US


@dataclass(frozen=True)
class Question:
    """What is asked: at which time, at which level, summed in which way, with which weights.

    Attributes:
        at_us: microseconds UTC; only rows known before it count.
        level: one of ``troth.trust.relations.LEVELS``.
        engine: one of ``ENGINES``.
        parameters: the weights.
    """

    at_us: int
    level: str
    parameters: Parameters
    engine: str = "batch"


@dataclass(frozen=True)
class Standing:
    """The answer for k relationships.

    Attributes:
        relations: who, and the evidence known by then.
        mean: μ(T).
        origins: (k, 6, 2, H) evidence.
        beliefs: with intervals.
        moment: lower bound, undecayed mass, fresh harm.
        stages: None for newcomers, who have no relationship yet.
        dimensions: (k, 4) belief by dimension.
        trend: (k,) change of the probability over the last 30 days.
        last_us: (k,) the latest event.
    """

    relations: Relations
    mean: float
    origins: FloatArray
    beliefs: Beliefs
    moment: Moment
    stages: Stages | None
    dimensions: FloatArray
    trend: FloatArray
    last_us: IntArray


def sums_at(
    rows: Rows, at_us: int, parameters: Parameters, engine: str, *, dimensions: bool = True
) -> Traces:
    """All sums at one time, by the engine asked for.

    Raises:
        ValueError: the engine is unknown.
    """
    if engine == "batch":
        from troth.traces.batch import sum_rows

        return sum_rows(rows, at_us, parameters.half_lives_days, dimensions=dimensions)
    if engine == "stream":
        from troth.traces.stream import Stream

        stream = Stream(parameters.half_lives_days, dimensions=dimensions)
        stream.fold(rows.known_before(at_us))
        return stream.at(at_us)
    msg = f"engine must be one of {', '.join(ENGINES)}, got {engine!r}"
    raise ValueError(msg)


def weighed(rows: Rows, factor: FloatArray | float) -> Rows:
    """The rows with each mass multiplied by a factor."""
    return replace(rows, good=rows.good * factor, bad=rows.bad * factor)


def standing_of(evidence: Evidence, events: Events, question: Question) -> Standing:
    """Where every relationship stands.

    Args:
        evidence: rows sorted by ``from_us``.
        events: the events behind them.
        question: what is asked.

    Raises:
        ValueError: the level or engine does not fit.
    """
    parameters, at_us = question.parameters, question.at_us
    relations = _known(relations_of(evidence, question.level), at_us)
    factor = kind_factors(evidence, events, parameters.kinds)
    if not isinstance(factor, float):
        relations = replace(relations, rows=weighed(relations.rows, factor[relations.place]))
    target = targets_of(evidence, events)
    base = partial(
        running_base,
        known_us=evidence.from_us[target],
        outcomes=evidence.outcome[target],
        prior=(parameters.prior_mean, parameters.prior_events),
    )
    with ThreadPoolExecutor(1) as folder:  # stages walk through time while the sums are taken
        folded = None
        if not relations.of_newcomers:
            during = base(relations.rows.from_us + 1)
            folded = folder.submit(_folded, relations, evidence, parameters, during)
        means = base(np.array([at_us, at_us - TREND_US]))
        return _standing(relations, question, means, folded)


def _standing(
    relations: Relations,
    question: Question,
    means: FloatArray,
    folded: Future[Stages] | None,
) -> Standing:
    """Beliefs now and thirty days ago, and the step of the stages at the time asked."""
    parameters, at_us, rows = question.parameters, question.at_us, relations.rows
    own = REPUTATION if relations.of_newcomers else DIRECT
    who = (relations.truster, relations.trustee, relations.organisation)
    sums = sums_at(rows, at_us, parameters, question.engine)
    origins = sums.origins(*who)
    beliefs = beliefs_of(origins, parameters, float(means[0]), own=own)
    past = sums_at(rows, at_us - TREND_US, parameters, question.engine, dimensions=False)
    before = beliefs_of(past.origins(*who), parameters, float(means[1]), own=own)
    own_origins = (REPUTATION,) if relations.of_newcomers else (DIRECT, IN_HOUSE)
    now = np.full(len(relations), means[0])
    moment = moment_of(origins, beliefs, parameters, now, own_origins)
    last_us = np.full(len(relations), np.iinfo(np.int64).min)
    last_us[relations.of_row] = rows.from_us  # in order of time: the last one stays
    return Standing(
        relations=relations,
        mean=float(means[0]),
        origins=origins,
        beliefs=beliefs,
        moment=moment,
        stages=None if folded is None else step_stages(folded.result(), at_us, moment),
        dimensions=dimensions_of(sums, relations, parameters, beliefs),
        trend=beliefs.probability - before.probability,
        last_us=last_us,
    )


def _known(relations: Relations, at_us: int) -> Relations:
    """The relationships with evidence before a time, and that evidence."""
    until = int(np.searchsorted(relations.rows.from_us, at_us, side="left"))
    if until == len(relations.rows):
        return relations
    of_row = relations.of_row[:until]
    seen = int(of_row.max(initial=-1)) + 1  # codes are in order of first appearance
    rows = relations.rows.take(slice(0, until))
    latest = np.full(int(rows.trustee.max(initial=0)) + 1, -1, dtype=np.int32)
    latest[rows.trustee] = rows.organisation
    trustee = relations.trustee[:seen]
    return replace(
        relations, rows=rows, place=relations.place[:until], of_row=of_row,
        truster=relations.truster[:seen], trustee=trustee, organisation=latest[trustee],
    )  # fmt: skip


def _folded(
    relations: Relations, evidence: Evidence, parameters: Parameters, means: FloatArray
) -> Stages:
    """Stages after the last event."""
    rows = relations.rows
    everything = np.ones(len(rows), dtype=np.bool_)
    moments, _, _ = trajectory(rows, keys_of(rows), parameters, means, everything)
    change = evidence.open_change[relations.place]
    return fold_stages(relations.of_row, rows.from_us, moments, change, len(relations))


def dimensions_of(
    sums: Traces, relations: Relations, parameters: Parameters, beliefs: Beliefs
) -> FloatArray:
    """A belief of its own for each dimension, from own and house mass at 90 days.

    (s·m + A_d) / (s + A_d + B_d), m being the belief before any evidence about the parties.

    Returns:
        (k, 4) probabilities, in the order of ``troth.traces.rows.DIMENSIONS``.
    """
    if relations.of_newcomers:
        mass = sums.trustee.dimensions[sums.trustee.find(relations.trustee.astype(np.int64))]
    else:
        who = (relations.truster, relations.trustee, relations.organisation)
        mass = sums.dimensions(*who).sum(axis=1)
    prior = probability(beliefs.baseline)[:, None]
    strength = parameters.strength
    good, bad = np.maximum(mass[:, 0], 0.0), np.maximum(mass[:, 1], 0.0)
    return np.asarray((strength * prior + good) / (strength + good + bad))
