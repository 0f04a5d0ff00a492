"""A group's answers: told from five on, in fives, and so coarsely that nobody is given away."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles.questionnaires import SHEETS
from troth.content.questionnaires import questionnaires
from troth.people.group import EDGE, LEAST, group_of

ASKED = questionnaires()["culture"]
people = st.lists(
    st.lists(st.integers(1, 5), min_size=12, max_size=12).map(
        lambda v: {item.name: value for item, value in zip(ASKED.items, v, strict=True)}
    ),
    max_size=17,
)


def agreeing(value: int) -> dict[str, int]:
    """A sheet whose every score is ``value``."""
    return {item.name: 6 - value if item.reversed else value for item in ASKED.items}


@given(people)
def test_only_whole_fives_are_told(sheets):
    """What came after the last whole five changes nothing until it is whole."""
    told = group_of(ASKED, sheets)
    assert told.count == len(sheets) // LEAST * LEAST
    assert told.count + LEAST - told.waiting == len(sheets)
    assert bool(told.scales) == (told.count > 0)
    assert told.scales == group_of(ASKED, sheets[: told.count]).scales


@given(people)
def test_order_within_what_is_told_does_not_matter(sheets):
    """No place in a list leads to anybody."""
    count = len(sheets) // LEAST * LEAST
    mixed = random.Random(7).sample(sheets[:count], count)
    assert group_of(ASKED, mixed) == group_of(ASKED, sheets[:count])


@pytest.mark.parametrize(("value", "shown"), [(1, 1.5), (5, 4.5)])
def test_a_unanimous_group_gives_nobody_away(value, shown):
    """A mean at an end stops short of it, so that no member is known to have ticked the last box."""
    nearly = {name: min(max(v, 2), 4) for name, v in agreeing(value).items()}
    told = group_of(ASKED, [agreeing(value)] * 5).scales["openness"]
    assert (told.mean, told.at_edge, told.spread) == (shown, True, "close")
    other = group_of(ASKED, [agreeing(value)] * 4 + [nearly]).scales["openness"]
    assert other == told


def test_means_and_spreads_are_those_worked_by_hand():
    """Two at 2, three at 4: mean 3.2, deviation .98; one at 1, one at 5, three at 3: 1.26."""
    told = group_of(ASKED, [agreeing(v) for v in (2, 2, 4, 4, 4)]).scales
    assert {(t.mean, t.at_edge, t.spread) for t in told.values()} == {(3.2, False, "mixed")}
    split = group_of(ASKED, [agreeing(v) for v in (1, 5, 3, 3, 3)]).scales["speaking_up"]
    assert (split.mean, split.spread) == (3.0, "split")
    named = dict(zip([i.name for i in ASKED.items], SHEETS["culture"]["answers"], strict=True))
    same = group_of(ASKED, [named] * 5).scales
    assert {name: t.mean for name, t in same.items()} == pytest.approx(
        SHEETS["culture"]["scores"], abs=0.05
    )


def test_a_sheet_with_too_few_answers_is_not_counted():
    """Else a scale could rest on fewer than five."""
    short = {item.name: 3 for item in ASKED.items if item.scale != "openness"}
    assert group_of(ASKED, [agreeing(3)] * 4 + [short]).scales == {}
    assert group_of(ASKED, [agreeing(3)] * 4 + [short, agreeing(3)]).count == LEAST


def test_means_stay_off_both_ends():
    """Whatever is answered."""
    assert ASKED.choices[0].value + EDGE == 1.5
    for value in range(1, 6):
        told = group_of(ASKED, [agreeing(value)] * 10).scales.values()
        assert all(1.5 <= t.mean <= 4.5 for t in told)
