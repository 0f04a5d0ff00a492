"""Scores: worked by hand, restated slowly, and unmoved by what must not move them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles.questionnaires import KEYS, SHEETS
from tests.oracles.questionnaires import scores as slow_scores
from troth.content.questionnaires import questionnaires
from troth.people.known import WISHES
from troth.people.scoring import (
    AnswerError,
    check_answers,
    keyed_value,
    scale_scores,
)

ALL = questionnaires()


def sheet(name: str, answers: list[int | None]) -> dict[str, int]:
    """Answers by item, those skipped left out."""
    named = zip(ALL[name].items, answers, strict=True)
    return {item.name: value for item, value in named if value is not None}


@st.composite
def sheets(draw):
    """A questionnaire and one answer an item, some skipped."""
    name = draw(st.sampled_from(sorted(KEYS)))
    most = ALL[name].choices[-1].value
    size = len(ALL[name].items)
    answer = st.one_of(st.none(), st.integers(1, most))
    return name, draw(st.lists(answer, min_size=size, max_size=size))


@pytest.mark.parametrize("name", sorted(KEYS))
def test_scores_are_those_worked_by_hand(name):
    """One full sheet a questionnaire."""
    worked = SHEETS[name]
    assert scale_scores(ALL[name], sheet(name, worked["answers"])) == pytest.approx(
        worked["scores"], abs=5e-5
    )


def test_every_questionnaire_has_a_sheet_worked_by_hand():
    """A new one without it fails here."""
    assert set(SHEETS) == set(ALL)


@given(sheets())
def test_scores_are_those_of_the_published_key(drawn):
    """Also where answers are missing: half is enough, less gives no score."""
    name, answers = drawn
    slow = slow_scores(name, answers)
    found = scale_scores(ALL[name], sheet(name, answers))
    assert found.keys() == slow.keys()
    for scale, score in found.items():
        assert score == (None if slow[scale] is None else pytest.approx(slow[scale]))


@given(sheets())
def test_turning_every_answer_round_turns_the_score_round(drawn):
    """About the middle of the scale; and an item turned round twice is as before."""
    name, answers = drawn
    asked = ALL[name]
    both = asked.choices[0].value + asked.choices[-1].value
    turned = [None if value is None else both - value for value in answers]
    there, back = (scale_scores(asked, sheet(name, a)) for a in (answers, turned))
    for scale, score in there.items():
        assert (score is None) == (back[scale] is None)
        if score is not None:
            assert score + back[scale] == pytest.approx(both)
    for item in asked.items:
        for choice in asked.choices_of(item):
            once = keyed_value(asked, item, choice.value)
            assert keyed_value(asked, item, once) == choice.value


def test_a_sum_is_filled_up_to_all_items(monkeypatch):
    """Two of three answered count as three of the same mean."""
    kusiv3 = ALL["kusiv3"]
    scale = kusiv3.scales[0]
    summed = type(kusiv3)(
        **{**vars(kusiv3), "scales": (type(scale)(**{**vars(scale), "method": "sum"}),)}
    )
    assert scale_scores(summed, {"q1": 4, "q2": 2}) == {"trust_in_people": 12.0}
    assert scale_scores(summed, {"q1": 4}) == {"trust_in_people": None}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"q1": 6}, "q1: 6 is not one of 1 to 5"),
        ({"q1": 0}, "q1: 0 is not one of 1 to 5"),
        ({"q1": True}, "q1: True is not one of 1 to 5"),
        ({"q1": 3.0}, r"q1: 3\.0 is not one of 1 to 5"),
        ({"q9": 3}, "q9: 3 answers no item"),
    ],
)
def test_an_impossible_answer_is_named(answers, said):
    """With its item and value."""
    with pytest.raises(AnswerError, match=said) as caught:
        scale_scores(ALL["kusiv3"], answers)
    assert {caught.value.item: caught.value.value} == answers


def test_wishes_are_in_the_words_of_known():
    """Every answer there is says something that may be known, in the order of the worked sheet."""
    worked, asked = SHEETS["preference"], ALL["preference"]
    answers = sheet("preference", worked["answers"])
    check_answers(asked, answers)
    told = {}
    for item in asked.items:
        assert tuple(c.wish for c in asked.choices_of(item)) == WISHES[item.name]
        given = [c.wish for c in asked.choices_of(item) if answers.get(item.name) == c.value]
        if given:
            told[item.name] = given[0]
    assert told == worked["wishes"]
    with pytest.raises(AnswerError):
        check_answers(asked, {"channel": 5})
