"""A pasted thread is parted where it is one, and left whole where it only looks like one."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from troth.guidance.draft.review import review
from troth.guidance.draft.talk import Talk
from troth.guidance.draft.thread import turns_of

NOW = datetime(2026, 3, 9, 9, tzinfo=UTC)


def sides(text, staff=()):
    """Who says what, short."""
    return [f"{turn.speaker[0]}:{turn.text}" for turn in turns_of(text, staff)]


@pytest.mark.parametrize(
    ("text", "staff", "expected"),
    [
        ("客服：对不起。\n客户：还没好。", (), ["s:对不起。", "c:还没好。"]),
        ("Agent: Sorry.\nCustomer: Still broken.", (), ["s:Sorry.", "c:Still broken."]),
        ("李娜：马上到。\n陈女士：没到。", ("李娜",), ["s:马上到。", "c:没到。"]),
        ("Ann: Hi.\nBob: Hello.\nAnn: Broken.", (), ["c:Hi.", "s:Hello.", "c:Broken."]),
        ("李娜 10:02\n马上到。\n陈女士 10:05\n没到。\n陈女士 10:06\n快点。", ("李娜",),
         ["s:马上到。", "c:没到。", "c:快点。"]),
        ("客人：第一行\n第二行", (), ["c:第一行\n第二行"]),
        ("还没好。", (), ["c:还没好。"]),
        ("订单号：123\n问题：少了一件", (), ["c:订单号：123\n问题：少了一件"]),
        ("Service: the waiter ignored us.", (), ["c:Service: the waiter ignored us."]),
        ("Hello,\nAgent: they said sorry.", (), ["c:Hello,\nAgent: they said sorry."]),
        ("  \n", (), []),
    ],
)  # fmt: skip
def test_a_thread_is_parted_by_who_speaks(text, staff, expected):
    """By names of sides, by our own people's names, or by two who speak in turn."""
    assert sides(text, staff) == expected


@pytest.mark.parametrize(
    ("thread", "draft"),
    [
        ("客服：对不起。\n客户：还没好。\n客服：非常抱歉。\n客户：太差了！", "真的对不起。"),
        ("Agent: Sorry.\nCustomer: Still broken.\nAgent: I am very sorry.\nCustomer: This is awful!",
         "So sorry again."),
    ],
)  # fmt: skip
def test_apologies_inside_a_thread_count(thread, draft):
    """The third one is heard as the third, wherever the first two stand."""
    talk = Talk(said=tuple(turns_of(thread)), now=NOW)
    assert "third_apology" in {remark.kind for remark in review(draft, talk).remarks}
