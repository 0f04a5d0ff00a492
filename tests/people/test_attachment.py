"""Attachment: named only where one side clearly shows and the other does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.content.questionnaires import questionnaires
from troth.people.attachment import attachment_of
from troth.people.known import WISHES
from troth.people.scoring import scale_scores


def of(*answers: int) -> str:
    """The attachment of nine answers."""
    asked = questionnaires()["ecr_rs"]
    named = {item.name: value for item, value in zip(asked.items, answers, strict=True)}
    return attachment_of(scale_scores(asked, named))


def test_who_agrees_with_the_worries_is_anxious():
    """On the whole; a neutral answer to all three is not."""
    assert of(6, 5, 5, 6, 2, 2, 5, 5, 5) == "anxious"
    assert of(6, 5, 5, 6, 2, 2, 4, 4, 5) == ""


@given(
    st.lists(st.integers(1, 7), min_size=4, max_size=4),
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
)
def test_confiding_nothing_is_not_avoidance(four, two):
    """Hardly anybody confides in a receptionist: it takes agreeing to item 5 or 6 besides."""
    assert of(*four, *two, 1, 1, 1) == ""


def test_who_keeps_their_feelings_to_themselves_is_avoidant():
    """They disagree with leaning on somebody, and agree that they hide what they feel."""
    assert of(1, 1, 1, 1, 6, 6, 1, 2, 1) == "avoidant"


def test_both_at_once_give_none():
    """More news would press the one side, more room the other."""
    assert of(1, 1, 1, 1, 7, 7, 7, 7, 7) == ""


@pytest.mark.parametrize("missing", ["anxiety", "avoidance"])
def test_a_scale_without_a_score_says_nothing(missing):
    """The other one still may."""
    scores = {"anxiety": 6.5, "avoidance": 6.5} | {missing: None}
    assert attachment_of(scores) == {"anxiety": "avoidant", "avoidance": "anxious"}[missing]
    assert attachment_of({}) == ""


@given(st.floats(1, 7), st.floats(1, 7))
def test_only_words_that_may_be_known(anxiety, avoidance):
    """Whatever the scores."""
    assert attachment_of({"anxiety": anxiety, "avoidance": avoidance}) in (
        "",
        *WISHES["attachment"],
    )
