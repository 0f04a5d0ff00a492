"""Facts that the ledger shows: breaches, promises, what happened lately, the stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from troth.content.card_facts import LATELY
from troth.content.kinds import codebook
from troth.guidance.facts import DAY_US, LATELY_DAYS, Fact, Reason
from troth.guidance.promises import ENDED, MADE, MOVED, promise_courses, status_of
from troth.guidance.relationship import taken_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from troth.guidance.breaches import OpenBreach
    from troth.guidance.facts import Situation
    from troth.guidance.standing import Row

PRAISE_OUTCOME: Final = 0.9
_PRAISE: Final = ("review", "recognition", "survey")
#: What a case has had → what it needs next; the furthest step counts.
_NEXT: Final = (
    (("compensation",), "follow_through"),
    (("explanation", "complaint_answered"), "remedy"),
    (("apology",), "explain"),
)


def facts_of_events(situation: Situation) -> Iterator[Fact]:
    """Facts of what is on record.

    Args:
        situation: its rows may hold events that were taken back; they tell nothing.

    Yields:
        Facts, of a kind the latest first.
    """
    gone = taken_back(situation.rows)
    standing = [row for row in situation.rows if row["event_id"] not in gone]
    at_us = situation.told.at_us
    recent = [row for row in standing if row["t_us"] >= at_us - LATELY_DAYS * DAY_US][::-1]
    yield from _breaches(situation.waiting, standing)
    yield from _promises(situation, standing)
    yield from _lately(recent)
    yield from _standing(situation, standing, recent)


def reason_of(row: Row, how: str = "event") -> Reason:
    """An event as a reason."""
    return Reason(
        how, row["event_id"], row["t_us"], row["text"] or "", str(row["trustee"]), kind=row["kind"]
    )


def _breaches(waiting: Sequence[OpenBreach], standing: Sequence[Row]) -> Iterator[Fact]:
    if not waiting:
        return
    reasons = [
        Reason(
            "breach", case.event_id, case.since_us, case.text or "", case.trustee, kind=case.kind
        )
        for case in waiting
    ]
    for case, reason in zip(waiting, reasons, strict=True):
        yield Fact("open_breach", case.kind, reason)
        if case.kind == "complaint_reopened":
            yield Fact("complaint_reopened", True, reason)
    yield Fact("breach_dimension", _most_hurt(waiting[0].kind), reasons[0])
    yield _next_step(waiting[0])
    since = min(case.since_us for case in waiting)
    sorry = [row for row in standing if row["kind"] == "apology" and row["t_us"] >= since]
    if sorry:
        last = reason_of(sorry[-1], "apologies")
        yield Fact(
            "apologies_given", len(sorry),
            Reason("apologies", last.event_id, last.t_us, last.text, count=len(sorry)),
        )  # fmt: skip


def _case_reason(case: OpenBreach) -> Reason:
    text = case.text or ""
    return Reason("breach", case.event_id, case.since_us, text, case.trustee, kind=case.kind)


def _repair_reason(situation: Situation) -> Reason:
    """The case that has waited longest, else the latest hurt, which is still fresh."""
    if situation.waiting:
        return _case_reason(situation.waiting[0])
    kinds = codebook()
    hurts = [
        c for c in situation.told.contributions
        if c.own and c.phi < 0 and c.kind in kinds and kinds[c.kind].opens
    ]  # fmt: skip
    last = max(hurts, key=lambda c: (c.t_us, c.event_id), default=None)
    if last is None:
        return Reason("repair")
    text = last.text or ""
    return Reason("hurt", last.event_id, last.t_us, text, last.trustee, kind=last.kind)


def _next_step(case: OpenBreach) -> Fact:
    """What a case needs next, by the furthest step that it has had; without one, by what opened it."""
    for kinds, step in _NEXT:
        done = [deed for deed in case.steps if deed.kind in kinds]
        if done:
            last = done[-1]
            text = last.text or ""
            reason = Reason("step", last.event_id, last.t_us, text, last.trustee, kind=last.kind)
            return Fact("repair_next", step, reason)
    return Fact("repair_next", "acknowledge", _case_reason(case))


def _most_hurt(kind: str) -> str:
    """The dimension that a breach of a kind hurts most."""
    shares = codebook()[kind].loadings
    return max(shares, key=lambda name: shares[name])


def _promises(situation: Situation, standing: Sequence[Row]) -> Iterator[Fact]:
    told = [row for row in standing if row["kind"] in (MADE, MOVED, *ENDED)]
    courses = [c for c in promise_courses(told).values() if c.end is None]
    courses.sort(key=lambda c: (c.latest["due_us"] is None, c.latest["due_us"] or 0))
    for course in courses:
        row, due = course.latest, course.latest["due_us"]
        how = "promise" if due is not None else "promise_undated"
        reason = Reason(how, row["event_id"], due, row["text"] or "", str(row["trustee"]))
        yield Fact("promise_open", True, reason)
        status = status_of(due, situation.told.at_us, situation.zone)
        if status == "overdue":
            yield Fact("promise_overdue", True, reason)
        elif status == "due_today":
            yield Fact("promise_due_today", True, reason)


def _lately(recent: Sequence[Row]) -> Iterator[Fact]:
    seen = set()
    for row in recent:
        if row["kind"] in LATELY and row["kind"] not in seen:
            seen.add(row["kind"])
            yield Fact("lately", row["kind"], reason_of(row))
        if row["kind"] in _PRAISE and (row["outcome"] or 0.0) >= PRAISE_OUTCOME:
            yield Fact("praise", True, reason_of(row))


def _standing(
    situation: Situation, standing: Sequence[Row], recent: Sequence[Row]
) -> Iterator[Fact]:
    told = situation.told
    since = told.stage_since_us
    how = "stage" if since is None else "stage_since"
    yield Fact("stage", told.stage, Reason(how, t_us=since, kind=told.stage))
    if told.repair:
        yield Fact("repair", True, _repair_reason(situation))
    if situation.quiet:
        yield Fact("going_quiet", True, Reason("quiet", t_us=told.last_us))
    handed = next((row for row in recent if row["kind"] == "hand_over"), None)
    if handed is not None:
        yield Fact("handed_over", True, reason_of(handed))
    if situation.me and not _met(standing, situation.me):
        yield Fact("first_meeting", True, Reason("first_meeting"))


def _met(rows: Sequence[Row], me: Any) -> bool:
    """Whether a member of staff has dealt with the customer before."""
    return any(str(row["trustee"]) == me for row in rows)
