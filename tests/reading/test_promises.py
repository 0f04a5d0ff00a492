"""Promises are drafted from what staff say: what, by when, and nothing that is no promise."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.test_due import TEXTS
from troth.reading.promise_candidates import promise_candidates
from troth.reading.promises import PromiseHit, find_promises

AT = datetime(2026, 6, 3, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@cache
def cases():
    """Our own sentences by language."""
    return yaml.safe_load((Path(__file__).parent / "promise_cases.yaml").read_text("utf-8"))


def by_grammar(text, at=AT):
    """Drafts from the hits that grammar finds."""
    return find_promises(text, promise_candidates(text), at)


def from_cue(text, *cues):
    """Drafts from hits where some words stand."""
    hits = [PromiseHit(text.index(cue), text.index(cue) + len(cue), 0.8) for cue in cues]
    return find_promises(text, hits, AT)


def written(due):
    """A due time as the cases write it."""
    return None if due is None else due.strftime("%m-%d %H:%M:%S")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_promises_with_their_times(lang):
    """On our own sentences, half of them traps, grammar alone finds promise and time with F1 over .95."""
    rows = cases()[lang]
    assert len(rows) >= 150
    right = wrong = missed = 0
    for say, *dues in rows:
        known = Counter(due and (due + ":00" if " " in due else due + " 23:59:59") for due in dues)
        found = Counter(written(draft.due_at) for draft in by_grammar(say))
        right += (known & found).total()
        wrong += (found - known).total()
        missed += (known - found).total()
    assert 2 * right / (2 * right + wrong + missed) >= 0.95


DELIVERABLES = [
    ("您好,给您添麻烦了,我今天下午三点前回复您", "回复您", "回复您"),
    ("今天下午三点前,我给您回复", "我给您回复", "给您回复"),
    ("我跟您保证,明天中午之前一定送到。", "跟您保证", "送到"),
    ("我们会在24小时内给您答复哈", "会在24小时内给您", "给您答复"),
    ("I'll call you back by 5pm tomorrow.", "I'll call you", "call you back"),
    ("We will certainly refund you within 3 days, thanks.", "We will", "refund you"),
    ("I'll call at 3:30 p.m. tomorrow and explain.", "I'll call", "call"),
]


@pytest.mark.parametrize(("text", "cue", "deed"), DELIVERABLES)
def test_the_deliverable_is_the_deed(text, cue, deed):
    """What will be done is cut from the text without its doer, its time and politeness."""
    (draft,) = from_cue(text, cue)
    assert draft.deliverable == deed
    assert draft.text == text[draft.start : draft.end]
    assert deed in draft.text


def test_a_draft_as_json():
    """A draft becomes JSON's own types, the due time in its zone."""
    text = "好的,我明天9点给您打电话。"
    assert from_cue(text, "给您打电话")[0].to_json() == {
        "start": 3, "end": 13, "text": "我明天9点给您打电话", "deliverable": "给您打电话",
        "due": "2026-06-04T09:00:00+08:00", "due_text": "明天9点", "strength": 0.8,
    }  # fmt: skip


def test_hits_of_one_promise_are_one():
    """Two cues of one sentence are one promise unless each has its own time."""
    (draft,) = from_cue("我马上核实,今天下班前给您答复。", "我马上核实", "给您答复")
    assert written(draft.due_at) == "06-03 18:00:00"
    two = from_cue(
        "I'll refund you today and I'll write to you by Friday.", "I'll refund", "I'll write"
    )
    assert [written(draft.due_at) for draft in two] == ["06-03 23:59:59", "06-05 23:59:59"]


def test_a_time_of_the_customers_is_not_due():
    """When they arrive, fly or wrote is no due time; the time of a condition is none either."""
    for text in (
        "I'll email the tickets for your flight at 5pm.",
        "您周五入住,我会给您留房。",
        "我会处理您昨天下午三点的投诉。",
        "I'll call you if it isn't there by Friday.",
    ):
        cue = "I'll" if text.isascii() else "我会"
        assert [draft.due_at for draft in from_cue(text, cue)] == [None]


def test_a_time_may_follow_as_a_sentence():
    """A sentence that is only a time, behind a promise without one, is its time."""
    (draft,) = from_cue("I'll fix this. By Friday.", "I'll fix")
    assert (draft.deliverable, draft.due_text) == ("fix this", "By Friday")


def test_habits_and_wishes_are_dropped():
    """A cue behind "usually" or 希望 promises nothing."""
    assert from_cue("我们一般会在24小时内给您回复", "会在24小时内给您") == []
    assert from_cue("I hope we will have it by Friday", "we will") == []


def test_a_promise_without_a_time_is_one():
    """A cue without any time is drafted, without a due time."""
    (draft,) = from_cue("Of course, I'll look into this for you.", "I'll")
    assert (draft.due_at, draft.due_text, draft.deliverable) == (
        None,
        None,
        "look into this for you",
    )


def test_no_hits_no_promises():
    """Without a hit nothing is drafted; grammar needs a time."""
    assert find_promises("I'll call you by 5", [], AT) == []
    assert promise_candidates("I'll look into it.") == []


@given(TEXTS, st.lists(st.tuples(st.integers(0, 70), st.integers(0, 9)), max_size=4))
def test_any_text_and_hits(text, places):
    """No text and no hits raise; drafts lie in the text, in order, and quote it."""
    hits = [PromiseHit(start, start + length, 0.5) for start, length in places]
    for found in (find_promises(text, hits, AT), by_grammar(text), by_grammar(text, None)):
        for draft in found:
            assert 0 <= draft.start <= draft.end <= len(text)
            assert draft.text == text[draft.start : draft.end]
            assert draft.deliverable in text
            assert 0 <= draft.strength <= 1
        assert [d.start for d in found] == sorted(d.start for d in found)


@given(st.sampled_from([say for say, *_ in cases()["zh"] + cases()["en"]]))
def test_a_neutral_sentence_changes_nothing(say):
    """A sentence about nothing in front or behind changes no promise."""
    told = [(draft.deliverable, draft.due_at) for draft in by_grammar(say)]
    for text in (f"您好。\n{say}", f"{say}\n谢谢您的来信。", f"Hello.\n{say}\nBest wishes."):
        assert [(draft.deliverable, draft.due_at) for draft in by_grammar(text)] == told


@pytest.mark.parametrize(
    "unit",
    ["我今天下午三点前回复您。", "我今天,", "一定会", "we will by 5pm ", "的", "“", "our a b "],
)
def test_long_messages_take_no_time_to_speak_of(unit):
    """Two hundred thousand characters are drafted in a few seconds, whatever they repeat."""
    import time

    text = unit * (200_000 // len(unit))
    hits = [PromiseHit(place, place + 2, 0.5) for place in range(0, len(text), 100)]
    begun = time.perf_counter()
    find_promises(text, [*promise_candidates(text), *hits], AT)
    assert time.perf_counter() - begun < 20
