"""Breaches that wait for repair, kept in step with the ledger."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.db import connection

from troth.content.kinds import codebook
from troth.guidance.breaches import open_breaches
from troth.ledger.schema import LAST_US
from troth.web.ledger.rows import AT_ONCE, events_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.breaches import OpenBreach
    from troth.web.ledger.rows import Record


_COLUMNS: Final = (
    "root", "event_id", "kind", "truster_id", "trustee_id", "organisation_id", "since_us", "steps",
    "answered",
)  # fmt: skip
_SAVE: Final = (
    f"INSERT INTO ledger_case ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))}) "
    "ON CONFLICT (root) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS[1:])
)


@cache
def case_kinds() -> frozenset[str]:
    """Kinds of event that may open a case, be a step in it, or close it."""
    kinds = codebook().values()
    moving = {k.name for k in kinds if k.opens or k.closes or k.repairs or k.retracts}
    return frozenset(moving | {"promise_made"})


def keep_cases(records: Sequence[Record]) -> None:
    """Bring open cases in step.

    Args:
        records: the whole stories that they are part of, in order.
    """
    opening = {kind.name for kind in codebook().values() if kind.opens}
    if not any(row[6] in opening for row in records):
        return
    events = events_of(records)
    now = {breach.root: _row(breach) for breach in open_breaches(events.table, LAST_US)}
    was = {row[0]: row for row in _kept([row[1] for row in records])}
    gone = [root for root in was if root not in now]
    changed = [row for root, row in now.items() if was.get(root) != row]
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM ledger_case WHERE root = %s", [(root,) for root in gone])
        cursor.executemany(_SAVE, changed)


def _row(breach: OpenBreach) -> tuple[Any, ...]:
    steps = [[s.event_id, s.kind, s.t_us, int(s.trustee)] for s in breach.steps]
    house = None if breach.organisation is None else int(breach.organisation)
    return (
        breach.root, breach.event_id, breach.kind, int(breach.truster), int(breach.trustee), house,
        breach.since_us, orjson.dumps(steps).decode(), bool(steps),
    )  # fmt: skip


def _kept(roots: list[str]) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(roots), AT_ONCE):
            part = roots[start : start + AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(
                f"SELECT {', '.join(_COLUMNS)} FROM ledger_case WHERE root IN ({marks})", part
            )
            found += [(*row[:7], row[7], bool(row[8])) for row in cursor.fetchall()]
    return found
