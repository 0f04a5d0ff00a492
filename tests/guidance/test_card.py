"""A card: what counts more where two lines disagree, and why each line stands there."""

from __future__ import annotations

import pytest

from tests.guidance.card_facts import facts
from troth.content.origins import ORIGINS
from troth.guidance.card import MOST, RANKS, brought_up, card_of
from troth.guidance.facts import Facts


def names(held: Facts) -> list[str]:
    """Names of the rules of a card."""
    return [line.rule.name for line in card_of(held).lines]


def test_nothing_known_is_an_empty_card() -> None:
    """No line stands there for no reason."""
    assert card_of(Facts([])).lines == ()


@pytest.mark.parametrize("origin", ORIGINS)
def test_how_they_like_it_goes_before_the_stage(origin) -> None:
    """Whoever said so; and the line says who it was."""
    held = facts(stage="understanding", wants_pace="quick", origins={"wants_pace": origin})
    card = card_of(held)
    assert "quick_conclusion" in names(held)
    assert "understanding_hear_out" not in names(held)
    (line,) = card.of("pace")
    assert (line.origin, line.rank) == (origin, origin)


def test_own_words_go_before_a_report_and_that_before_a_note() -> None:
    """And all of them before what is on record."""
    assert list(RANKS) == ["harm", *ORIGINS, "situation", "stage"]
    held = facts(attachment="avoidant", going_quiet=True, emotion="anxiety")
    levers = [line.rule.sets.get("contact") for line in card_of(held).lines]
    assert "more" not in levers


def test_anger_goes_before_their_usual_pace_and_says_so() -> None:
    """What it stands in place of is told, with who had said it."""
    held = facts(emotion="anger", wants_pace="quick")
    (line,) = card_of(held).of("pace")
    assert (line.rule.name, line.rank) == ("anger_half_a_beat_slower", "harm")
    assert line.over.rule.sets["pace"] == "quick"
    assert line.over.origin == "own_words"


def test_harm_never_goes_before_language_or_address() -> None:
    """Those stay as the person stated them."""
    held = facts(emotion="anger", repair=True, wants_form="first_name", wants_lang="en")
    assert {"first_name_as_asked", "english_as_asked"} <= set(names(held))


def test_while_something_waits_for_repair_the_stage_rests() -> None:
    """No cheerful opening beside an open complaint."""
    calm = names(facts(stage="maintenance", channel="face"))
    assert {"maintenance_shared_thread", "maintenance_by_name"} <= set(calm)
    hurt = names(facts(stage="maintenance", channel="face", repair=True, repair_next="explain"))
    assert not {"maintenance_shared_thread", "maintenance_by_name"} & set(hurt)
    assert "repair_explain" in hurt


def test_a_third_apology_never_stands_beside_the_advice_against_it() -> None:
    """Whatever else asks for one."""
    held = {"open_breach": "promise_broken", "repair_next": "acknowledge", "repair": True}
    assert "broken_first_words" in names(facts(**held))
    assert "broken_first_words" not in names(facts(**held, apologies_given=2))


@pytest.mark.parametrize("channel", ["face", "phone", "written"])
def test_what_is_seen_and_heard_depends_on_the_channel(channel) -> None:
    """Eyes only face to face; neither eyes nor voice in writing."""
    parts = {line.rule.part for line in card_of(facts(channel=channel, stage="building")).lines}
    spoken = {"greeting", "voice", "pauses"}
    expected = {"face": spoken | {"eyes"}, "phone": spoken, "written": set()}[channel]
    assert parts & (spoken | {"eyes"}) == expected


def test_the_hurt_is_spoken_of_first() -> None:
    """What to say of it stands before what suits their style; style keeps the parts that are its own."""
    held = facts(
        open_breach="complaint_opened", breach_dimension="ability", repair=True,
        repair_next="acknowledge", wants_pace="quick", wants_detail="short",
    )  # fmt: skip
    card = card_of(held)
    assert card.of("first")[0].rule.harms
    assert card.of("detail")[0].rule.name == "short_one_screen"
    assert card.of("pace")[0].rule.name == "quick_conclusion"


def test_a_short_card_keeps_what_to_say_and_what_not() -> None:
    """And how to steady; in the order of the whole card."""
    held = facts(emotion="anger", repair=True, stage="building", channel="phone", going_quiet=True)
    whole = card_of(held)
    short = whole.shortened(4)
    assert len(whole.lines) <= MOST
    assert len(short.lines) == 4
    assert {line.rule.part for line in short.lines} <= {"first", "avoid", "steady"}
    assert [x for x in whole.lines if x in short.lines] == list(short.lines)


def test_reasons_leave_out_how_one_is_in_touch_where_there_is_another() -> None:
    """Being on the phone is no reason beside anger."""
    held = facts(emotion="anger", channel="phone")
    lines = brought_up(held)
    assert any(len(line.held) == 2 for line in lines)
    for line in lines:
        assert len(line.reasons) == 1
        told = next((fact for fact in line.held if fact.name != "channel"), line.held[0])
        assert line.reasons == (told.reason,)
