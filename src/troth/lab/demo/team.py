"""Trust inside the team: hand-overs, help and thanks between colleagues, and how all stand together."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import exp
from typing import TYPE_CHECKING

from troth.lab.demo.clock import by_day
from troth.lab.demo.diary import Diary, Entry
from troth.lab.demo.pages import Phrasebook

if TYPE_CHECKING:
    from random import Random

    from troth.lab.demo.people import Customer, House, Staff


def work_a_year(
    diary: Diary, house: House, customers: list[Customer], until: datetime, rng: Random
) -> None:
    """Write a year of hand-overs, help and thanks, and of days the team stood together or did not.

    Args:
        diary: where to.
        house: whose staff.
        customers: whose affairs are handed over.
        until: local time of the end.
        rng: generator of this house.
    """
    words = Phrasebook(house.short)
    for days_ago in range(364, 0, -1):
        at = by_day(until - timedelta(days=days_ago, hours=rng.uniform(0, 12)), rng)
        if rng.random() < 0.3:
            giver, taker = rng.sample(house.staff, 2)
            _hand_over(diary, words, (giver, taker, house), (rng.choice(customers), at, rng))
        if rng.random() < 0.06:
            _stand_together(diary, words, rng.choice(house.staff), (house, at, rng))
    for days_ago in range(364, 0, -1):
        if rng.random() < 0.25:
            at = by_day(until - timedelta(days=days_ago, hours=rng.uniform(0, 12)), rng)
            helper, helped = rng.sample(house.staff, 2)
            _help(diary, words, (helper, helped, house), (at, rng))


def _hand_over(
    diary: Diary,
    words: Phrasebook,
    who: tuple[Staff, Staff, House],
    what: tuple[Customer, datetime, Random],
) -> None:
    giver, taker, house = who
    customer, at, rng = what
    odds = 1.2 + giver.traits["reliability"] + house.culture["reliability"]
    well = rng.random() < 1.0 / (1.0 + exp(-odds))
    text = rng.choice(words.lines(f"hand_over.{'good' if well else 'poor'}", customer.lang))
    kind = "hand_over_kept" if well else "hand_over_dropped"
    entry = Entry(at, kind, taker.id, giver.id, house.id)
    entry.text = text.format(address=customer.address[customer.lang])
    diary.write(entry)


def _help(
    diary: Diary, words: Phrasebook, who: tuple[Staff, Staff, House], when: tuple[datetime, Random]
) -> None:
    """Help that was given, mostly by those who care; thanks for it, said in one's own language."""
    helper, helped, house = who
    at, rng = when
    if rng.random() > 1.0 / (1.0 + exp(-0.4 - helper.traits["benevolence"])):
        return
    kind = rng.choice(("help_given", "thanks"))
    entry = Entry(at, kind, helped.id, helper.id, house.id)
    lang = "en" if helped.names["zh"] == helped.names["en"] else "zh"
    entry.text = rng.choice(words.lines(kind, lang))
    diary.write(entry)


def _stand_together(
    diary: Diary, words: Phrasebook, member: Staff, where: tuple[House, datetime, Random]
) -> None:
    house, at, rng = where
    well = rng.random() < 1.0 / (1.0 + exp(-0.9 - house.culture["benevolence"]))
    lang = "en" if member.names["zh"] == member.names["en"] else "zh"
    entry = Entry(at, "observation", member.id, house.team.id, house.id)
    entry.text = rng.choice(words.lines(f"team.{'good' if well else 'poor'}", lang))
    entry.outcome = 1.0 if well else 0.0
    diary.write(entry)
