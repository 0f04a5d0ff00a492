"""One relationship with all that is behind it, reckoned for this very moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from troth.guidance.standing import COLUMNS as TOLD
from troth.traces.decay import rates_of
from troth.traces.origins import DIRECT, DISPOSITION, IN_HOUSE, ORIGINS
from troth.traces.rows import DIMENSIONS
from troth.trust.attribution import per_unit_of_mass
from troth.trust.belief import beliefs_of, opinion, probability
from troth.trust.change import Now, changes_of, rhythm_of
from troth.trust.explain import Contribution, Explanation, Point
from troth.trust.parameters import SIGNS
from troth.trust.stage import ENOUGH, STAGES, step_stages
from troth.trust.trajectory import moment_of
from troth.trust.unfolding import Elsewhere
from troth.web.ledger import rows as records_of
from troth.web.ledger.aliases import aliases
from troth.web.ledger.evidence import body_of
from troth.web.ledger.levels import levels_of
from troth.web.ledger.models import Base, Relationship
from troth.web.ledger.now import Whose, sums_now
from troth.web.ledger.reckon import unfolded
from troth.web.ledger.stories import lived_by
from troth.web.ledger.sums import grounds

if TYPE_CHECKING:
    from troth.guidance.standing import Row
    from troth.trust.belief import Beliefs
    from troth.trust.parameters import Parameters
    from troth.trust.stage import Moment
    from troth.types import BoolArray, FloatArray
    from troth.web.ledger.evidence import Body
    from troth.web.ledger.levels import Level
    from troth.web.ledger.now import Sums


@dataclass(frozen=True)
class Told:
    """A relationship as pages show it; parties by their numbers, as text.

    Attributes:
        explanation: the belief and what is behind it. Of other people's evidence only the sum by
            origin is told; its contributions are the truster's own events.
        rows: the relationship's own events, in order of (t_us, event_id).
        by_staff: number of each trustee → log-odds that events with them add.
    """

    explanation: Explanation
    rows: list[Row]
    by_staff: dict[int, float]


def told(relationship: Relationship, at_us: int, parameters: Parameters) -> Told:
    """Tell a relationship.

    Args:
        relationship: which.
        at_us: microseconds UTC, not before anything on record.
        parameters: the weights.
    """
    truster, trusted = relationship.truster_id, relationship.trusted_id
    names = aliases()
    own = {truster} if not relationship.inside else {truster, trusted}
    records = lived_by(own, names)
    body = body_of(records, parameters).of(own)
    mine = body.rows.truster == truster
    insiders = {truster} if relationship.inside else set()
    level, code = _level(levels_of(body, mine, insiders), (truster, trusted))
    nothing = np.empty((0, 2, len(parameters.half_lives_days)))
    none = Elsewhere(np.empty(0, np.int64), nothing, nothing, nothing)
    ids = [relationship.pk if i == code else 0 for i in range(len(level.keys))]
    means = np.full(len(level.rows), np.nan)
    walk = unfolded(level, body, ids, (none, means), parameters)
    base = Base.objects.get(pk=1)
    ground = grounds(own, parameters.half_lives_days)
    whose = Whose(
        np.array([truster]),
        np.array([trusted]),
        level.organisation[code : code + 1],
        level.of_house,
    )
    sums = sums_now(whose, ground, at_us, parameters)
    mean = float(parameters.running_mean(base.total, base.count))
    return _Teller(records, body, level, code, sums, mean, at_us, parameters).tell(
        relationship, walk
    )


def _level(levels: list[Level], key: tuple[int, int]) -> tuple[Level, int]:
    for level in levels:
        if key in level.keys:
            return level, level.keys.index(key)
    raise Relationship.DoesNotExist


@dataclass(frozen=True)
class _Teller:
    """Gathers what is behind one relationship."""

    records: list[records_of.Record]
    body: Body
    level: Level
    code: int
    sums: Sums
    mean: float
    at_us: int
    parameters: Parameters

    def tell(self, relationship: Relationship, walk: Any) -> Told:
        own = self.level.relation == self.code
        contributions, by_staff = self._contributions(own)
        belief = self._belief()
        explanation = Explanation(
            truster=str(relationship.truster_id),
            trustee=str(relationship.trusted_id),
            level="house" if self.level.of_house else "pair",
            at_us=self.at_us,
            contributions=contributions,
            timeline=(*self._timeline(walk), self._point()),
            last_us=int(self.level.rows.from_us[own][-1]),
            parameters=self.parameters,
            **belief,
            **self._stage(walk, own),
        )
        return Told(explanation, self._rows(own), by_staff)

    @cached_property
    def _beliefs(self) -> Beliefs:
        return beliefs_of(self.sums.origins, self.parameters, self.mean)

    @cached_property
    def _moment(self) -> Moment:
        return moment_of(self.sums.origins, self._beliefs, self.parameters, np.array([self.mean]))

    def _point(self) -> Point:
        low, high = (float(bound[0]) for bound in self._beliefs.bounds())
        return Point(self.at_us, float(self._beliefs.probability[0]), low, high)

    def _belief(self) -> dict[str, Any]:
        """What an explanation says of the belief now, by field."""
        beliefs, parameters, now = self._beliefs, self.parameters, self._point()
        prior = probability(beliefs.eta - beliefs.parts[:, 0].sum(axis=1))
        strength = parameters.strength / parameters.inflation
        mapped = opinion(beliefs.alpha, beliefs.beta, prior, strength)[0].tolist()
        names = ("belief", "disbelief", "uncertainty", "base_rate")
        return {
            "probability": now.probability,
            "low": now.low,
            "high": now.high,
            "enough": bool(self._moment.mass[0] >= ENOUGH),
            "evidence": float(self._moment.mass[0]),
            "eta": float(beliefs.eta[0]),
            "baseline": float(beliefs.baseline[0]),
            "by_origin": {
                origin: dict(zip(SIGNS, beliefs.parts[0, i].tolist(), strict=True))
                for i, origin in enumerate(ORIGINS)
            },
            "dimensions": self._dimensions(float(probability(beliefs.baseline)[0])),
            "opinion": dict(zip(names, mapped, strict=True)),
        }

    def _stage(self, walk: Any, own: BoolArray) -> dict[str, Any]:
        """What an explanation says of the stage now and what would change it, by field."""
        stages = step_stages(_only(walk.stages, self.code), self.at_us, self._moment)
        changed, first = int(stages.changed_us[0]), int(stages.first_us[0])
        stage, repair = int(stages.stage[0]), bool(stages.repair[0])
        opened = int(stages.open_breaches[0])
        rhythm = rhythm_of(self.level.rows.from_us[own])
        now = Now(
            self.sums.origins[0],
            self.mean,
            self.at_us,
            stage,
            changed,
            first,
            repair,
            opened,
            rhythm,
        )
        return {
            "stage": STAGES[stage],
            "stage_since_us": changed if changed >= first else None,
            "repair": repair,
            "open_breaches": opened,
            "changes": tuple(changes_of(now, self.parameters)),
        }

    def _dimensions(self, prior: float) -> dict[str, float]:
        good, bad = np.maximum(self.sums.dimensions[0], 0.0)
        strength = self.parameters.strength
        values = (strength * prior + good) / (strength + good + bad)
        return dict(zip(DIMENSIONS, values.tolist(), strict=True))

    def _timeline(self, walk: Any) -> list[Point]:
        own = self.level.relation[self.level.relation >= 0] == self.code
        times = self.level.rows.from_us[self.level.relation >= 0][own]
        low, high = (bound[own] for bound in walk.beliefs.bounds())
        p = walk.beliefs.probability[own]
        last = np.append(times[1:] != times[:-1], True)
        return [
            Point(int(times[i]), float(p[i]), float(low[i]), float(high[i]))
            for i in np.flatnonzero(last)
        ]

    def _contributions(self, own: Any) -> tuple[tuple[Contribution, ...], dict[int, float]]:
        """One an event of the truster's own life; events elsewhere add through disposition."""
        level, parameters = self.level, self.parameters
        rows = level.rows
        enters = {DIRECT: own, DISPOSITION: self._truster() & ~own}
        rates = rates_of(parameters.half_lives_days)
        left = np.exp2(-(self.at_us - rows.t_us)[:, None] * rates)
        masses = np.stack([rows.good, rows.bad], axis=1)[:, :, None] * left[:, None, :]
        c = parameters.concentration(self.mean)
        phi = np.zeros((len(rows), len(ORIGINS)))
        for origin, mask in self._entering(enters).items():
            total = self.sums.origins[0, origin]
            unit = per_unit_of_mass(total[None], parameters.beta[origin], c[origin])
            phi[mask, origin] = (masses[mask] * unit).sum(axis=(1, 2)) * parameters.platt_slope
        return self._by_event(phi, own)

    def _truster(self) -> Any:
        return self.level.rows.truster == int(self.level.keys[self.code][0])

    def _entering(self, enters: dict[int, Any]) -> dict[int, Any]:
        """Which rows enter which origin's term; a house's own term too at the level of pairs."""
        if self.level.of_house:
            return enters
        house = int(self.level.organisation[self.code])
        inside = (self.level.rows.organisation == house) & (house > 0)
        return {**enters, IN_HOUSE: enters[DISPOSITION] & inside}

    def _by_event(
        self, phi: FloatArray, own: Any
    ) -> tuple[tuple[Contribution, ...], dict[int, float]]:
        level = self.level
        brought = self.body.event[level.place]
        events, first, member = np.unique(brought, return_index=True, return_inverse=True)
        summed = np.zeros((events.size, len(ORIGINS)))
        np.add.at(summed, member.ravel(), phi)
        total, largest = summed.sum(axis=1), np.abs(summed).argmax(axis=1)
        record = {row[0]: row for row in self.records}
        words = records_of.words_of(
            record[int(number)][1] for number in events[np.abs(total) > 0].tolist()
        )
        found: list[Contribution] = []
        by_staff: dict[int, float] = {}
        for i, number in enumerate(events.tolist()):
            if not summed[i].any():
                continue
            row = record[number]
            mine = bool(own[first[i]])
            if mine:
                by_staff[row[4]] = by_staff.get(row[4], 0.0) + float(total[i])
            found.append(Contribution(
                row[1], row[6], row[2], words.get(row[1]) or None, str(row[3]), str(row[4]),
                ORIGINS[int(largest[i])], float(total[i]), mine,
            ))  # fmt: skip
        found.sort(key=lambda c: (-abs(c.phi), c.t_us, c.event_id))
        return tuple(found), by_staff

    def _rows(self, own: Any) -> list[Row]:
        """The relationship's own events as the guidance reads them, with their words."""
        numbers = set(self.body.event[self.level.place[own]].tolist())
        kept = [row for row in self.records if row[0] in numbers]
        words = records_of.words_of(row[1] for row in kept)
        place = {name: i for i, name in enumerate(records_of.COLUMNS)}
        found = []
        for row in kept:
            told: Row = {
                name: row[place[name]] for name in (*TOLD, "channel", "source") if name in place
            }
            told |= {
                name: None if row[place[f"{name}_id"]] is None else str(row[place[f"{name}_id"]])
                for name in ("truster", "trustee", "organisation")
            }
            found.append({**told, "text": words.get(row[1]) or None, "number": row[0]})
        return found


def _only(stages: Any, code: int) -> Any:
    """The state of one relationship, as arrays of one."""
    return type(stages)(*(column[code : code + 1] for column in stages))
