"""The written stories: who is cast in them, when they happen, and their entries in the diary."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from troth.lab.demo.clock import CLOSES, OPENS, at_clock, on_the_half_hour
from troth.lab.demo.diary import Diary, Entry
from troth.lab.demo.pages import page
from troth.lab.demo.visit import FEELINGS, Tie, fill

if TYPE_CHECKING:
    from random import Random

    from troth.lab.demo.people import House

Story = dict[str, Any]
TIMES_TOLD = 2


def tell_past(
    house: House, ties: list[Tie], until: datetime, rng: Random
) -> list[tuple[Tie, datetime, Story]]:
    """Cast the past stories of a house.

    Args:
        house: the house.
        ties: its customers who are free to be cast.
        until: the local time at which the demo ends.
        rng: generator of this house.

    Returns:
        Tie, first day and story; each tie is cast once at most, and told to stay away meanwhile.
    """
    told = []
    for story in page(f"{house.short}_stories")["past"]:
        fitting = [tie for tie in ties if tie.customer.lang == story["lang"] and not tie.away]
        for tie in rng.sample(fitting, TIMES_TOLD):
            length = max(int(event["day"]) for event in story["events"]) + 1
            start = until - timedelta(days=rng.randint(length + 25, 290))
            tie.away.append((start - timedelta(days=2), start + timedelta(days=length + 1)))
            told.append((tie, start, story))
    return told


def tell_live(house: House, ties: list[Tie], until: datetime) -> list[tuple[Tie, datetime, Story]]:
    """Cast the live stories of a house with the customers they name; nothing else happens to these since."""
    named = {tie.customer.id.split(":")[1]: tie for tie in ties}
    told = []
    for story in page(f"{house.short}_stories")["live"]:
        tie = named[story["customer"]]
        first = min(int(event.get("day", 0)) for event in story["events"])
        tie.away.append((until + timedelta(days=first - 2), until + timedelta(days=999)))
        told.append((tie, until, story))
    return told


def story_feeling(story: Story) -> float:
    """Return what a whole story does to how the customer feels."""
    return sum(FEELINGS.get(event["kind"], 0.0) for event in story["events"])


def write_story(diary: Diary, tie: Tie, day: datetime, story: Story) -> None:
    """Write a story's events into the diary.

    Args:
        diary: where to.
        tie: the customer and the house.
        day: day 0 of the story; for a live story the end of the demo.
        story: as read from content.
    """
    lang, house = tie.customer.lang, tie.house
    staff = house.find_staff(story["staff"])
    colleague = house.find_staff(story["colleague"]) if "colleague" in story else staff
    roles = {
        "customer": tie.customer.id,
        "staff": staff.id,
        "colleague": colleague.id,
        "team": house.team.id,
    }
    names = {"staff": staff.names[lang], "colleague": colleague.names[lang]}
    written: dict[str, Entry] = {}
    for event in story["events"]:
        at = (
            _awake(day, float(event["hours_ago"]))
            if "hours_ago" in event
            else at_clock(day, event["day"], event["at"])
        )
        entry = Entry(
            at=at,
            kind=event["kind"],
            truster=roles[event.get("truster", "customer")],
            trustee=roles[event.get("trustee", "staff")],
            organisation=house.id,
            channel=event["via"],
            ref=written.get(event.get("ref", "")),
            outcome=event.get("outcome"),
            weight=event.get("weight"),
        )
        if "due" in event:
            entry.due = _due(day, entry.at, event["due"], live="customer" in story)
        entry.text = fill(event["text"], entry, tie.customer, names)
        diary.write(entry)
        if "key" in event:
            written[event["key"]] = entry


def _due(day: datetime, at: datetime, due: list[Any], *, live: bool) -> datetime:
    """Return the due time; a live promise due on day 0 stays ahead of the clock, yet within the day."""
    days, clock = due
    named = at_clock(day, days, clock)
    if live and days == 0 and named <= day:
        named = on_the_half_hour(day + timedelta(hours=1))
        if named.date() != day.date():
            named = at_clock(day, 0, "23:59")
    return max(named, at + timedelta(minutes=15))


def _awake(until: datetime, hours_ago: float) -> datetime:
    """Return a moment some hours ago, squeezed into the waking hours of today or else of last evening."""
    moment = until - timedelta(hours=hours_ago)
    opened = at_clock(until, 0, f"{OPENS:02d}:00")
    if until < opened + timedelta(minutes=20):
        return at_clock(until, -1, "20:50") - timedelta(minutes=5 * hours_ago)
    if moment < opened:
        return opened + (until - opened) * (0.9 - hours_ago / 10)
    if moment.hour >= CLOSES:
        return at_clock(until, 0, "20:50") - timedelta(minutes=5 * hours_ago)
    return moment
