"""The installed forecast follows what customers say last and what staff do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.reading.readings import turn_reading
from troth.content.forecast import forecast_weights
from troth.reading.forecast import forecast, turning_point
from troth.reading.message import read_messages
from troth.reading.schema import TARGETS, ActSpan, Turn

AT = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)


def foresee(*said, delay=timedelta(minutes=5)):
    turns = [Turn(speaker, text, AT + i * delay) for i, (speaker, text) in enumerate(said)]
    return forecast(
        turns,
        read_messages([t.text for t in turns], [t.speaker for t in turns], [t.at for t in turns]),
    )


def mean(found, target="satisfaction"):
    return sum(int(grade) * share for grade, share in found.distributions[target].items())


PROBLEM = ("customer", "空调坏了,房间太热")
ANSWER = ("staff", "工程师十分钟后到您房间维修")


def test_thanks_at_the_end_are_better_than_silence_and_that_than_anger():
    """What the customer says last moves every target."""
    glad = foresee(PROBLEM, ANSWER, ("customer", "修好了,谢谢"))
    silent = foresee(PROBLEM, ANSWER)
    angry = foresee(PROBLEM, ANSWER, ("customer", "气死我了,还是没人来"))
    for target in TARGETS:
        assert mean(glad, target) > mean(silent, target) > mean(angry, target)


def test_the_last_word_counts_more_than_the_first():
    """The same two messages in the other order leave another impression."""
    good, bad = ("customer", "谢谢,太好了"), ("customer", "太过分了,我要投诉")
    assert mean(foresee(bad, ANSWER, good)) > mean(foresee(good, ANSWER, bad))


def test_an_answer_is_better_than_none():
    """A message that nobody has answered weighs."""
    assert mean(foresee(PROBLEM, ("staff", "好的"))) > mean(foresee(PROBLEM))


def test_long_waits_and_repeats_weigh():
    """An answer after days is worse than at once; so is the same answer twice."""
    soon, late = (foresee(PROBLEM, ANSWER, delay=timedelta(hours=h)) for h in (0.1, 48))
    assert mean(soon) > mean(late)
    again = ("customer", "到底几点")
    other = ("staff", "现在已经在您门口了,麻烦开门")
    assert mean(foresee(PROBLEM, ANSWER, again, other)) > mean(
        foresee(PROBLEM, ANSWER, again, ANSWER)
    )


def test_the_turning_point_is_the_turn_after_which_it_fell_most():
    """A fit of anger in the middle is found; a dialogue that only gains has none."""
    fell = foresee(
        PROBLEM,
        ANSWER,
        ("customer", "谢谢"),
        ("staff", "不客气"),
        ("customer", "又坏了!气死我了,你们骗人"),
    )
    assert fell.turning_point == 4
    assert turning_point([0.2, 0.4, 0.6]) is None
    assert turning_point([]) is None
    assert turning_point([0.9]) is None


def test_an_empty_dialogue_is_forecast():
    """No turns leave the even outlook of an ordinary exchange."""
    found = forecast([], [])
    assert found.turns == ()
    assert found.turning_point is None
    assert abs(sum(found.distributions["solved"].values()) - 1) < 1e-12


@pytest.mark.parametrize("side", ["customer", "staff"])
def test_each_act_moves_the_forecast_the_way_its_weight_says(side):
    """More strength of an act moves the mean up where its weight is positive, else down."""
    for name, weight in forecast_weights().acts[side].items():
        found = []
        for strength in (0.3, 0.9):
            act = ActSpan(name, 0, 2, strength, "好的")
            reading = turn_reading("好的", acts=(act,), sentiment=None)
            found.append(mean(forecast([Turn(side, "好的")], [reading])))
        assert (found[1] - found[0]) * weight >= 0
        assert (found[1] != found[0]) == (weight != 0)
