"""Situations for tests of the card: a guest of the demo, with whatever is to be known besides."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from tests.pages.demo import explained, year
from troth.guidance.breaches import open_breaches
from troth.guidance.facts import DAY_US, Message, Situation
from troth.guidance.relationship import own_events
from troth.people.known import Known, Person

HURT = ("guest:liu-jianping", "hotel:linjiang")
CALM = ("guest:chen-jing", "hotel:linjiang")


def situation(who: tuple[str, str] = CALM, **more: Any) -> Situation:
    """What is on record of a relationship of the demo on its last day."""
    told = explained(*who)
    rows = own_events(year().table, *who, told.at_us)
    waiting = [case for case in open_breaches(year().table, told.at_us) if case.truster == who[0]]
    return Situation(told, rows, waiting, ZoneInfo("UTC"), **more)


def message(text: str, days: float = 0.5, **more: Any) -> Message:
    """One of the customer's messages, some days before the demo's last day."""
    at_us = explained(*CALM).at_us
    return Message(f"m{days}", at_us - int(days * DAY_US), text, **more)


def known(what: str, value: str, origin: str, *, days_left: float = 30) -> Known:
    """Something stated of a person; gone after some days."""
    at_us = explained(*CALM).at_us
    until = at_us + int(days_left * DAY_US)
    return Known(what, value, origin, at_us - 40 * DAY_US, "Li Na", until)


def person(*rows: Known) -> Person:
    """A person of whom that is known."""
    return Person(rows)
