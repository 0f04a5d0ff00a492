"""Kept sums in and out of the database: the finest ones, and totals of busy keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from django.db import connection

from troth.traces.hashing import number
from troth.traces.kept import add_rows, width_of
from troth.web.ledger.models import Total
from troth.web.ledger.rows import AT_ONCE, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from troth.traces.rows import Rows
    from troth.types import FloatArray, IntArray

NEVER: Final = -(1 << 62)
Kind = Total.Kind


@dataclass(frozen=True)
class Kept:
    """Sums of some keys.

    Attributes:
        place: key → position.
        ids: row of each key in the database; 0 where it is new.
        t_us: (K,) as of when.
        values: (K, W).
    """

    place: dict[tuple[int, ...], int]
    ids: list[int]
    t_us: IntArray
    values: FloatArray

    def rows_of(self, keys: Iterable[tuple[int, ...]]) -> IntArray:
        """(n,) positions of keys."""
        return np.array([self.place[key] for key in keys], dtype=np.int64)


def _kept(found: Sequence[tuple[Any, ...]], width: int, wanted: Iterable[tuple[int, ...]]) -> Kept:
    """From rows (id, t_us, sums, key…), with zeros for wanted keys that are not there."""
    place = {tuple(row[3:]): i for i, row in enumerate(found)}
    new = [key for key in dict.fromkeys(wanted) if key not in place]
    values = np.zeros((len(found) + len(new), width))
    for i, row in enumerate(found):
        values[i] = np.frombuffer(row[2], dtype="<f8")
    t_us = np.array([*(row[1] for row in found), *[NEVER] * len(new)], dtype=np.int64)
    place |= {key: len(found) + i for i, key in enumerate(new)}
    return Kept(place, [*(row[0] for row in found), *[0] * len(new)], t_us, values)


def grounds(
    trusters: Iterable[int], lives: tuple[float, ...], wanted: Iterable[tuple[int, int, int]] = ()
) -> Kept:
    """The finest sums of some trusters, by (truster, trustee, organisation or 0)."""
    ids = sorted(trusters)
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(ids), AT_ONCE):
            part = listed(ids[start : start + AT_ONCE])
            cursor.execute(
                "SELECT id, t_us, sums, truster_id, trustee_id, COALESCE(organisation_id, 0) "
                f"FROM ledger_ground WHERE truster_id IN ({part})"
            )
            found += cursor.fetchall()
    return _kept(found, width_of(lives, dimensions=True), wanted)


def totals(keys: Iterable[tuple[int, int, int]], lives: tuple[float, ...]) -> Kept:
    """Totals by (kind, first, second); zeros for those that are not there yet."""
    wanted = sorted(set(keys))
    first = listed({key[1] for key in wanted})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, t_us, sums, kind, first, second FROM ledger_total "
            f"WHERE kind IN (1, 2, 3) AND first IN ({first})"
        )
        chosen = set(wanted)
        found = [row for row in cursor.fetchall() if row[3:] in chosen]
    return _kept(found, width_of(lives, dimensions=False), wanted)


def ground_keys(rows: Rows) -> list[tuple[int, int, int]]:
    """(truster, trustee, organisation or 0) of each row."""
    house = np.maximum(rows.organisation, 0)
    return list(zip(rows.truster.tolist(), rows.trustee.tolist(), house.tolist(), strict=True))


def total_keys(rows: Rows) -> dict[int, list[tuple[int, int, int]]]:
    """Keys of the totals of each row by kind; rows without a house have key (kind, 0, 0) there."""
    trustee, house = rows.trustee.tolist(), np.maximum(rows.organisation, 0).tolist()
    return {
        Kind.TRUSTEE: [(int(Kind.TRUSTEE), t, 0) for t in trustee],
        Kind.ORGANISATION: [(int(Kind.ORGANISATION), o, 0) for o in house],
        Kind.ORG_TRUSTEE: [
            (int(Kind.ORG_TRUSTEE), o, t if o else 0) for o, t in zip(house, trustee, strict=True)
        ],
    }


def add_to(kept: Kept, key: IntArray, rows: Rows, lives: tuple[float, ...]) -> Kept:
    """The same keys with rows added."""
    values, t_us = add_rows(kept.values, kept.t_us, key, rows, lives)
    return Kept(kept.place, kept.ids, t_us, values)


def save_grounds(kept: Kept, touched: IntArray) -> None:
    """Write the finest sums of touched keys."""
    keys = list(kept.place)
    new, old = [], []
    for i in number(touched)[1].tolist():
        told = (int(kept.t_us[i]), kept.values[i].astype("<f8").tobytes())
        if kept.ids[i]:
            old.append((*told, kept.ids[i]))
        else:
            truster, trustee, house = keys[i]
            new.append((truster, trustee, house or None, *told))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE ledger_ground SET t_us = %s, sums = %s WHERE id = %s", old)
        cursor.executemany(
            "INSERT INTO ledger_ground (truster_id, trustee_id, organisation_id, t_us, sums) "
            "VALUES (%s, %s, %s, %s, %s)",
            new,
        )


def save_totals(kept: Kept) -> None:
    """Write all totals; keys that stand for no house are left out."""
    rows = [
        (kind, first, second, int(kept.t_us[i]), kept.values[i].astype("<f8").tobytes())
        for (kind, first, second), i in kept.place.items()
        if first
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO ledger_total (kind, first, second, t_us, sums) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT (kind, first, second) DO UPDATE SET t_us = excluded.t_us, sums = excluded.sums",
            rows,
        )
