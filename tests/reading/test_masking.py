"""What leaves the house tells nobody who somebody is, and every character keeps its place."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.reading.masking import masked

HIDDEN = [
    ("请打13800138000找我", "13800138000"),
    ("call +44 20 7946 0958 please", "7946"),
    ("call (020) 7946-0958 please", "7946"),
    ("电话是１３８００１３８０００", "１３８"),
    ("身份证11010519491231002X", "1231002"),
    ("write to ann.holt@example.co.uk", "ann.holt"),
    ("see https://example.org/u/ann?t=1 for it", "example"),
    ("加我微信:annholt99", "annholt99"),
    ("find me at @annholt", "annholt"),
    ("我叫陈静，昨天入住的", "陈静"),
    ("你好，我是陈静。", "陈静"),
    ("陈女士您好", "陈"),
    ("刘建国先生的行李", "刘建国"),
    ("我姓欧，订了两间", "欧"),
    ("小陈，麻烦看一下", "陈"),
    ("收件人：陈静", "陈静"),
    ("Dear Ms Holt,", "Holt"),
    ("Hi Anna, thanks for waiting", "Anna"),
    ("my name is anna and I booked", "anna"),
    ("This is Anna-Maria O’Neill from the desk", "Neill"),
]


@pytest.mark.parametrize(("text", "who"), HIDDEN)
def test_names_and_numbers_are_hidden(text, who):
    """Nothing of them is left, and the length is the same."""
    found = masked(text)
    assert who not in found
    assert len(found) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "今天下午三点前回复您",
        "2026-03-09 15:00 之前",
        "退款 1,280 元，3到5天",
        "Dear Customer, we will call you by 5 pm on 9 March 2026",
        "Hi There, I am so sorry",
        "房间 1208 太吵了",
        "我叫了三次前台",
    ],
)
def test_what_the_reading_needs_stays(text):
    """Times, dates, sums and plain words are left as they are."""
    assert masked(text) == text


@given(st.text(max_size=200))
def test_every_character_keeps_its_place(text):
    """Any text, half pairs too, comes back as long, and fit to send."""
    found = masked(text)
    assert len(found) == len(text)
    found.encode()


@pytest.mark.parametrize(
    "part", ["a", "1 ", "a@", "a.", "微信", "我叫", "陈", "Hi A", "Mr A", "www.", "-"]
)
def test_no_text_takes_long(part):
    """Half a million characters of anything are done in a few seconds."""
    start = time.process_time()
    masked(part * (500_000 // len(part)))
    assert time.process_time() - start < 5
