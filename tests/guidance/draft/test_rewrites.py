"""A rewrite in the place of its words leaves a sentence that can be sent."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from troth.guidance.draft.review import review
from troth.guidance.draft.talk import Talk
from troth.reading.schema import CUSTOMER, Turn

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)


def rewritten(asked: str, text: str) -> str:
    """A draft with every rewrite in its place, the last first."""
    talk = Talk(said=(Turn(CUSTOMER, asked),), now=NOW)
    for remark in sorted(review(text, talk).remarks, key=lambda r: -r.start):
        text = text[: remark.start] + (remark.rewrite or "") + text[remark.end :]
    return text


@pytest.mark.parametrize(
    ("asked", "text", "better"),
    [
        ("Is my form fine?", "Please be advised that your form is fine.", "Your form is fine."),
        ("Can you help?", "We humbly request you to please do the needful.",
         "Please take care of it."),
        ("Is my room ready?", "Dear respected guest, your room is ready.",
         "Hello, your room is ready."),
        ("能换吗？", "我们很遗憾地通知您该商品不能换，您可以选别的颜色。",
         "很抱歉，该商品不能换，您可以选别的颜色。"),
        ("发票呢？", "我们在此抱歉地通知您，发票明天寄出。", "很抱歉，发票明天寄出。"),
        ("好了吗？", "特此通知您，维修已完成。", "和您说一下，维修已完成。"),
        ("Where is my refund?", "Level 2 support has it; you hear from me by noon.",
         "Our technical team has it; you hear from me by noon."),
        ("Nothing shows.", "It was an API timeout; the order shows again by noon.",
         "It was a slow answer from our system; the order shows again by noon."),
        ("订单没更新。", "系统侧同步延迟，今晚八点前恢复。", "系统更新慢了，今晚八点前恢复。"),
    ],
)  # fmt: skip
def test_the_rest_of_the_sentence_fits(asked, text, better):
    """Capitals, commas, articles and verbs agree with what stands around."""
    assert rewritten(asked, text) == better


def test_what_is_dropped_takes_the_next_word_along_whole():
    """The capital moves on to a word, and never cuts one."""
    text = "Please be advised that it ships today."
    talk = Talk(said=(Turn(CUSTOMER, "When will it ship?"),), now=NOW)
    (remark,) = review(text, talk).remarks
    assert (text[remark.start : remark.end], remark.rewrite) == ("Please be advised that it", "It")
