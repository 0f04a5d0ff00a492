"""Times are found where they are meant, resolved by the convention, and never where digits only look so."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.reading.due import MOST, find_dues

#: A Wednesday.
AT = datetime(2026, 6, 3, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
LAST = " 23:59:59"

RESOLVED = [
    ("今天下午三点前回复您", "06-03 15:00:00"),
    ("三点半", "06-03 15:30:00"),
    ("十五分钟内", "06-03 10:15:00"),
    ("两天内", "06-05 10:00:00"),
    ("二十四小时内", "06-04 10:00:00"),
    ("两个半小时后", "06-03 12:30:00"),
    ("一刻钟之内", "06-03 10:15:00"),
    ("1-3个工作日", "06-08" + LAST),
    ("三到五天内", "06-08 10:00:00"),
    ("一两天内", "06-05 10:00:00"),
    ("下周一上午十点前", "06-08 10:00:00"),
    ("今晚8点", "06-03 20:00:00"),
    ("明早", "06-04 09:00:00"),
    ("后天中午", "06-05 13:00:00"),
    ("周五下班前", "06-05 18:00:00"),
    ("周三之前", "06-03" + LAST),
    ("本周五", "06-05" + LAST),
    ("下周内", "06-14" + LAST),
    ("周末前", "06-05" + LAST),
    ("周末", "06-07" + LAST),
    ("月底", "06-30" + LAST),
    ("18号之前", "06-18" + LAST),
    ("2号之前", "07-02" + LAST),
    ("6月3日", "06-03" + LAST),
    ("下个月5号", "07-05" + LAST),
    ("今晚12点前", "06-04 00:00:00"),
    ("凌晨两点", "06-04 02:00:00"),
    ("中午十二点", "06-03 12:00:00"),
    ("下午一点前", "06-03 13:00:00"),
    ("明天一点给您打", "06-04 13:00:00"),
    ("三四点", "06-03 16:00:00"),
    ("下午两点到四点", "06-03 16:00:00"),
    ("上午10点到下午2点", "06-03 14:00:00"),
    ("周五(6月5号)晚上八点", "06-05 20:00:00"),
    ("明天3pm前", "06-04 15:00:00"),
    ("今天15:00前", "06-03 15:00:00"),
    ("２４小时内", "06-04 10:00:00"),
    ("下個星期三", "06-10" + LAST),
    ("by 5pm tomorrow", "06-04 17:00:00"),
    ("tomorrow by 5pm", "06-04 17:00:00"),
    ("at 3:30 p.m.", "06-03 15:30:00"),
    ("by 15:00", "06-03 15:00:00"),
    ("5 o'clock", "06-03 17:00:00"),
    ("by 5.", "06-03 17:00:00"),
    ("at half past three", "06-03 15:30:00"),
    ("by ten to five", "06-03 16:50:00"),
    ("by half four", "06-03 16:30:00"),
    ("by noon", "06-03 13:00:00"),
    ("before midnight", "06-04 00:00:00"),
    ("between 2 and 4 pm", "06-03 16:00:00"),
    ("in half an hour", "06-03 10:30:00"),
    ("within the hour", "06-03 11:00:00"),
    ("in an hour and a half", "06-03 11:30:00"),
    ("in a couple of hours", "06-03 12:00:00"),
    ("in a day or two", "06-05 10:00:00"),
    ("within three (3) business days", "06-08" + LAST),
    ("within 24 hours", "06-04 10:00:00"),
    ("in two weeks' time", "06-17 10:00:00"),
    ("by Friday", "06-05" + LAST),
    ("by Wednesday", "06-03" + LAST),
    ("this Friday", "06-05" + LAST),
    ("next Monday", "06-08" + LAST),
    ("Friday next week", "06-12" + LAST),
    ("by the end of next week", "06-12" + LAST),
    ("next week", "06-14" + LAST),
    ("by the end of the month", "06-30" + LAST),
    ("by COB Friday", "06-05 18:00:00"),
    ("by the end of the day", "06-03 18:00:00"),
    ("first thing tomorrow", "06-04 09:00:00"),
    ("tomorrow morning", "06-04 12:00:00"),
    ("this evening", "06-03 20:00:00"),
    ("tonight", "06-03" + LAST),
    ("June 3rd", "06-03" + LAST),
    ("3 June", "06-03" + LAST),
    ("by the 18th", "06-18" + LAST),
    ("on 25/12", "12-25" + LAST),
    ("by 2026-06-10", "06-10" + LAST),
]

NO_TIME = [
    "房间1208,价格158元,电话13800138000,订单号20260603001,评分4.8分",
    "有一点小问题,快一点,早一点,差一点,一点也不麻烦",
    "一天到晚忙,三天两头来",
    "我们有三点建议,第一点最重要",
    "您住8号楼,在5号桌用餐,坐2号线",
    "昨天下午三点,上周五,三天前,刚才,去年6月3日前天",
    "每天下午三点,每周五,平时",
    "上午好,晚上好,下午茶,早餐",
    "等了三天了,已经半小时了",
    "下次来玩,上次很好,周到的服务",
    "一次性用品,二楼,三位客人,四件套",
    "room 408, $45.50, +44 20 7946 0958, order 20260603001, rated 9/10, 4.8 stars",
    "one second, you may, now and then, once a day, 24/7",
    "yesterday at 5pm, last Friday, three days ago, a week ago",
    "every day at 3pm, each Monday, daily, on Fridays",
    "good morning, good afternoon, Black Friday, happy Friday",
    "for 3 nights, a 2 hour walk, 10% off, 5 points",
    "on the 5th floor, the second room, 03/06, 1/2",
    "the sun was out, we sat down, they wed, mon ami",
]


def only(text, at=AT):
    """The one time of a text, as text."""
    (due,) = find_dues(text, at)
    assert text[due.start : due.end] == due.text
    return due.due_at.strftime("%m-%d %H:%M:%S")


@pytest.mark.parametrize(("text", "expected"), RESOLVED)
def test_times_follow_the_convention(text, expected):
    """Each wording is one time, and the latest moment it names is the convention's."""
    assert only(text) == expected


@pytest.mark.parametrize("text", NO_TIME)
def test_what_is_no_time_to_come_is_left_alone(text):
    """Prices, numbers, idioms, greetings, the past and what comes every day are no times."""
    assert find_dues(text, AT) == []


def test_deadline_words_belong_to_the_span():
    """The words that make a time a deadline are part of it, in both languages."""
    assert find_dues("请放心,最晚明天中午之前给您", AT)[0].text == "最晚明天中午之前"
    assert find_dues("I'll call by Friday at the latest.", AT)[0].text == "by Friday at the latest"


def test_several_times_stand_in_order():
    """Times that are not one stay apart."""
    found = find_dues("I'll refund you today and ship a new one by Friday.", AT)
    assert [due.text for due in found] == ["today", "by Friday"]
    found = find_dues("今天退款,明天上午补发", AT)
    assert [due.text for due in found] == ["今天", "明天上午"]


def test_vague_times_have_no_moment():
    """马上 and "soon" are times of kind vague, without a moment."""
    for text in ("马上给您办", "稍后联系您", "soon", "as soon as possible", "in a few minutes"):
        (due,) = find_dues(text, AT)
        assert (due.due_at, due.kind, due.precision) == (None, "vague", "none")


def test_without_its_own_time_a_message_names_no_moment():
    """Where it is not known when a message was said, times are found but not resolved."""
    (due,) = find_dues("by 5pm tomorrow", None)
    assert due.due_at is None
    assert due.kind == "clock"


def test_a_bare_hour_is_the_next_one():
    """三点前 said at 10 is 15:00; said at 16:00 it is three at night."""
    assert only("三点前") == "06-03 15:00:00"
    assert only("三点前", AT.replace(hour=16)) == "06-04 03:00:00"
    assert only("by 9", AT.replace(hour=20)) == "06-03 21:00:00"


def test_parts_of_a_day_come_round():
    """Said when it is over, a part of the day is tomorrow's, unless today was named."""
    late = AT.replace(hour=19)
    assert only("下午给您", late) == "06-04 18:00:00"
    assert only("今天下午", late) == "06-03 18:00:00"


def test_working_days_skip_the_weekend():
    """One working day after Friday is Monday."""
    assert only("1个工作日内", AT.replace(day=5)) == "06-08" + LAST


def test_hours_count_through_a_change_of_clocks():
    """24 hours are 24 hours, one day is the same time of the next day."""
    at = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/London"))
    assert only("within 24 hours", at) == "03-29 13:00:00"
    assert only("within 1 day", at) == "03-29 12:00:00"


def test_the_calendar_ends():
    """A time beyond the calendar is found and has no moment."""
    at = datetime(9999, 12, 31, 12, tzinfo=UTC)
    for text in ("明天", "within 9999 days", "9999个工作日内", "下个月", "next month", "周一"):
        (due,) = find_dues(text, at)
        assert due.due_at is None


PIECES = st.sampled_from([
    "今天", "明", "后天", "下午", "三点", "半", "前", "内", "周", "五", "下", "个", "工作日",
    "18", "号", "月", ":",
    "15:00", "by", "5", "pm", "tomorrow", "in", "half", "an", "hour", "Friday", "June", "3rd",
    "the", "end", "of", "day", "next", "week", "-", "到", "between", "and", "(", ")", ",", ".",
    "\n", "一点", "\ud83d", "😀", "３", "十", "零", "24/7", "2026-06-31", "2月30日", "29th", "Feb",
    "0点", "25点", "99:99", "after", "小时", "days",
])  # fmt: skip
TEXTS = st.one_of(
    st.text(st.characters(), max_size=60),
    st.lists(PIECES, max_size=14).map(" ".join),
    st.lists(PIECES, max_size=14).map("".join),
)
MOMENTS = st.datetimes(timezones=st.sampled_from([UTC, AT.tzinfo, ZoneInfo("America/New_York")]))


@given(TEXTS, MOMENTS)
def test_any_text_can_be_read(text, at):
    """No text and no moment raises; spans are inside, in order, and apart; the zone is the message's."""
    place = 0
    for due in find_dues(text, at):
        assert place <= due.start < due.end <= len(text)
        assert due.text == text[due.start : due.end]
        assert due.due_at is None or due.due_at.tzinfo is at.tzinfo
        place = due.end


@given(TEXTS)
def test_the_moment_changes_no_span(text):
    """Where times stand does not depend on when the text was said."""
    spans = [(due.start, due.end, due.kind) for due in find_dues(text, AT)]
    assert spans == [(due.start, due.end, due.kind) for due in find_dues(text, None)]


@given(st.integers(1, 300), st.sampled_from(["分钟内", "小时内", " minutes", " hours"]))
def test_spans_add_up(count, unit):
    """N minutes or hours are N minutes or hours."""
    step = timedelta(hours=count) if unit[-3:] in ("小时内", "urs") else timedelta(minutes=count)
    (due,) = find_dues(f"within {count}{unit}" if unit[0] == " " else f"{count}{unit}", AT)
    assert due.due_at - AT == step


@pytest.mark.parametrize(
    "text",
    ["我今天下午三点前回复您。" * 80_000, "I'll call you by 5pm tomorrow. " * 33_000, "一" * 10**6,
     "1" * 10**6, "三点" * 500_000, "in " * 333_000, " " * 10**6, "by 5" + " " * 10**6],
    ids=["zh", "en", "numerals", "digits", "clocks", "in", "blanks", "gap"],
)  # fmt: skip
def test_a_megabyte_is_no_trouble(text):
    """A million characters are read in a few seconds on any machine, whatever they are."""
    begun = time.perf_counter()
    assert len(find_dues(text[: 10**6], AT)) <= MOST
    assert time.perf_counter() - begun < 10
