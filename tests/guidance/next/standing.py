"""Relationships for tests of the next action: events in days, everything else plain."""

from __future__ import annotations

from types import SimpleNamespace
from zoneinfo import ZoneInfo

from troth.guidance.breaches import OpenBreach
from troth.guidance.facts import Message, Situation
from troth.guidance.next.action import Standing
from troth.guidance.next.choice import next_actions
from troth.guidance.standing import Deed
from troth.people.known import Known, Person

DAY_US = 86_400_000_000
NOW_US = 1_772_413_200_000_000
ZONE = ZoneInfo("Asia/Shanghai")


def row(number, days_ago, kind, **more):
    """An event so many days ago."""
    told = {
        "event_id": f"e{number}", "t_us": NOW_US - int(days_ago * DAY_US), "truster": "c",
        "trustee": "s", "organisation": "h", "kind": kind, "outcome": None, "weight": None,
        "ref": None, "due_us": None, "text": "words", "source": "desk",
    }  # fmt: skip
    return told | more


def case(kind="complaint_opened", *done, days_ago=5):
    """A breach that waits, with what was done about it."""
    steps = tuple(Deed(f"d{i}", step, NOW_US - DAY_US, "s", None) for i, step in enumerate(done))
    since = NOW_US - int(days_ago * DAY_US)
    return OpenBreach("b1", "b1", kind, "c", "s", "h", since, "words", steps)


def attached(value, origin="own_words"):
    """Somebody who is said to be anxious or avoidant."""
    return Person((Known("attachment", value, origin, 1, "x", NOW_US + DAY_US),))


def standing(rows=(), *, at_us=NOW_US, stage="building", repair=False, **more):
    """What an action is chosen from; ``more`` goes to the situation or beside it."""
    beside = {name: more.pop(name) for name in ("ours", "decided", "rest_us") if name in more}
    rows = sorted(rows, key=lambda one: (one["t_us"], one["event_id"]))
    told = SimpleNamespace(
        at_us=at_us, stage=stage, stage_since_us=None, repair=repair, truster="c", trustee="h",
        last_us=rows[-1]["t_us"] if rows else 0, contributions=(),
    )  # fmt: skip
    said = [
        Message(one["event_id"], one["t_us"], one["text"], {}, one.get("acts", ()))
        for one in rows if one["kind"] == "message"
    ]  # fmt: skip
    situation = Situation(
        told=told,
        rows=rows,
        waiting=more.pop("waiting", ()),
        zone=ZONE,
        messages=said[::-1],
        **more,
    )
    return Standing(situation, **beside)


def best(*args, **more):
    """Key of the action proposed."""
    return next_actions(standing(*args, **more)).best.key
