"""Chats as people paste them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.ledger.intake.conftest import briefly, events_of, opened, refused
from troth.ledger.errors import UnreadableError
from troth.ledger.intake.chat_lines import is_when

ZONE = ZoneInfo("Asia/Shanghai")


def said(text: str, *staff: str) -> list[tuple[str, str, str]]:
    """Time, side and words of each message."""
    sheet = opened("chat.txt", text, staff=staff or ("李娜", "Li Na"))
    return [
        (
            datetime.fromtimestamp(e["t_us"] // 1_000_000, tz=ZONE).strftime("%Y-%m-%d %H:%M:%S"),
            e["speaker"],
            e["text"],
        )
        for e in events_of(sheet)
    ]


@pytest.mark.parametrize(
    ("head", "other"),
    [
        ("李娜 2026-03-05 14:02:00", "王芳 2026-03-05 14:03:00"),
        ("李娜 2026年3月5日 下午2:02", "王芳 2026年3月5日 14:03"),
        ("李娜 2026/3/5 14:02", "王芳 14:03"),
        ("2026年3月5日 下午2:02\n李娜:", "王芳 下午2:03"),
        ("—— 2026年3月5日 星期四 ——\n李娜 14:02", "王芳 14:03"),
        ("李娜  05 Mar 2026 2:02 PM", "王芳  05 Mar 2026 2:03 PM"),
    ],
)
def test_blocks_under_a_name_and_a_time(head: str, other: str) -> None:
    """A date holds until the next one; words may run over lines."""
    assert said(f"{head}\n您好，\n请问几点到？\n{other}\n三点。\n") == [
        ("2026-03-05 14:02:00", "staff", "您好，\n请问几点到？"),
        ("2026-03-05 14:03:00", "customer", "三点。"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[2026/3/5 14:02] Li Na: Hello\n[2026/3/5 14:03] Mary Stone: Hi: at 5\n",
        "2026/3/5 14:02 - Li Na: Hello\n2026/3/5 14:03 - Mary Stone: Hi: at 5\n",
        "【2026-03-05 14:02:00】Li Na：Hello\n【2026-03-05 14:03:00】Mary Stone：Hi: at 5\n",
    ],
)
def test_lines_with_the_time_in_front(text: str) -> None:
    """Brackets or a dash; a colon within the words stays there."""
    assert said(text) == [
        ("2026-03-05 14:02:00", "staff", "Hello"),
        ("2026-03-05 14:03:00", "customer", "Hi: at 5"),
    ]


def test_words_with_a_colon_begin_no_turn_where_times_do() -> None:
    """Only a known name may stand without its time."""
    text = "王芳 14:02\n备注：高楼层\n李娜: 好的\n地址: 中山路\n"
    assert [words for _, _, words in said(text)] == ["备注：高楼层", "好的\n地址: 中山路"]


def test_relative_days_are_counted_from_today() -> None:
    """Today is Friday, 15 January 2027, in Shanghai."""
    text = (
        "李娜 今天 09:00\na\n王芳 昨天 23:10\nb\n李娜 星期三 下午3:10\nc\n王芳 前天 01:00\nd\n"
        "李娜 Yesterday 2:02 PM\ne\n王芳 周五 08:00\nf\n"
    )
    assert sorted((words, when) for when, _, words in said(text)) == [
        ("a", "2027-01-15 09:00:00"),
        ("b", "2027-01-14 23:10:00"),
        ("c", "2027-01-13 15:10:00"),
        ("d", "2027-01-13 01:00:00"),
        ("e", "2027-01-14 14:02:00"),
        ("f", "2027-01-15 08:00:00"),
    ]


def test_without_any_time_the_order_stands() -> None:
    """On today's date, a microsecond apart."""
    sheet = opened("chat.txt", "李娜: 您好\n王芳：几点？\n李娜: 三点\n", staff=["李娜"])
    assert [text for (text,) in briefly(sheet, "text")] == ["您好", "几点？", "三点"]
    assert {when[:10] for when, _, _ in said("李娜: 您好\n王芳：几点？\n")} == {"2027-01-15"}


def test_where_nobody_is_staff_every_turn_is_refused() -> None:
    """And the reason names those who speak."""
    sheet = opened("chat.txt", "李娜: 您好\n王芳：几点？\n")
    assert [row for row, _, _ in refused(sheet)] == [1, 2]
    assert refused(sheet)[0][1:] == (
        "speaker",
        "nobody is known as staff; those found are 李娜, 王芳; say who of them is",
    )
    assert len(sheet.raw.table) == 0


def test_a_chat_with_several_on_one_side_is_not_guessed() -> None:
    """A customer among two of staff, staff among two customers."""
    two = opened("chat.txt", "李娜: a\n周敏: b\n王芳: c\n", staff=["李娜", "周敏"])
    assert [text for (text,) in briefly(two, "text")] == ["a", "b"]
    assert "several members of staff" in refused(two)[0][2]
    both = opened("chat.txt", "李娜: a\n张三: b\n王芳: c\n", staff=["李娜"])
    assert [text for (text,) in briefly(both, "text")] == ["b", "c"]
    assert "several customers" in refused(both)[0][2]


def test_what_stands_before_the_first_speaker_is_refused() -> None:
    """And so is a turn without words."""
    sheet = opened("chat.txt", "聊天记录如下\n李娜 14:02\n您好\n王芳 14:03\n", staff=["李娜"])
    assert refused(sheet) == [
        (1, "speaker", "stands before the first speaker, so it is not known who said it"),
        (4, "speaker", "has no words"),
    ]


def test_a_longer_paste_of_the_same_chat_repeats_what_it_shares() -> None:
    """Yesterday's part has the ids that it had."""
    short = "2026-03-05\n李娜 14:02\n您好\n王芳 14:03\n您好\n"
    ids = {i for (i,) in briefly(opened("chat.txt", short, staff=["李娜"]), "event_id")}
    longer = opened("chat.txt", short + "李娜 14:10\n再见\n", staff=["李娜"])
    assert ids < {i for (i,) in briefly(longer, "event_id")}


def test_a_time_ahead_is_refused_by_the_checks() -> None:
    """It is four in the afternoon."""
    sheet = opened("chat.txt", "李娜 今天 23:00\n您好\n王芳 09:00\n您好\n", staff=["李娜"])
    assert refused(sheet)[0][:2] == (1, "at")


def test_prose_is_no_chat() -> None:
    """Nobody is named as saying anything."""
    with pytest.raises(UnreadableError, match="holds no chat"):
        opened("chat.txt", "今天天气很好。\n我们去公园。\n", format="chat_text")


@pytest.mark.parametrize(
    "line", ["2026-03-05", "14:02", "昨天 14:02", "2026年3月5日 下午2:02", "2:02 PM"]
)
def test_times_alone(line: str) -> None:
    """A line that is nothing but a time."""
    assert is_when(line)


@pytest.mark.parametrize("line", ["", "3", "昨天", "14:02 见", "李娜 14:02", "房间 801", "1" * 500])
def test_no_times(line: str) -> None:
    """A line that says something else."""
    assert not is_when(line)
