"""The quiet budget: as the slow way counts it, and never two outreaches within a fortnight."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guidance.next.standing import DAY_US, NOW_US, attached, row, standing
from tests.oracles.outreach import may_reach_out, outreach_times
from troth.guidance.next.action import Decided
from troth.guidance.next.budget import ANSWER_DAYS, DAYS, budget_of, contacts_of, outreaches
from troth.guidance.next.choice import next_actions

KINDS = [
    "contact", "message", "review", "survey", "complaint_opened", "apology", "promise_made", "note",
    "smiled", "hand_over", "praise_passed_on",
]  # fmt: skip


@st.composite
def histories(draw):
    """Some months of events; of messages, some are ours."""
    days = draw(st.lists(st.integers(0, 100), max_size=14))
    rows = []
    for number, ago in enumerate(sorted(days, reverse=True)):
        ref = draw(st.sampled_from([None, None, "e0"]))
        rows.append(row(number, ago + 0.5, draw(st.sampled_from(KINDS)), ref=ref, outcome=0.95))
    written = [one["event_id"] for one in rows if one["kind"] == "message"]
    return rows, frozenset(name for name in written if draw(st.booleans()))


@settings(max_examples=150, deadline=None)
@given(histories())
def test_outreaches_are_those_the_slow_way_finds(history):
    """Unasked, by us, referring to nothing."""
    rows, ours = history
    assert outreaches(contacts_of(rows, ours)) == outreach_times(rows, ours)


@settings(max_examples=100, deadline=None)
@given(histories(), st.sampled_from(["first_contact", "understanding", "building"]), st.booleans())
def test_nobody_is_reached_out_to_twice_in_a_fortnight(history, stage, quiet):
    """Day by day, everything that is proposed is accepted: what spends the budget keeps its distance."""
    rows, ours = history
    decided = []
    for day in range(60, -1, -1):
        at = NOW_US - day * DAY_US
        told = [one for one in rows if one["t_us"] < at]
        now = standing(told, at_us=at, stage=stage, quiet=quiet, ours=ours, decided=decided)
        choice = next_actions(now)
        action = choice.best
        assert not action.held_by
        accepted = [one.t_us for one in decided if one.spends]
        assert choice.budget.spent != may_reach_out(told, ours, accepted, at)
        if action.spends:
            assert may_reach_out(told, ours, accepted, at), action
            assert not action.deed.owed
        decided.append(Decided(action.key, action.why.event_id, "accepted", at, action.spends))


def test_a_reply_within_three_days_is_no_outreach():
    """After three days it is one."""
    asked = row(1, 10, "message")
    soon, late = row(2, 10 - ANSWER_DAYS, "contact"), row(3, 9.9 - ANSWER_DAYS, "contact")
    assert outreaches(contacts_of([asked, soon], frozenset())) == []
    assert outreaches(contacts_of([asked, late], frozenset())) == [late["t_us"]]


def test_the_budget_is_free_again_to_the_day():
    """A fortnight after the last outreach, and not an hour before."""
    contacts = contacts_of([row(1, DAYS, "contact")], frozenset())
    assert not budget_of(contacts, (), NOW_US).spent
    assert budget_of(contacts, (), NOW_US - 1).free_us == NOW_US
    assert budget_of((), [NOW_US - DAY_US], NOW_US).spent, "what was agreed to counts at once"


def test_who_likes_room_gets_more_of_it_by_their_own_word_alone():
    """A colleague's impression changes nothing."""
    rows = [row(1, 20, "contact")]
    assert next_actions(standing(rows, person=attached("avoidant"))).budget.spent
    noted = attached("avoidant", "colleague_note")
    assert not next_actions(standing(rows, person=noted)).budget.spent
