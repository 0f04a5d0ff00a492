"""The demo's year: everybody's encounters, the stories between them, and the team's own days."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import exp
from random import Random
from typing import Any

from troth.lab.demo.clock import by_day
from troth.lab.demo.diary import EPOCH, Diary
from troth.lab.demo.pages import Phrasebook
from troth.lab.demo.people import Customer, House, Staff, demo_customers, demo_houses
from troth.lab.demo.scenes import play
from troth.lab.demo.stories import story_feeling, tell_live, tell_past, write_story
from troth.lab.demo.team import work_a_year
from troth.lab.demo.visit import Tie, Visit

DEMO_UNTIL_US = 1_773_883_800_000_000  # Thursday 19 March 2026, 09:30 in Shanghai
YEAR = timedelta(days=365)
NEIGHBOURS = 8  # customers of each house who also know the next one


def demo_events(seed: int = 7, until_us: int = DEMO_UNTIL_US) -> list[dict[str, Any]]:
    """Write the demo's year.

    Args:
        seed: fixes everything that is left to chance.
        until_us: the end of the year, microseconds UTC; every event lies strictly before it, while
            promises may be due after it.

    Returns:
        Events in the ledger's input schema, in order of time: event_id, at, truster, trustee,
        organisation, kind, outcome, weight, ref, due, text, channel, source. The same seed and end
        give the same list.
    """
    diary = Diary()
    customers = demo_customers()
    for place, house in enumerate(demo_houses()):
        until = (EPOCH + timedelta(microseconds=until_us)).astimezone(house.zone)
        rng = Random(f"{seed}:{house.id}")
        home = [person for person in customers if person.home == house.short]
        next_door = [
            person for person in customers if person.home == demo_houses()[place - 1].short
        ]
        next_door = [person for person in next_door if not person.cast]
        ties = [_tie(person, house, seed) for person in home]
        told = tell_live(house, ties, until)
        told += tell_past(house, [tie for tie in ties if not tie.away], until, rng)
        ties += [_tie(person, house, seed) for person in rng.sample(next_door, NEIGHBOURS)]
        for tie, day, story in told:
            write_story(diary, tie, day, story)
        feelings = {tie.customer.id: story_feeling(story) for tie, _, story in told}
        for tie in ties:
            _live_a_year(diary, tie, until, seed, feelings.get(tie.customer.id, 0.0))
        work_a_year(diary, house, home, until, rng)
    return diary.rows(until_us, {house.id: house.short for house in demo_houses()})


def _tie(customer: Customer, house: House, seed: int) -> Tie:
    rng = Random(f"{seed}:{customer.id}:{house.id}:tie")
    spread = rng.lognormvariate(0.0, 0.55)
    return Tie(
        customer=customer,
        house=house,
        rhythm_days=min(160.0, max(9.0, house.rhythm_days * spread)),
        disposition=rng.gauss(0.25, 0.6),
        voice=rng.uniform(0.1, 0.5),
        favourite=rng.choice(house.staff),
    )


def _live_a_year(diary: Diary, tie: Tie, until: datetime, seed: int, feeling: float) -> None:
    """Play a customer's encounters with a house, staying away while a written story is told."""
    rng = Random(f"{seed}:{tie.customer.id}:{tie.house.id}")
    words = Phrasebook(tie.house.short)
    live = any(end > until for _, end in tie.away)
    if live:
        # The stories of today's list need a history to fall from.
        tie.rhythm_days, tie.disposition = rng.uniform(13, 21), 0.9
    tie.felt = tie.disposition
    joined = 0.0 if live or rng.random() < 0.6 else rng.uniform(20, 330)
    at = until - YEAR + timedelta(days=joined + rng.uniform(0, tie.rhythm_days))
    while at < until:
        told = next((span for span in tie.away if span[0] <= at < span[1]), None)
        if told:
            at = told[1]
            tie.felt += feeling
        else:
            at = by_day(at, rng)
            staff = _who_serves(tie, rng)
            play(Visit(diary, words, rng, tie, staff, words.draw_slots(rng, tie.customer.lang)), at)
        # Low trust lengthens the silence before the next visit, and may end the custom.
        if tie.felt < -1.6 and rng.random() < 0.35 and not live:
            return
        tie.felt += 0.2 * (tie.disposition - tie.felt)
        silence = exp(-0.4 * min(0.0, max(-2.5, tie.felt)))
        at += timedelta(days=3.0 + tie.rhythm_days * silence * rng.lognormvariate(-0.1, 0.45))


def _who_serves(tie: Tie, rng: Random) -> Staff:
    drawn = rng.random()
    if drawn < 0.6:
        return tie.favourite
    return tie.house.team if drawn > 0.93 else rng.choice(tie.house.staff)
