"""Promises as they stand, kept in step with the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from troth.guidance.promises import ENDED, MADE, MOVED, promise_courses
from troth.guidance.standing import standing_rows
from troth.ledger.schema import LAST_US
from troth.web.ledger.models import Promise
from troth.web.ledger.rows import events_of, retracting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from troth.guidance.promises import Course
    from troth.web.ledger.rows import Record

_KINDS = {MADE, MOVED, *ENDED}
State = Promise.State
_SAVE = (
    "INSERT INTO ledger_promise (event_id, truster_id, trustee_id, organisation_id, state, made_us, "
    "due_us, moved, ended_us, said_in) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
    "ON CONFLICT (event_id) DO UPDATE SET truster_id = excluded.truster_id, "
    "trustee_id = excluded.trustee_id, organisation_id = excluded.organisation_id, "
    "state = excluded.state, due_us = excluded.due_us, moved = excluded.moved, "
    "ended_us = excluded.ended_us, said_in = excluded.said_in"
)


def promise_kinds() -> frozenset[str]:
    """Kinds of event that may move a promise."""
    return frozenset(_KINDS) | retracting()


def keep_promises(records: Sequence[Record]) -> None:
    """Bring promises in step; drafts are left to people.

    Args:
        records: the whole stories that they are part of, in order.
    """
    told = [row for row in records if row[6] in _KINDS]
    if not told:
        return
    events = events_of([row for row in records if row[6] in _KINDS or row[6] in retracting()])
    courses = promise_courses(standing_rows(events.table, _KINDS, LAST_US))
    with connection.cursor() as cursor:
        cursor.executemany(_SAVE, [_row(course) for course in courses.values()])
    begun = {row[1] for row in told if row[6] in (MADE, MOVED)}
    gone = begun - courses.keys()
    if gone:
        Promise.objects.filter(event_id__in=gone).update(state=State.WITHDRAWN)


def _row(course: Course) -> tuple[Any, ...]:
    made, end = course.made, course.end
    house = made["organisation"]
    state = State.OPEN if end is None else State(end["kind"].removeprefix("promise_"))
    return (
        made["event_id"], int(made["truster"]), int(made["trustee"]),
        None if house is None else int(house), str(state), made["t_us"], course.latest["due_us"],
        course.moved, None if end is None else end["t_us"], course.latest["event_id"],
    )  # fmt: skip
