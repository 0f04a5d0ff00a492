"""Ordinary scenes: a promise, a preference, a delivery, a glance; and the repair of what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypedDict

from troth.lab.demo.clock import CLOSES, OPENS, due_by_day
from troth.lab.demo.visit import Visit

if TYPE_CHECKING:
    from troth.lab.demo.diary import Entry

Scene = Callable[[Visit, datetime], tuple[datetime, bool]]


class _Via(TypedDict):
    channel: str


class _Sides(TypedDict):
    truster: str
    trustee: str


def play(visit: Visit, at: datetime) -> None:
    """Play one whole encounter from ``at`` on: arrival, a scene, and what the customer says of it."""
    _arrive(visit, at)
    scene = visit.rng.choices(list(_SCENES), weights=list(_SCENES.values()))[0]
    done, well = scene(visit, at + timedelta(minutes=visit.rng.randint(1, 6)))
    _look_back(visit, done, well=well)


def _arrive(visit: Visit, at: datetime) -> None:
    known = visit.tie.felt > 0.2
    if known and visit.odds(0.16):
        visit.note("return", at, visit.say("return"))
    elif known and visit.odds(0.18) and visit.chance(0.6, "benevolence", at):
        visit.note("recognition", at, visit.say("recognition"))
    else:
        visit.note("contact", at, visit.say("contact") if visit.odds(0.6) else None)


def _promise(visit: Visit, at: datetime) -> tuple[datetime, bool]:
    scene = visit.rng.choice(visit.tie.house.scenes)
    matter = visit.rng.randrange(2)
    lines = {
        name: texts[matter % len(texts)] for name, texts in scene[visit.tie.customer.lang].items()
    }
    via: _Via = {"channel": scene["channel"]}
    visit.note("message", at, lines["message"], **via)
    said = at + timedelta(minutes=visit.rng.randint(2, 25))
    due = due_by_day(said + timedelta(hours=visit.rng.uniform(*scene["due_hours"])))
    promise = visit.note("promise_made", said, lines["promise"], due=due, **via)
    keeps = visit.chance(1.9, "reliability", at)
    if visit.odds(0.12 if keeps else 0.08):
        moved = due_by_day(due + timedelta(hours=visit.rng.uniform(*scene["due_hours"])))
        visit.note(
            "promise_renegotiated",
            _before(visit, said, due),
            lines["moved"],
            ref=promise,
            due=moved,
            **via,
        )
        said, due = due, moved
    if keeps:
        kept = visit.note(
            "promise_kept", _before(visit, said, due), lines["kept"], ref=promise, **via
        )
        return kept.at, True
    if visit.odds(0.15):
        visit.note("message", _before(visit, said, due), visit.say("chaser"), **via)
    late = visit.after(due, 0.3, 5)
    broken = visit.note("promise_broken", late, lines["broken"], ref=promise, speaks_of=due, **via)
    return _mend(visit, broken), False


def _before(visit: Visit, said: datetime, due: datetime) -> datetime:
    moment = said + (due - said) * visit.rng.uniform(0.4, 0.97)
    if OPENS <= moment.hour < CLOSES:
        return moment
    return max(due - timedelta(minutes=visit.rng.randint(5, 45)), said + (due - said) / 2)


def _preference(visit: Visit, at: datetime) -> tuple[datetime, bool]:
    if visit.chance(1.1, "benevolence", at):
        visit.note("preference_honoured", at, visit.say("preference_honoured"))
        return at, True
    return _mend(visit, visit.note("preference_missed", at, visit.say("preference_missed"))), False


def _delivery(visit: Visit, at: datetime) -> tuple[datetime, bool]:
    if visit.chance(1.6, "ability", at):
        visit.note("delivery", at, visit.say("delivery.good"), outcome=1.0)
        return at, True
    poor = visit.note("delivery", at, visit.say("delivery.poor"), outcome=0.25)
    visit.tie.felt -= 0.5
    if visit.odds(visit.tie.voice):
        return _complain(visit, poor), False
    if visit.chance(0.5, "benevolence", at):
        visit.note("apology", visit.after(at, 0.3, 6), visit.say("apology.careless"), ref=poor)
    return at, False


def _glance(visit: Visit, at: datetime) -> tuple[datetime, bool]:
    well = visit.chance(0.9, "benevolence", at)
    visit.note(
        "observation",
        at,
        visit.say(f"observation.{'good' if well else 'poor'}"),
        outcome=1.0 if well else 0.0,
    )
    visit.tie.felt += 0.2 if well else -0.5
    return at, well


def _disclosure(visit: Visit, at: datetime) -> tuple[datetime, bool]:
    if visit.chance(0.8, "integrity", at):
        visit.note("disclosure", at, visit.say("disclosure"))
        return at, True
    visit.note("observation", at, visit.say("undisclosed"), outcome=0.0)
    visit.tie.felt -= 0.6
    return at, False


def _owed(visit: Visit, at: datetime) -> tuple[datetime, bool]:
    ours: _Sides = {"truster": visit.staff.id, "trustee": visit.tie.customer.id}
    due = due_by_day(at + timedelta(hours=visit.rng.uniform(20, 70)))
    matter = visit.rng.randrange(2)
    said, kept = (
        visit.words.lines(group, visit.tie.customer.lang)[matter]
        for group in ("owed.promise", "owed.kept")
    )
    promise = visit.note("promise_made", at, said, due=due, **ours)
    before = visit.tie.felt
    if visit.odds(0.9 if before > 0 else 0.7):
        visit.note("promise_kept", _before(visit, at, due), kept, ref=promise, **ours)
    else:
        late = visit.note(
            "promise_broken", visit.after(due, 1, 8), visit.say("owed.broken"), ref=promise, **ours
        )
        visit.note("complaint_resolved", visit.after(late.at, 12, 60), None, ref=late, **ours)
    visit.tie.felt = before
    return at, True


_SCENES: dict[Scene, float] = {
    _promise: 0.56,
    _preference: 0.12,
    _delivery: 0.14,
    _glance: 0.08,
    _disclosure: 0.06,
    _owed: 0.04,
}


def _mend(visit: Visit, breach: Entry) -> datetime:
    """Say sorry, explain, make good, or not; returns when it ended."""
    at = breach.at
    broken = breach.kind == "promise_broken"
    if visit.chance(0.9, "benevolence", at):
        sorry = visit.say("apology" if broken else "apology.careless")
        at = visit.note("apology", visit.after(at, 0.2, 7), sorry, ref=breach).at
    if broken and visit.chance(-0.8, "integrity", at):
        at = visit.note(
            "explanation", visit.after(at, 0.1, 8), visit.say("explanation"), ref=breach
        ).at
    if broken and visit.chance(-0.6, "benevolence", at):
        remedy = visit.say(f"remedy.{visit.tie.house.short}")
        at = visit.note("compensation", visit.after(at, 0.5, 20), remedy, ref=breach).at
    if visit.odds(visit.tie.voice):
        at = _complain(visit, breach)
    if visit.odds(0.97):
        at = visit.note(
            "complaint_resolved", visit.after(at, 4, 90), visit.say("closed"), ref=breach
        ).at
    return at


def _complain(visit: Visit, about: Entry) -> datetime:
    complaint = visit.note(
        "complaint_opened", visit.after(about.at, 0.4, 20), visit.say("complaint"), ref=about
    )
    at = complaint.at
    if visit.chance(2.4, "reliability", at):
        at = visit.note(
            "complaint_answered", visit.after(at, 1, 30), visit.say("answered"), ref=complaint
        ).at
    if not visit.odds(0.95):
        return at
    solved = visit.note(
        "complaint_resolved", visit.after(at, 6, 80), visit.say("resolved"), ref=complaint
    )
    if visit.chance(-2.2, "ability", at):
        again = visit.note(
            "complaint_reopened",
            visit.after(solved.at, 24, 200),
            visit.say("reopened"),
            ref=complaint,
        )
        sorry = visit.note(
            "apology", visit.after(again.at, 0.5, 8), visit.say("apology"), ref=again
        )
        solved = visit.note(
            "complaint_resolved", visit.after(sorry.at, 10, 90), visit.say("resolved"), ref=again
        )
    return solved.at


def _look_back(visit: Visit, done: datetime, *, well: bool) -> None:
    score = 3.7 + 0.6 * visit.tie.felt + (0.5 if well else -1.3) + visit.rng.gauss(0, 0.6)
    level = min(4, max(0, round(score) - 1))
    tone = ("poor", "poor", "mixed", "good", "good")[level]
    if visit.odds(0.34):
        text = visit.say(f"survey.{tone}") if visit.odds(0.6) else None
        visit.note("survey", visit.after(done, 8, 40), text, outcome=level / 4, channel="web")
    if visit.odds(0.12 if tone != "mixed" else 0.05):
        visit.note(
            "review",
            visit.after(done, 24, 90),
            visit.say(f"review.{tone}"),
            outcome=level / 4,
            channel="web",
        )
    if well and visit.tie.felt > 0.9 and visit.odds(0.1):
        visit.note(
            "review", visit.after(done, 2, 30), visit.say("praise"), outcome=1.0, channel="phone"
        )
    if well and visit.tie.felt > 1.1 and "referral" not in visit.tie.said and visit.odds(0.1):
        visit.tie.said.add("referral")
        visit.note("referral", visit.after(done, 20, 200), visit.say("referral"))
