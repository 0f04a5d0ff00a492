"""A card in one reader's words: every line with its reason, in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from tests.guidance.situations import CALM, HURT, known, message, person, situation
from troth.content.card_facts import SAID
from troth.content.origins import ORIGINS
from troth.content.text import phrases
from troth.guidance.card import card_of
from troth.guidance.empathy_map import THOUGHTS, empathy_map
from troth.guidance.facts import Reason, Wish, facts_of
from troth.pages.card import lines_shown, parts_shown, quarters_shown, reason_shown
from troth.pages.words import Words
from troth.people.known import WISHES, Note

LANGUAGES = pytest.mark.parametrize("lang", ["zh", "en"])


def words(lang: str) -> Words:
    """A reader's words."""
    return Words(lang, ZoneInfo("UTC"), {})


@LANGUAGES
@pytest.mark.parametrize("channel", ["face", "phone", "written"])
@pytest.mark.parametrize("who", [CALM, HURT])
def test_every_line_names_its_reason(lang, who, channel) -> None:
    """In few words, with a link where an event is behind it, and no gap left open."""
    held = facts_of(situation(who, channel=channel, quiet=True))
    lines = lines_shown(card_of(held), words(lang), lambda name: f"#{name}")
    assert lines
    for line in lines:
        assert line.text
        assert line.reasons
        for reason in line.reasons:
            assert reason.text
            assert "{" not in reason.text
            assert reason.address == (f"#{reason.event_id}" if reason.event_id else "")


@LANGUAGES
def test_words_are_quoted_once(lang) -> None:
    """However many lines rest on them."""
    lines = lines_shown(card_of(facts_of(situation(HURT))), words(lang))
    quotes = [reason.quote for line in lines for reason in line.reasons if reason.quote]
    assert quotes
    assert len(set(quotes)) == len(quotes)


@LANGUAGES
@pytest.mark.parametrize("origin", ORIGINS)
def test_who_said_so_stands_beside_the_line(lang, origin) -> None:
    """Own words, a report, a colleague's note and a guess are never mixed."""
    told = person(known("pace", "quick", origin))
    lines = lines_shown(card_of(facts_of(situation(person=told))), words(lang))
    line = next(line for line in lines if line.rule == "quick_conclusion")
    assert line.origin == origin
    (reason,) = line.reasons
    assert reason.said_by == phrases()[f"card.origin.{origin}"][lang]
    assert ("Li Na" in reason.text) is (origin == "colleague_note")


@LANGUAGES
def test_what_gives_way_to_harm_is_named(lang) -> None:
    """By how they like it otherwise."""
    told = person(known("pace", "quick", "own_words"))
    angry = [message("气死我了", 0.1, emotions={"anger": 0.9})]
    held = facts_of(situation(person=told, messages=angry))
    line = next(x for x in lines_shown(card_of(held), words(lang)) if x.part == "pace")
    assert phrases()["card.wish.pace.quick"][lang] in line.over


@LANGUAGES
def test_every_reason_has_its_words(lang) -> None:
    """Those of statements for each wish and origin, of notes, wishes, acts and emotions."""
    reasons = [
        Reason("stated", t_us=1, by="Li Na", origin=origin, kind=f"{what}.{value}")
        for origin in ORIGINS
        for what, values in WISHES.items()
        for value in values
    ]
    reasons += [Reason("said", "e", 1, "so", kind=act) for act in SAID]
    reasons += [Reason("channel", kind=name) for name in ("face", "phone", "written")]
    reasons += [
        Reason("apologies", "e", 1, count=1), Reason("apologies", "e", 1, count=3),
        Reason("promise", "e", 1), Reason("promise_undated", "e"), Reason("repair"),
        Reason("hurt", "e", 1, kind="survey"), Reason("step", "e", 1, kind="apology"),
        Reason("own_style", t_us=1), Reason("first_meeting"), Reason("quiet", t_us=1),
        Reason("wish", t_us=1, text="x"), Reason("note", t_us=1, by="Li Na", origin="own_words"),
        Reason("stage", kind="building"), Reason("stage_since", t_us=1, kind="building"),
        Reason("emotion", "e", 1, "so", kind="joy"), Reason("event", "e", 1, kind="return"),
    ]  # fmt: skip
    for reason in reasons:
        text = reason_shown(reason, words(lang)).text
        assert text
        assert not re.search(r"[{}]|card\.|\(, |, ,", text), text


@LANGUAGES
def test_the_map_says_what_it_does_not_know(lang) -> None:
    """An empty quarter has words of its own; a filled one quotes."""
    empty = quarters_shown(empathy_map(replace(situation(), rows=())), words(lang))
    assert [bool(quarter.seen) for quarter in empty] == [False] * 4
    assert all(quarter.none for quarter in empty)
    said = message("还没有收到！", 1, acts=tuple((act, "收到") for act in THOUGHTS))
    full = quarters_shown(empathy_map(situation(messages=[said], quiet=True)), words(lang))
    assert full[0].seen[0].quote == "“还没有收到！”"
    assert len(full[1].seen) == 1  # one sentence shows one thought, the gravest
    assert full[3].seen[0].text.startswith(phrases()["card.map.quiet"][lang])
    assert all(f"card.map.{act}" in phrases() for act in THOUGHTS)


@LANGUAGES
def test_parts_come_in_their_order_with_titles(lang) -> None:
    """And notes and wishes are quoted with who noted them."""
    note = Note("need", "轮椅通道", "own_words", 1, "Li Na", 2**62)
    told = replace(person(), notes=(note,))
    held = facts_of(situation(person=told, wishes=[Wish("高楼层", True, "李娜", 1)]))
    parts = parts_shown(card_of(held), words(lang))
    assert [part.title for part in parts] == [
        phrases()[f"card.part.{part.name}"][lang] for part in parts
    ]
    quotes = {r.quote for part in parts for line in part.lines for r in line.reasons}
    assert "“轮椅通道”" in quotes
