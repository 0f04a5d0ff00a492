"""Everything behind one belief: what, since when, from where, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from troth.traces.keys import keys_of
from troth.traces.origins import ORIGINS
from troth.traces.rows import DIMENSIONS
from troth.trust.attribution import Attribution, Who, attribute
from troth.trust.belief import beliefs_of, opinion, probability
from troth.trust.change import Change, Now, changes_of, rhythm_of
from troth.trust.parameters import SIGNS, Parameters
from troth.trust.relations import party_names
from troth.trust.stage import ENOUGH, STAGES
from troth.trust.standing import Question, Standing, standing_of
from troth.trust.trajectory import trajectory
from troth.trust.trials import running_base, targets_of

if TYPE_CHECKING:
    from troth.ledger.events import Events
    from troth.ledger.evidence import Evidence


class UnknownPartyError(KeyError):
    """There is no evidence about the relationship asked for; the message names what is missing."""

    def __str__(self) -> str:
        """The message without the quotes that KeyError adds."""
        return str(self.args[0])


@dataclass(frozen=True)
class Contribution:
    """What one event adds to the belief, in log-odds.

    Attributes:
        event_id: of the event that brought it.
        kind: of that event.
        t_us: when it happened.
        text: its words, or None.
        truster: whose trust the event was about.
        trustee: in whom.
        origin: the origin through which it adds most.
        phi: log-odds, all origins together.
        own: whether the event is the relationship's own.
    """

    event_id: str
    kind: str
    t_us: int
    text: str | None
    truster: str
    trustee: str
    origin: str
    phi: float
    own: bool


@dataclass(frozen=True)
class Point:
    """The belief once an event was known, with its 90% interval."""

    t_us: int
    probability: float
    low: float
    high: float


@dataclass(frozen=True)
class Explanation:
    """One belief and all that is behind it.

    Attributes:
        truster: id.
        trustee: id of the party or organisation trusted.
        level: ``pair`` or ``house``.
        at_us: the time stood at.
        probability: that the next encounter honours trust.
        low: lower end of the 90% interval.
        high: upper end.
        enough: False where it is too early to tell.
        evidence: undecayed own and house mass.
        eta: calibrated log-odds; ``baseline`` plus all contributions.
        baseline: log-odds before any evidence about the parties.
        by_origin: log-odds by origin, {"for", "against"}.
        contributions: one an event, largest first.
        dimensions: belief by dimension.
        opinion: belief, disbelief, uncertainty, base rate (Jøsang).
        stage: one of ``STAGES``.
        stage_since_us: when it was entered, or None if it is the first.
        repair: whether the overlay is on.
        open_breaches: breaches that wait for repair.
        timeline: the belief after each own event, and now.
        changes: what would change the stage.
        last_us: the latest own event.
        parameters: the weights used.
    """

    truster: str
    trustee: str
    level: str
    at_us: int
    probability: float
    low: float
    high: float
    enough: bool
    evidence: float
    eta: float
    baseline: float
    by_origin: dict[str, dict[str, float]]
    contributions: tuple[Contribution, ...]
    dimensions: dict[str, float]
    opinion: dict[str, float]
    stage: str
    stage_since_us: int | None
    repair: bool
    open_breaches: int
    timeline: tuple[Point, ...]
    changes: tuple[Change, ...]
    last_us: int
    parameters: Parameters

    def to_dict(self) -> dict[str, Any]:
        """A plain dictionary for JSON; stages by name, parameters in full."""
        from dataclasses import asdict

        plain = {f: getattr(self, f) for f in self.__dataclass_fields__ if f != "parameters"}
        plain["contributions"] = [asdict(c) for c in self.contributions]
        plain["timeline"] = [asdict(p) for p in self.timeline]
        plain["changes"] = [asdict(c) | {"stage": STAGES[c.stage]} for c in self.changes]
        plain["parameters"] = self.parameters.to_dict()
        return plain


def explain(
    events: Any,
    truster: str,
    trustee: str,
    *,
    parameters: Parameters | None = None,
    at_us: int | None = None,
) -> Explanation:
    """Explain one relationship.

    Args:
        events: checked events (``troth.read_events``), a path, an Arrow table, or a pandas or Polars
            frame.
        truster: id of who trusts.
        trustee: id of a party, or of an organisation, which then stands for all its members.
        parameters: the weights; by default those that ship.
        at_us: the time to stand at; by default just after the last event.

    Raises:
        UnknownPartyError: no event before that time is about this relationship.
    """
    from troth.trust.opening import opened

    told = Explainer(opened(events), parameters=parameters, at_us=at_us)
    return told.explain(truster, trustee)


class Explainer:
    """Explains many relationships of the same events without weighing them anew each time.

    Args:
        events: checked events.
        parameters: the weights; by default those that ship.
        at_us: the time to stand at; by default just after the last event.
    """

    def __init__(
        self, events: Events, *, parameters: Parameters | None = None, at_us: int | None = None
    ) -> None:
        from troth.ledger.evidence import evidence_rows
        from troth.trust.parameters import default_parameters
        from troth.trust.score import end_of

        self.events = events
        self.evidence = evidence_rows(events)
        self.parameters = parameters or default_parameters()
        self.at_us = end_of(self.evidence) if at_us is None else at_us
        self._standings: dict[str, Standing] = {}

    def explain(self, truster: str, trustee: str) -> Explanation:
        """Explain one relationship; see ``explain``."""
        level = "house" if trustee in self.evidence.organisations else "pair"
        question = Question(self.at_us, level, self.parameters)
        if level not in self._standings:
            self._standings[level] = standing_of(self.evidence, self.events, question)
        standing = self._standings[level]
        place = _place(standing, self.evidence, truster, trustee)
        return _Teller(self.events, self.evidence, question, standing, place).tell(truster, trustee)


def _place(standing: Standing, evidence: Evidence, truster: str, trustee: str) -> int:
    """Which relationship is meant."""
    code = {name: i for i, name in enumerate(party_names(evidence))}
    for name in (truster, trustee):
        if name not in code:
            msg = f"no event names {name!r}"
            raise UnknownPartyError(msg)
    relations = standing.relations
    found = np.flatnonzero(
        (relations.truster == code[truster]) & (relations.trustee == code[trustee])
    )
    if not found.size:
        msg = f"no event before the time asked is about the trust of {truster!r} in {trustee!r}"
        raise UnknownPartyError(msg)
    return int(found[0])


@dataclass(frozen=True)
class _Teller:
    """Gathers what is behind one relationship."""

    events: Events
    evidence: Evidence
    question: Question
    standing: Standing
    place: int

    def tell(self, truster: str, trustee: str) -> Explanation:
        standing, k, parameters = self.standing, self.place, self.question.parameters
        relations, stages = standing.relations, standing.stages
        assert stages is not None  # pairs and houses always have stages
        who = Who(
            int(relations.truster[k]), int(relations.trustee[k]), int(relations.organisation[k])
        )
        shares = attribute(relations.rows, who, self.question.at_us, parameters, standing.mean)
        beliefs = beliefs_of(shares.origins[None], parameters, standing.mean)
        low, high = beliefs.bounds()
        prior = probability(beliefs.eta - beliefs.parts[:, 0].sum(axis=1))
        strength = parameters.strength / parameters.inflation
        mapped = opinion(beliefs.alpha, beliefs.beta, prior, strength)[0]
        changed = int(stages.changed_us[k])
        return Explanation(
            truster=truster,
            trustee=trustee,
            level=self.question.level,
            at_us=self.question.at_us,
            probability=float(beliefs.probability[0]),
            low=float(low[0]),
            high=float(high[0]),
            enough=bool(standing.moment.mass[k] >= ENOUGH),
            evidence=float(standing.moment.mass[k]),
            eta=float(beliefs.eta[0]),
            baseline=float(beliefs.baseline[0]),
            by_origin={
                o: dict(zip(SIGNS, shares.by_origin[i].tolist(), strict=True))
                for i, o in enumerate(ORIGINS)
            },
            contributions=self._contributions(shares),
            dimensions=dict(zip(DIMENSIONS, standing.dimensions[k].tolist(), strict=True)),
            opinion=dict(
                zip(
                    ("belief", "disbelief", "uncertainty", "base_rate"),
                    mapped.tolist(),
                    strict=True,
                )
            ),
            stage=STAGES[int(stages.stage[k])],
            stage_since_us=changed if changed >= int(stages.first_us[k]) else None,
            repair=bool(stages.repair[k]),
            open_breaches=int(stages.open_breaches[k]),
            timeline=self._timeline(float(beliefs.probability[0]), float(low[0]), float(high[0])),
            changes=tuple(changes_of(self._now(), parameters)),
            last_us=int(standing.last_us[k]),
            parameters=parameters,
        )

    def _now(self) -> Now:
        standing, k = self.standing, self.place
        stages = standing.stages
        assert stages is not None
        times = standing.relations.rows.from_us[standing.relations.of_row == k]
        return Now(
            origins=standing.origins[k],
            mean=standing.mean,
            at_us=self.question.at_us,
            stage=int(stages.stage[k]),
            changed_us=int(stages.changed_us[k]),
            first_us=int(stages.first_us[k]),
            repair=bool(stages.repair[k]),
            open_breaches=int(stages.open_breaches[k]),
            rhythm_days=rhythm_of(times),
        )

    def _contributions(self, shares: Attribution) -> tuple[Contribution, ...]:
        """One an event: rows that amend another event count with the event that brought them."""
        relations = self.standing.relations
        names = party_names(self.evidence)
        brought = self.evidence.event[relations.place[shares.row]]
        events, first, member = np.unique(brought, return_index=True, return_inverse=True)
        phi = np.zeros((events.size, len(ORIGINS)))
        np.add.at(phi, member, shares.phi.sum(axis=2))
        columns = self.events.table.select(["event_id", "kind", "t_us", "text"])
        total, largest = phi.sum(axis=1), np.abs(phi).argmax(axis=1)
        told = []
        for i, record in enumerate(columns.take(events).to_pylist()):
            row = shares.row[first[i]]
            if not phi[i].any():
                continue
            told.append(
                Contribution(
                    record["event_id"],
                    record["kind"],
                    record["t_us"],
                    record["text"],
                    names[relations.rows.truster[row]],
                    names[relations.rows.trustee[row]],
                    ORIGINS[largest[i]],
                    float(total[i]),
                    bool(relations.of_row[row] == self.place),
                )
            )
        return tuple(sorted(told, key=lambda c: (-abs(c.phi), c.t_us, c.event_id)))

    def _timeline(self, *now: float) -> tuple[Point, ...]:
        relations, parameters = self.standing.relations, self.question.parameters
        rows = relations.rows
        mine = relations.of_row == self.place
        target = targets_of(self.evidence, self.events)
        prior = (parameters.prior_mean, parameters.prior_events)
        means = running_base(
            rows.from_us + 1, self.evidence.from_us[target], self.evidence.outcome[target], prior
        )
        moments, p, high = trajectory(rows, keys_of(rows), parameters, means, mine)
        times, low = rows.from_us[mine], moments.lower
        last = np.append(times[1:] != times[:-1], True)  # rows of one instant are one point
        points = [
            Point(int(times[i]), float(p[i]), float(low[i]), float(high[i]))
            for i in np.flatnonzero(last)
        ]
        return (*points, Point(self.question.at_us, *now))
