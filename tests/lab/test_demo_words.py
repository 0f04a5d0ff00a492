"""The demo's words: both languages everywhere, kinds the codebook knows, times as people say them."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from troth.content.kinds import codebook
from troth.lab.demo.clock import by_day, due_by_day, say_time
from troth.lab.demo.pages import HOUSES, page
from troth.lab.demo.people import demo_customers, demo_houses

if TYPE_CHECKING:
    from collections.abc import Iterator

SHANGHAI = ZoneInfo("Asia/Shanghai")
THURSDAY = datetime(2026, 3, 19, 9, 30, tzinfo=SHANGHAI)


def groups() -> Iterator[tuple[str, dict[str, Any]]]:
    for house in HOUSES:
        yield from page(house)["sentences"].items()
        for scene in page(house)["scenes"]:
            for line in scene["zh"]:
                yield f"{scene['name']}.{line}", {lang: scene[lang][line] for lang in ("zh", "en")}
    yield from page("shared")["sentences"].items()


def stories() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for house in HOUSES:
        for tense, told in page(f"{house}_stories").items():
            for story in told:
                yield house, tense, story


def test_each_group_speaks_both_languages_alike() -> None:
    """zh and en stand side by side, with the same number of sentences and none said twice."""
    for name, lines in groups():
        assert set(lines) == {"zh", "en"}, name
        assert len(lines["zh"]) == len(lines["en"]), name
        for said in lines.values():
            assert len(set(said)) == len(said), name
            assert all(isinstance(line, str) and line.strip() for line in said), name


def test_there_are_many_sentences() -> None:
    """Well over 120 distinct sentences a language."""
    for lang in ("zh", "en"):
        assert len({line for _, lines in groups() for line in lines[lang]}) > 300


def test_each_house_has_a_dozen_stories_and_more() -> None:
    """Past ones and live ones, in both languages, with kinds of the codebook and references that hold."""
    for house in HOUSES:
        told = [(tense, story) for where, tense, story in stories() if where == house]
        assert len(told) >= 12
        assert {story["lang"] for _, story in told} == {"zh", "en"}
        assert {tense for tense, _ in told} == {"past", "live"}
    for _, _, story in stories():
        assert story["zh"]
        assert story["en"]
        keys: set[str] = set()
        for event in story["events"]:
            assert event["kind"] in codebook()
            assert event.get("ref") is None or event["ref"] in keys
            assert codebook()[event["kind"]].outcome is not None or "outcome" in event
            keys.add(event.get("key", ""))


def test_live_stories_name_customers_of_their_own_house_and_language() -> None:
    """Whoever is named is on the list, writes the story's language and knows that house best."""
    listed = {person.id.split(":")[1]: person for person in demo_customers()}
    for house, tense, story in stories():
        if tense == "live":
            person = listed[story["customer"]]
            assert (person.home, person.lang) == (house, story["lang"])


def test_staff_of_stories_work_in_the_house() -> None:
    """Every name in a story is found among the house's staff."""
    houses = {house.short: house for house in demo_houses()}
    for short, _, story in stories():
        for role in ("staff", "colleague"):
            if role in story:
                assert houses[short].find_staff(story[role])


@pytest.mark.parametrize(
    ("moment", "zh", "en"),
    [
        ("2026-03-19T15:00", "今天下午三点", "3 pm today"),
        ("2026-03-20T12:00", "明天中午十二点", "noon tomorrow"),
        ("2026-03-18T14:00", "昨天下午两点", "2 pm yesterday"),
        ("2026-03-21T08:30", "后天早上八点半", "8:30 am on Saturday"),
        ("2026-03-24T18:00", "下周二下午六点", "6 pm on Tuesday"),
        ("2026-03-16T20:00", "周一晚上八点", "8 pm on Monday"),
        ("2026-04-08T10:00", "4月8日上午十点", "10 am on 8 April"),
        ("2026-03-19T23:59", "今天晚上11:59", "11:59 pm today"),
    ],
)
def test_times_are_said_as_people_say_them(moment: str, zh: str, en: str) -> None:
    """Near days by name, this and next week by weekday, others by date."""
    local = datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI)
    assert say_time(local, THURSDAY, "zh") == zh
    assert say_time(local, THURSDAY, "en") == en


@pytest.mark.parametrize("hour", range(24))
def test_due_times_fall_in_the_day(hour: int) -> None:
    """Nobody promises anything for the night."""
    due = due_by_day(THURSDAY.replace(hour=hour, minute=17))
    assert 9 <= due.hour <= 20
    assert due.minute in {0, 30}
    assert due >= THURSDAY.replace(hour=hour, minute=17)


def test_what_would_happen_at_night_waits_for_the_morning() -> None:
    """People write to the desk by day."""
    late = THURSDAY.replace(hour=23)
    moved = by_day(late, Random(1))
    assert moved > late
    assert 8 <= moved.hour < 11
