"""Evidence as the two levels see it: towards houses, and towards parties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection

from troth.traces.kept import running
from troth.trust.unfolding import Elsewhere
from troth.web.ledger.rows import listed
from troth.web.ledger.sums import Kind, total_keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.traces.rows import Rows
    from troth.types import BoolArray, FloatArray, IntArray
    from troth.web.ledger.evidence import Body
    from troth.web.ledger.sums import Kept


@dataclass(frozen=True)
class Level:
    """The evidence of some trusters as one level sees it.

    Attributes:
        of_house: whether houses stand in the place of their members.
        rows: sorted by ``from_us``.
        place: (n,) position of each row in the body.
        relation: (n,) relationship of each row; −1 where it only adds to disposition.
        keys: (k,) (truster, trusted) of the relationships.
        organisation: (k,) the trusted party's house, 0 for none.
    """

    of_house: bool
    rows: Rows
    place: IntArray
    relation: IntArray
    keys: list[tuple[int, int]]
    organisation: IntArray


def levels_of(body: Body, mine: BoolArray, insiders: set[int]) -> list[Level]:
    """Both levels of some evidence: towards houses, and towards parties where people look at those.

    Args:
        body: evidence.
        mine: (n,) rows of the trusters that are reckoned anew; the rest only gives background.
        insiders: staff and teams, whose trust in colleagues counts party by party.
    """
    rows = body.rows
    housed = (rows.organisation >= 0) & (rows.truster != rows.organisation)
    inside = np.isin(rows.truster, np.array(sorted(insiders), dtype=np.int32))
    by_party = (rows.organisation < 0) | (inside & (rows.trustee != rows.organisation))
    found = []
    place = np.flatnonzero(housed & mine)
    if place.size:
        part = rows.take(place)
        toward = type(part)(
            part.truster, part.organisation, np.full(place.size, -1, np.int32), part.t_us,
            part.from_us, part.good, part.bad, part.loadings,
        )  # fmt: skip
        found.append(_level(toward, place, np.ones(place.size, np.bool_), of_house=True))
    if (by_party & mine).any():
        every = np.arange(len(rows))
        found.append(_level(rows, every, by_party & mine, of_house=False))
    return found


def _level(rows: Rows, place: IntArray, wanted: BoolArray, *, of_house: bool) -> Level:
    pairs = np.stack([rows.truster, rows.trustee], axis=1)[wanted].astype(np.int64)
    distinct, codes = np.unique(pairs, axis=0, return_inverse=True)
    relation = np.full(len(rows), -1, dtype=np.int64)
    relation[wanted] = codes.ravel()
    keys = [(int(truster), int(trusted)) for truster, trusted in distinct.tolist()]
    latest = {} if of_house else latest_houses({trusted for _, trusted in keys})
    organisation = np.array([latest.get(trusted, 0) for _, trusted in keys], dtype=np.int64)
    return Level(of_house, rows, place, relation, keys, organisation)


def latest_houses(trusted: Iterable[int]) -> dict[int, int]:
    """The house that each party last acted for; parties that never did are left out."""
    wanted = listed(trusted)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT e.trustee_id, e.organisation_id FROM ledger_event e JOIN (SELECT trustee_id, "
            f"MAX(t_us) AS t_us FROM ledger_event WHERE trustee_id IN ({wanted}) "
            "GROUP BY trustee_id) last ON last.trustee_id = e.trustee_id AND last.t_us = e.t_us "
            "WHERE e.organisation_id IS NOT NULL ORDER BY e.event_id"
        )
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class Courses:
    """How totals ran through a change.

    Attributes:
        total: before it.
        course: by kind of total, (n, 2, H) right after each row's instant.
        last: by kind, (place in ``total``, time) → the last row of that instant.
    """

    total: Kept
    course: dict[int, FloatArray]
    last: dict[int, dict[tuple[int, int], int]]

    def at(self, kind: int, keys: list[tuple[int, int, int]], from_us: IntArray) -> FloatArray:
        """(m, 2, H) what stood of each key right after an instant of its own."""
        places = self.total.rows_of(keys).tolist()
        last = self.last[kind]
        found = [last[pair] for pair in zip(places, from_us.tolist(), strict=True)]
        return self.course[kind][np.array(found, dtype=np.int64)]


def courses_of(total: Kept, delta: Rows, lives: tuple[float, ...]) -> Courses:
    """Run totals through a change.

    Args:
        total: before it; holds every key of it.
        delta: the change, sorted by ``from_us``.
        lives: half-lives of the totals, in days.
    """
    course, last = {}, {}
    times = delta.from_us.tolist()
    for kind, keys in total_keys(delta).items():
        key = total.rows_of(keys)
        course[kind] = running(total.values, total.t_us, key, delta, lives)
        pairs = zip(key.tolist(), times, strict=True)
        last[kind] = {pair: row for row, pair in enumerate(pairs)}
    return Courses(total, course, last)


def elsewhere_of(level: Level, fresh: BoolArray, courses: Courses) -> Elsewhere:
    """What others lived, as it was known once each fresh row came in.

    Args:
        level: of which the fresh rows are read.
        fresh: (n,) of the level's rows, all of them part of the change.
        courses: of the change.
    """
    row = np.flatnonzero(fresh)
    part = level.rows.take(row)
    if level.of_house:
        keys = [(int(Kind.ORGANISATION), house, 0) for house in part.trustee.tolist()]
        trustee = courses.at(Kind.ORGANISATION, keys, part.from_us)
        none = np.zeros_like(trustee)
        return Elsewhere(row, trustee, none, none)
    own = total_keys(part)
    kinds = (Kind.TRUSTEE, Kind.ORGANISATION, Kind.ORG_TRUSTEE)
    return Elsewhere(row, *(courses.at(kind, own[kind], part.from_us) for kind in kinds))
