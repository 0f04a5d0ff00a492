"""What is proposed: what is owed before what is kind, peace where neither, and nothing twice."""

from __future__ import annotations

import pytest

from tests.guidance.next.standing import DAY_US, NOW_US, attached, best, case, row, standing
from troth.guidance.next.action import Decided
from troth.guidance.next.choice import next_actions


def promised(hours):
    return row(1, 3, "promise_made", due_us=NOW_US + int(hours * DAY_US / 24))


@pytest.mark.parametrize(
    ("hours", "key"),
    [(-1, "call_late"), (5, "call_before"), (40, "keep_promise"), (200, "leave_in_peace")],
)
def test_a_promise_by_how_near_it_is(hours, key):
    """Late, today, soon; one of next week needs nothing yet."""
    assert best([promised(hours)]) == key


@pytest.mark.parametrize(
    ("done", "key"),
    [
        ((), "repair_acknowledge"),
        (("apology",), "repair_explain"),
        (("apology", "explanation"), "repair_remedy"),
        (("apology", "explanation", "compensation"), "repair_follow_through"),
    ],
)
def test_a_repair_step_by_step(done, key):
    """Acknowledge, explain, make amends, follow through."""
    assert best(waiting=(case("complaint_opened", *done),)) == key


def test_one_who_complains_again_gets_an_owner():
    """Rather than another apology."""
    assert best(waiting=(case("complaint_reopened", "apology"),)) == "repair_owner"


def test_an_unanswered_message_is_answered_even_where_the_budget_is_spent():
    """Their own words wait; whoever only says thanks waits for nothing."""
    rows = [row(1, 5, "contact"), row(2, 1, "message")]
    choice = next_actions(standing(rows))
    assert (choice.best.key, choice.best.spends) == ("answer_message", False)
    assert choice.budget.spent
    thanks = row(2, 1, "message", acts=(("thanks", "谢谢"),))
    assert best([rows[0], thanks]) == "leave_in_peace"
    assert best([*rows, row(3, 0.5, "message")], ours=frozenset(["e3"])) == "leave_in_peace"


def test_praise_is_thanked_for_once_and_passed_on():
    """To the colleague by whoever reads it first; never to oneself."""
    praise = row(1, 1, "review", outcome=1.0)
    assert best([praise]) == "thank_praise"
    thanked = [praise, row(2, 0.5, "contact")]
    assert best(thanked) == "pass_praise_on"
    assert best(thanked, me="s") == "leave_in_peace"
    assert best([*thanked, row(3, 0.2, "praise_passed_on", ref="e1")]) == "leave_in_peace"


def test_after_a_repair_one_asks_once_whether_it_is_settled():
    """Some days later; not the next day, and not where they have spoken since."""
    settled = [row(1, 5, "complaint_opened"), row(2, 3, "complaint_resolved", ref="e1")]
    assert best(settled) == "check_back"
    assert best([*settled, row(3, 1, "review", outcome=0.8)]) == "leave_in_peace"


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"quiet": True}, "keep_in_touch"),
        ({"stage": "understanding"}, "ask_need"),
        ({"stage": "understanding", "person": attached("anxious")}, "leave_in_peace"),
        ({"quiet": True, "rest_us": 5}, "leave_in_peace"),
    ],
)
def test_what_reaches_out_and_what_holds_it_back(more, key):
    """A word at their rhythm, a question while they are still little known; peace where so decided."""
    assert best([row(1, 60, "survey", outcome=0.8)], **more) == key


def test_the_one_who_takes_over_reads_first():
    """Until somebody of us has been in touch."""
    handed = row(1, 2, "hand_over", trustee="s2")
    assert best([handed]) == "read_hand_over"
    assert best([handed, row(2, 1, "smiled")]) == "leave_in_peace"


def test_the_anxious_hear_more_of_an_open_case_and_only_by_their_own_word():
    """It stands among what was considered, behind the step itself."""
    rows = [row(1, 6, "complaint_opened"), row(2, 5, "apology", ref="e1")]
    told = {"waiting": (case("complaint_opened", "apology"),)}
    keys = [a.key for a in next_actions(standing(rows, person=attached("anxious"), **told)).actions]
    assert keys[:2] == ["repair_explain", "update_case"]
    noted = attached("anxious", "inferred")
    keys = [a.key for a in next_actions(standing(rows, person=noted, **told)).actions]
    assert "update_case" not in keys


def test_a_decline_holds_for_a_fortnight_and_what_is_owed_comes_back_the_next_day():
    """Declining is heard; a debt is not forgotten for it."""

    def declined(key, event, days):
        return [Decided(key, event, "declined", NOW_US - int(days * DAY_US), False)]

    praise = [row(1, 2, "review", outcome=1.0)]
    choice = next_actions(standing(praise, decided=declined("thank_praise", "e1", 1), me="s"))
    assert choice.best.key == "leave_in_peace"
    assert {a.key: a.held_by for a in choice.others} == {"thank_praise": "declined"}
    late = [promised(-50)]
    choice = next_actions(standing(late, decided=declined("call_late", "e1", 1.5)))
    assert (choice.best.key, choice.best.held_by) == ("call_late", "")


def test_nobody_is_left_in_peace_with_a_debt_open():
    """What is owed and was declined stays in sight as declined; peace is held back and says why."""
    declined = [Decided("call_late", "e1", "declined", NOW_US - DAY_US // 2, False)]
    choice = next_actions(standing([promised(-50)], decided=declined))
    assert (choice.best.key, choice.best.held_by) == ("call_late", "declined")
    peace = next(a for a in choice.others if a.key == "leave_in_peace")
    assert (peace.why.how, peace.held_by) == ("owed_first", "owed")
    praise = row(2, 1, "review", outcome=1.0)
    assert best([promised(-50), praise], decided=declined) == "thank_praise"


def test_what_was_taken_back_counts_for_nothing():
    """Neither as a promise nor as an outreach."""
    rows = [promised(-5), row(2, 1, "correction", ref="e1"), row(3, 0.5, "contact")]
    rows.append(row(4, 0.4, "correction", ref="e3"))
    choice = next_actions(standing(rows))
    assert (choice.best.key, choice.budget.last_us) == ("leave_in_peace", None)
