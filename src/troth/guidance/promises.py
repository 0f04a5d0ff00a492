"""Promises that are neither kept nor broken yet, and how close they are to falling due."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal

from troth.guidance.standing import Row, standing_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa

Status = Literal["overdue", "due_today", "due_soon", "later", "undated"]
MADE, MOVED, ENDED = "promise_made", "promise_renegotiated", ("promise_kept", "promise_broken")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class OpenPromise:
    """A promise that waits.

    Attributes:
        event_id: the event that made it.
        truster: to whom it was made.
        trustee: who made it.
        organisation: for which house, or None.
        made_us: when it was made, microseconds UTC.
        due_us: when it is due as last agreed, or None.
        status: overdue; due today, or within the days asked for; later; or undated.
        moved: how often it was renegotiated.
        text: its sentence as last agreed.
    """

    event_id: str
    truster: str
    trustee: str
    organisation: str | None
    made_us: int
    due_us: int | None
    status: Status
    moved: int
    text: str | None


def open_promises(
    events: pa.Table, at_us: int, zone: tzinfo, *, soon_days: int = 2
) -> list[OpenPromise]:
    """List the promises that wait at a time.

    A promise ends with an event kept or broken that refers to it, or to a renegotiation of it; a
    renegotiation brings the new due time. What happens at ``at_us`` or later is not known yet.

    Args:
        events: the ledger's table (event_id, t_us, truster, trustee, organisation, kind, ref, due_us, text).
        at_us: microseconds UTC.
        zone: the house's zone, whose calendar says what today is.
        soon_days: how many days after today count as soon.

    Returns:
        Open promises, the earliest due first, undated ones last.
    """
    calendar = _Calendar(at_us, zone, soon_days)
    rows = standing_rows(events, (MADE, MOVED, *ENDED), at_us)
    waiting = [_promise(c, calendar) for c in promise_courses(rows).values() if c.end is None]
    return sorted(
        waiting, key=lambda promise: (promise.due_us is None, promise.due_us or 0, promise.event_id)
    )


def status_of(due_us: int | None, at_us: int, zone: tzinfo, soon_days: int = 2) -> Status:
    """How close a promise is to falling due; arguments as of ``open_promises``."""
    return _Calendar(at_us, zone, soon_days).status(due_us)


@dataclass(frozen=True)
class Course:
    """What became of a promise.

    Attributes:
        made: the event that made it.
        latest: the event that last said it, with the due time as last agreed.
        moved: how often it was renegotiated.
        end: the event that kept or broke it; None while it waits.
    """

    made: Row
    latest: Row
    moved: int
    end: Row | None = None


def promise_courses(rows: Iterable[Row]) -> dict[str, Course]:
    """Follow promises from the event that made them to the one that ended them.

    Args:
        rows: standing events of the four kinds, in order of (t_us, event_id).

    Returns:
        By the id of the event that made it. A renegotiation of nothing known counts as a promise.
    """
    courses: dict[str, Course] = {}
    origin: dict[str, str] = {}
    for row in rows:
        root = origin.get(row["ref"] or "")
        if row["kind"] in ENDED:
            if root is not None and courses[root].end is None:
                courses[root] = replace(courses[root], end=row)
        elif row["kind"] == MADE or root is None:
            origin[row["event_id"]] = row["event_id"]
            courses[row["event_id"]] = Course(row, row, int(row["kind"] == MOVED))
        else:
            origin[row["event_id"]] = root
            before = courses[root]
            due = before.latest["due_us"] if row["due_us"] is None else row["due_us"]
            courses[root] = replace(before, latest=row | {"due_us": due}, moved=before.moved + 1)
    return courses


@dataclass(frozen=True)
class _Calendar:
    at_us: int
    zone: tzinfo
    soon_days: int

    def status(self, due_us: int | None) -> Status:
        if due_us is None:
            return "undated"
        if due_us < self.at_us:
            return "overdue"
        days = (self._day(due_us) - self._day(self.at_us)).days
        if days == 0:
            return "due_today"
        return "due_soon" if days <= self.soon_days else "later"

    def _day(self, t_us: int) -> datetime:
        local = (_EPOCH + timedelta(microseconds=t_us)).astimezone(self.zone)
        # Days are counted on the calendar, so the hour that a clock change adds or drops must not count.
        return local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)


def _promise(course: Course, calendar: _Calendar) -> OpenPromise:
    row, last = course.made, course.latest
    return OpenPromise(
        event_id=row["event_id"],
        truster=row["truster"],
        trustee=row["trustee"],
        organisation=row["organisation"],
        made_us=row["t_us"],
        due_us=last["due_us"],
        status=calendar.status(last["due_us"]),
        moved=course.moved,
        text=last["text"] or row["text"],
    )
