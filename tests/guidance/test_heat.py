"""Heat on hard contacts: by signs of the contact, the tensest first, and no word on staff."""

from __future__ import annotations

import pytest

from tests.guidance.next.standing import case, row, standing
from troth.guidance.heat import SIGNS, Hard, hard_of, hottest_first, signs_of, to_share


def hard(truster, *signs, taker="s1"):
    return Hard(truster, "h", taker, signs)


@pytest.mark.parametrize(
    ("signs", "level", "variant"),
    [
        ((), "calm", "bad_news"),
        (("late",), "mild", "bad_news"),
        (("apologised", "late"), "warm", "mistake"),
        (("anger",), "warm", "anger"),
        (("threat",), "hot", "anger"),
        (("unanswered",), "warm", "bad_news"),
        (("reopened", "apologised"), "hot", "mistake"),
    ],
)
def test_level_and_routine_follow_from_the_signs(signs, level, variant):
    """A threat alone is hot; what is merely late needs care."""
    assert (hard("c", *signs).level, hard("c", *signs).variant) == (level, variant)


def test_more_signs_never_cool():
    """Any further sign leaves the level or raises it."""
    order = ["calm", "mild", "warm", "hot"]
    for sign in SIGNS:
        for other in SIGNS:
            both = hard("c", *{sign, other})
            assert order.index(both.level) >= order.index(hard("c", sign).level)


def test_faint_anger_is_no_sign():
    """It counts from two fifths on."""
    assert signs_of(anger=0.39) == ()
    assert signs_of(anger=0.4) == ("anger",)


def test_one_entry_a_customer_the_tensest_first():
    """A case and a late promise of the same customer are one contact; the calm are left out."""
    told = [hard("b", "late"), hard("a", "late"), hard("a", "anger"), hard("z")]
    found = hottest_first(told)
    assert [(one.truster, one.signs) for one in found] == [
        ("a", ("anger", "late")),
        ("b", ("late",)),
    ]


def test_sharing_is_proposed_in_order_of_id_and_not_of_load():
    """Two tense contacts are enough; ten count no more."""
    told = [hard(f"c{i}", "anger", taker="s2") for i in range(5)]
    told += [hard(f"d{i}", "anger", taker="s1") for i in range(2)]
    told += [hard(f"e{i}", "late", taker="s0") for i in range(5)]
    assert to_share(told) == ["s1", "s2"]


def test_one_customer_met_now():
    """An open case after an apology is hard; with nothing open it is not."""
    now = standing([row(1, 3, "message")], waiting=(case("complaint_reopened", "apology"),))
    now.situation.told.truster = "c"
    assert hard_of(now.situation).level == "hot"
    calm = standing([row(1, 3, "message")])
    calm.situation.told.truster = "c"
    assert hard_of(calm.situation).level == "calm"


@pytest.mark.parametrize(
    ("days", "done", "signs"),
    [(0.5, (), ()), (5, (), ("unanswered",)), (5, ("explanation",), ())],
)
def test_a_complaint_left_waiting_for_days_is_tense(days, done, signs):
    """Not on its first day, and not once somebody has reacted."""
    told = standing(waiting=(case("complaint_opened", *done, days_ago=days),)).situation
    assert hard_of(told).signs == signs
