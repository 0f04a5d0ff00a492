"""Labels for training: scores and distributions by dialogue, shares and acts by turn."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.reading.dialogues import Terms, dialogue_of
from troth.reading.labels import labels_of
from troth.reading.schema import GRADES
from troth.reading.wrong import WrongLineError


@given(st.floats(-2, 2))
def test_a_score_becomes_a_distribution_of_the_same_mean(score):
    """It sums to 1, over two grades at most."""
    found = labels_of({"solved": score, "turns": []})["solved"]
    assert sum(found.values()) == pytest.approx(1)
    assert sum(int(grade) * share for grade, share in found.items()) == pytest.approx(score)
    assert sum(share > 0 for share in found.values()) <= 2


def test_counts_and_shares_say_the_same():
    """A distribution is brought to sum to 1; a grade that nobody gave may be left out."""
    counts = labels_of({"effectiveness": {"1": 3, "2": 1}, "turns": []})
    assert counts["effectiveness"] == dict(zip(GRADES, (0, 0, 0, 0.75, 0.25), strict=True))


def test_turns_have_labels_of_their_own():
    """A share, or stars as a distribution; acts by name or as the reader writes them."""
    turns = [
        {"satisfaction": 1},
        {"satisfaction": {"1": 1, "3": 1}},
        {"acts": ["apology", {"act": "promise", "start": 0}, "apology"]},
        {"satisfaction": None},
    ]
    assert labels_of({"turns": turns}) == {
        "turns": [
            {"satisfaction": 1.0},
            {"satisfaction": 0.25},
            {"acts": ["apology", "promise"]},
            {},
        ]
    }


def test_what_was_not_rated_is_absent():
    """No labels, no keys."""
    assert labels_of({"satisfaction": None, "turns": [{}]}) == {}


WRONG = [
    ({"satisfaction": 3}, "satisfaction"),
    ({"satisfaction": "good"}, "satisfaction"),
    ({"satisfaction": True}, "satisfaction"),
    ({"satisfaction": 10**400}, "satisfaction"),
    ({"solved": {}}, "solved"),
    ({"solved": {"3": 1}}, "solved"),
    ({"solved": {"1": 0}}, "solved"),
    ({"solved": {"1": -1, "2": 3}}, "solved"),
    ({"solved": {"1": "many"}}, "solved.1"),
    ({"turns": [{}, {"satisfaction": 4}]}, "turns[1].satisfaction"),
    ({"turns": [{"satisfaction": {"0": 1}}]}, "turns[0].satisfaction"),
    ({"turns": [{"acts": "apology"}]}, "turns[0].acts"),
    ({"turns": [{"acts": ["appology"]}]}, "turns[0].acts"),
    ({"turns": [{"acts": [{"name": "apology"}]}]}, "turns[0].acts"),
]


@pytest.mark.parametrize(("record", "column"), WRONG)
def test_a_wrong_label_is_told(record, column):
    """With the field at fault; nothing is guessed."""
    with pytest.raises(WrongLineError) as told:
        labels_of({"turns": []} | record)
    assert told.value.column == column


def test_a_slip_in_a_name_gets_a_hint():
    """The nearest act is named."""
    with pytest.raises(WrongLineError, match="apology"):
        labels_of({"turns": [{"acts": ["appology"]}]})


def test_labels_matter_only_to_training():
    """A file with odd labels can be read, and cannot be trained on."""
    line = json.dumps({"id": "x", "turns": [], "satisfaction": "great"}).encode()
    assert dialogue_of(line, Terms()).labels == {}
    with pytest.raises(WrongLineError):
        dialogue_of(line, Terms(labelled=True))
