"""Whoever asked not to be rung is written to, or asked first; the draft says so with their words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from troth.guidance.draft.review import review
from troth.guidance.draft.talk import Talk
from troth.guidance.facts import Wish
from troth.people.known import Known, Note, Person
from troth.reading.schema import CUSTOMER, Turn

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)
MOMENT_US = int(NOW.timestamp() * 1e6)
NO_CALLS = (Wish("微信联系，上班时间不接电话", True, "李娜", 1),)


def rung(text, wishes=NO_CALLS, person=None):
    """Remarks on ringing in a draft."""
    talk = Talk(
        said=(Turn(CUSTOMER, "修好了吗？Is it repaired?"),), now=NOW, wishes=wishes,
        person=person or Person(),
    )  # fmt: skip
    return [remark for remark in review(text, talk).remarks if remark.kind == "rung"]


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("我明天十点给您打电话说结果。", "我明天十点给您发消息说结果。"),
        ("明天十点给你打电话说结果。", "明天十点给你发消息说结果。"),
        ("修好后我们电话通知您。", "修好后我们发消息通知您。"),
        ("I will call you by ten tomorrow.", "I will write to you by ten tomorrow."),
        ("The technician gives an hour, then I'll give you a call.",
         "The technician gives an hour, then I'll send you a message."),
    ],
)  # fmt: skip
def test_ringing_is_put_in_writing(text, better):
    """Its rewrite keeps the rest, and is itself not remarked on."""
    (remark,) = rung(text)
    assert remark.applied(text) == better
    assert NO_CALLS[0].what in remark.why("zh")
    assert NO_CALLS[0].what in remark.why("en")
    assert rung(better) == []


@pytest.mark.parametrize(
    "text",
    [
        "我不会给您打电话，十点前发消息。",
        "请问下午方便给您打电话吗？",
        "有事请打前台电话。",
        "We will not call you; I will write by ten.",
        "May we call you this afternoon?",
        "I call you Lily from now on.",
    ],
)
def test_other_words_on_calls_are_left_alone(text):
    """Not ringing, asking whether one may, their ringing us, and a name."""
    assert rung(text) == []


def test_only_where_they_asked_for_it():
    """Nothing on record, a wish that is over, or one overtaken since, bind nobody."""
    text = "我明天十点给您打电话说结果。"
    old = Note("need", "请不要打电话", "own_words", 1, "她", MOMENT_US - 1)
    still = Note("need", "请不要打电话", "own_words", 1, "她", MOMENT_US + 1)
    phone = Known("channel", "phone", "own_words", MOMENT_US - 5, "她", MOMENT_US + 5)
    assert rung(text, ()) == []
    assert rung(text, (), Person((), (old,))) == []
    assert len(rung(text, (), Person((), (still,)))) == 1
    assert rung(text, (Wish("不要打电话", True, "李娜", 1),), Person((phone,))) == []
