"""What was noted about being contacted makes a line, and never beside its opposite."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.guidance.situations import CALM, HURT, known, situation
from troth.guidance.card import card_of
from troth.guidance.contact_wishes import contact_wish
from troth.guidance.facts import Wish, facts_of
from troth.people.known import Note, Person


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("no calls", "no_calls"),
        ("No phone calls please, write to me.", "no_calls"),
        ("Please don't ring me", "no_calls"),
        ("I’d rather not be called, do not phone me", "no_calls"),
        ("Calls are not welcome", "no_calls"),
        ("Only call in an emergency", "no_calls"),
        ("别打电话", "no_calls"),
        ("请不要给我打电话，发微信就行", "no_calls"),
        ("有急事才打电话", "no_calls"),
        ("电话不方便接", "no_calls"),
        ("no calls at work", "no_calls_at_work"),
        ("Don't call me during office hours", "no_calls_at_work"),
        ("上班时间别打电话", "no_calls_at_work"),
        ("上班的时候不接电话", "no_calls_at_work"),
        ("only WeChat", "written_only"),
        ("WeChat only, please", "written_only"),
        ("Contact by e-mail only", "written_only"),
        ("只用微信联系", "written_only"),
        ("只看短信", "written_only"),
        ("phone only", "calls_only"),
        ("只接电话", "calls_only"),
        ("evenings only", "hours"),
        ("Please call after 6 pm", "hours"),
        ("No calls before ten in the morning", "hours"),
        ("only in the evenings please", "hours"),
        ("只在晚上", "hours"),
        ("晚上八点以后再联系", "hours"),
        ("下午不要打扰", "hours"),
        ("I don't eat fish, call me when it is ready", ""),
        ("Please call me Ms Li", ""),
        ("don't call me Mrs Benbow", ""),
        ("No wake-up call", ""),
        ("叫醒电话七点", ""),
        ("只喝热水", ""),
        ("晚上只吃素", ""),
        ("early breakfast, before seven", ""),
        ("a high floor", ""),
        ("高楼层", ""),
        ("Prefers WeChat", ""),
        ("no feather pillows", ""),
    ],
)
def test_wishes_are_heard_for_what_they_ask(text, asked):
    """In both languages; a wish for anything else is left alone."""
    assert contact_wish(text) == asked


@pytest.mark.parametrize(
    ("text", "asked"),
    [("calls", "no_calls"), ("打电话", "no_calls"), ("call me at work", "no_calls_at_work"),
     ("香薰", ""), ("WeChat", ""), ("no calls", "no_calls")],
)  # fmt: skip
def test_a_dislike_turns_it_round(text, asked):
    """As the reader of messages keeps what is to be avoided."""
    assert contact_wish(text, wanted=False) == asked


def told(channel, *, wishes=(), notes=(), stated=(), who=CALM):
    """The texts of a card in English, by rule."""
    person = Person(tuple(stated), tuple(notes))
    full = replace(situation(who), wishes=list(wishes), person=person, channel=channel)
    return {line.rule.name: line for line in card_of(facts_of(full)).lines}


def note(text, at_us=1, subject="need", origin="own_words"):
    return Note(subject, text, origin, at_us, "Li Na", 2**62)


@pytest.mark.parametrize("who", [CALM, HURT])
@pytest.mark.parametrize(
    "how",
    [
        {"wishes": [Wish("不要打电话", True, "李娜", 1)]},
        {"wishes": [Wish("calls", False, "Li Na", 1)]},
        {"notes": [note("No calls, please.")]},
        {"notes": [note("Does not like phone calls.", subject="value", origin="colleague_note")]},
    ],
)
def test_who_asked_not_to_be_rung_is_not_rung(how, who):
    """On the phone card one is told so, with the words that say it; on no card is ringing advised."""
    phone = told("phone", who=who, **how)
    line = phone["no_calls_on_the_phone"]
    assert line.reasons[0].text in {
        "不要打电话",
        "calls",
        "No calls, please.",
        "Does not like phone calls.",
    }
    for channel in ("phone", "written", "face"):
        lines = told(channel, who=who, **how).values()
        assert not [one for one in lines if one.rule.sets.get("calls") == "welcome"]
        assert {"likes_have_it_ready", "dislikes_do_not_offer", "need_comes_first"}.isdisjoint(
            told(channel, who=who, **how)
        )


@pytest.mark.parametrize("who", [CALM, HURT])
@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("No calls at work", "no_calls_at_work_on_the_phone"),
        ("只用微信", "written_only_on_the_phone"),
    ],
)
def test_each_wish_has_its_line_on_the_phone(text, rule, who):
    """Whatever else there is to say."""
    assert rule in told("phone", wishes=[Wish(text, True, "x", 1)], who=who)


def test_hours_are_kept():
    """On every card."""
    for channel in ("phone", "written", "face"):
        assert "hours_they_named" in told(channel, wishes=[Wish("evenings only", True, "x", 1)])


def test_of_two_that_disagree_the_newer_counts():
    """A stated channel and a note, whichever came last."""
    phone = known("channel", "phone", "own_words")
    before, after = note("no calls", phone.t_us - 1), note("no calls", phone.t_us + 1)
    assert "ring_then_summarise" in told("written", stated=[phone], notes=[before])
    lines = told("written", stated=[phone], notes=[after])
    assert "ring_then_summarise" not in lines
    assert "no_calls_in_writing" in lines


@pytest.mark.parametrize("value", ["message", "phone", "email", "in_person"])
@pytest.mark.parametrize("channel", ["face", "phone", "written"])
def test_a_stated_channel_fits_how_one_is_in_touch(value, channel):
    """Nobody face to face is told to send a message instead of ringing."""
    lines = told(channel, stated=[known("channel", value, "own_words")])
    said = [one.rule for one in lines.values() if "wants_channel" in one.rule.when]
    assert all(rule.when["channel"] == channel for rule in said)
    assert said or (value, channel) == ("in_person", "face")
    if channel == "face":
        assert not [rule for rule in said if "rather than ring" in rule.advise["en"]]
