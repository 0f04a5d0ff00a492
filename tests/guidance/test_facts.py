"""Facts a card speaks to: from the ledger, from words, from what people stated; each with its reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.guidance.situations import CALM, HURT, known, message, person, situation
from troth.guidance.breaches import OpenBreach
from troth.guidance.facts import DAY_US, Fact, Facts, Reason, Wish, facts_of
from troth.guidance.facts_of_messages import facts_of_messages, sentence_with, strongest
from troth.guidance.standing import Deed
from troth.people.known import Note, Person


def row(name: str, kind: str, days: float, **more):
    """An event of the calm guest's, some days ago."""
    at_us = situation().told.at_us
    return {
        "event_id": name, "t_us": at_us - int(days * DAY_US), "truster": CALM[0], "trustee": "li",
        "organisation": CALM[1], "kind": kind, "outcome": None, "ref": None, "due_us": None,
        "text": None, **more,
    }  # fmt: skip


def of(*rows, **more) -> Facts:
    """Facts where nothing but some events is on record."""
    return facts_of(replace(situation(), rows=rows, waiting=(), **more))


def test_an_open_breach_is_told_with_its_words_and_what_comes_next() -> None:
    """Its kind, what it hurt most, and the step that repair has reached."""
    facts = facts_of(situation(HURT))
    case = situation(HURT).waiting[0]
    (breach,) = facts.of("open_breach")
    assert (breach.value, breach.reason.event_id) == (case.kind, case.event_id)
    assert breach.reason.text == case.text
    assert facts.meets("repair", True).reason.event_id == case.event_id
    assert facts.value("repair_next") == "remedy"
    assert facts.of("repair_next")[0].reason.kind == "complaint_answered"
    assert facts.value("stage") == situation(HURT).told.stage


@pytest.mark.parametrize(
    ("done", "step"),
    [
        ((), "acknowledge"),
        (("apology",), "explain"),
        (("explanation",), "remedy"),
        (("apology", "compensation"), "follow_through"),
        (("compensation", "promise_made"), "follow_through"),
    ],
)
def test_repair_goes_step_by_step(done, step) -> None:
    """Acknowledge, explain, remedy, follow through; the furthest step counts, and is the reason."""
    case = situation(HURT).waiting[0]
    steps = tuple(Deed(f"s{i}", kind, case.since_us + i, "li", None) for i, kind in enumerate(done))
    facts = facts_of(replace(situation(HURT), waiting=[replace(case, steps=steps)]))
    assert facts.value("repair_next") == step
    reason = facts.of("repair_next")[0].reason
    assert reason.event_id == (case.event_id if not done else reason.event_id)
    assert reason.kind in {*done, case.kind} - {"promise_made"}


def test_apologies_count_since_the_breach() -> None:
    """An older one is for an older matter."""
    case = OpenBreach("b", "b", "promise_broken", CALM[0], "li", CALM[1], 0, None, ())
    since = replace(case, since_us=row("x", "note", 5)["t_us"])
    rows = [row("a", "apology", 9), row("b", "apology", 3), row("c", "apology", 2)]
    facts = facts_of(replace(situation(), rows=rows, waiting=[since]))
    assert facts.value("apologies_given") == 2
    assert facts.meets("apologies_given", 2)
    assert facts.meets("apologies_given", 3) is None
    assert facts.of("apologies_given")[0].reason.count == 2


def test_promises_wait_until_they_end() -> None:
    """Overdue, due today, or merely open; kept ones are none."""
    at_us = situation().told.at_us
    made = row("p", "promise_made", 3, due_us=at_us - 9, text="I'll call.")
    facts = of(made)
    assert facts.value("promise_overdue")
    assert facts.of("promise_open")[0].reason.text == "I'll call."
    assert of({**made, "due_us": at_us + 10**6}).value("promise_due_today")
    assert of({**made, "due_us": None}).of("promise_open")[0].reason.how == "promise_undated"
    kept = row("k", "promise_kept", 1, ref="p")
    assert of(made, kept).value("promise_open") is None


def test_what_was_taken_back_tells_nothing() -> None:
    """Nor does what is long past."""
    missed = row("m", "preference_missed", 3)
    assert of(missed).value("lately") == "preference_missed"
    assert of(missed, row("c", "correction", 1, ref="m")).value("lately") is None
    assert of({**missed, "t_us": 0}).value("lately") is None


def test_who_meets_whom() -> None:
    """A first meeting where the reader was never there; a hand-over where one was noted."""
    touch = row("t", "contact", 3)
    assert of(touch, me="wang").value("first_meeting")
    assert of(touch, me="li").value("first_meeting") is None
    assert of(touch).value("first_meeting") is None
    assert of(touch, row("h", "hand_over", 2, text="to Wang")).value("handed_over")


def test_the_latest_feeling_counts() -> None:
    """An older anger is over once thanks came; what is two weeks old is not of the moment."""
    angry = message("三次了！", 2, emotions={"anger": 0.8})
    glad = message("谢谢", 1, emotions={"gratitude": 0.5})
    at_us = situation().told.at_us
    assert [f.value for f in facts_of_messages([glad, angry], at_us)] == ["gratitude"]
    (fact,) = facts_of_messages([angry], at_us)
    assert (fact.value, fact.reason.text) == ("anger", "三次了！")
    assert list(facts_of_messages([replace(angry, t_us=at_us - 15 * DAY_US)], at_us)) == []
    assert list(facts_of_messages([message("嗯", emotions={"anger": 0.2})], at_us)) == []


def test_of_equal_feelings_the_graver_counts() -> None:
    """Where a message shows two of one strength."""
    assert strongest(message("x", emotions={"joy": 0.5, "anger": 0.5})) == "anger"
    assert strongest(message("x")) == ""


def test_what_they_say_is_quoted_by_the_sentence() -> None:
    """The one in which the words stand that show it."""
    said = message(
        "您好。单号还没有收到！急。", acts=(("unsolved", "没有收到"), ("greeting", "您好"))
    )
    (fact,) = facts_of_messages([said], situation().told.at_us)
    assert (fact.name, fact.value) == ("said", "unsolved")
    assert fact.reason.text == "单号还没有收到！"
    assert sentence_with("elsewhere", "Not here.") == "elsewhere"
    assert sentence_with("3.5", "It was 3.5 km. Far.") == "It was 3.5 km."


def test_statements_are_facts_with_who_said_so() -> None:
    """The most telling origin counts; what has run out does not."""
    both = person(
        known("pace", "quick", "colleague_note"), known("pace", "steady", "own_words"),
        known("detail", "short", "own_words", days_left=-1), known("detail", "full", "self_report"),
    )  # fmt: skip
    facts = facts_of(situation(person=both))
    assert facts.value("wants_pace") == "steady"
    assert facts.value("wants_detail") == "full"
    assert facts.of("wants_pace")[0].reason.origin == "own_words"


@pytest.mark.parametrize("origin", ["colleague_note", "inferred"])
def test_closeness_and_language_are_never_taken_from_others(origin) -> None:
    """Nobody else's note or guess becomes such a fact, even where it is all there is."""
    told = person(known("attachment", "anxious", origin), known("lang", "en", origin))
    facts = facts_of(situation(person=told))
    assert facts.of("attachment") == facts.of("wants_lang") == []
    stated = known("attachment", "avoidant", "self_report")
    assert (
        facts_of(situation(person=Person((*told.known, stated)))).value("attachment") == "avoidant"
    )


def test_the_readers_own_style_is_their_own_report_alone() -> None:
    """And notes and wishes keep who noted them."""
    staff = person(known("pace", "quick", "self_report"), known("focus", "task", "colleague_note"))
    note = Note("need", "a quiet room", "own_words", 1, "Li Na", 2**62)
    liked = [Wish("高楼层", True, "李娜", 1), Wish("香薰", False, "李娜", 2)]
    facts = facts_of(
        replace(situation(), staff=staff, person=Person((), (note,)), wishes=liked, quiet=True)
    )
    assert (facts.value("staff_pace"), facts.value("staff_focus")) == ("quick", None)
    assert facts.of("noted")[0].reason.text == "a quiet room"
    assert facts.of("dislikes")[0].reason.text == "香薰"
    assert facts.value("going_quiet")
    assert facts.value("channel") == "written"


@pytest.mark.parametrize(
    ("fact", "problem"),
    [
        (Fact("mood", True, Reason("event")), "unknown fact 'mood'"),
        (Fact("stage", "repair", Reason("event")), "stage cannot be 'repair'"),
        (Fact("attachment", "anxious", Reason("stated")), "cannot rest on 'nobody'"),
        (
            Fact("attachment", "anxious", Reason("stated", origin="inferred")),
            "attachment cannot rest on 'inferred'",
        ),
    ],
)
def test_a_slip_is_refused(fact, problem) -> None:
    """Or it would silence its rules, or let in what nobody consented to."""
    with pytest.raises(ValueError, match=problem):
        Facts([fact])
