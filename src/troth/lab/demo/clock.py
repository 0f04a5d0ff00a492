"""Times as the demo's people keep and say them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

OPENS, CLOSES = 8, 21
_ZH_DAYS = "一二三四五六日"
_ZH_HOURS = ("十二", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一")
_EN_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def say_time(moment: datetime, now: datetime, lang: str) -> str:
    """Say a moment as somebody speaking at ``now`` would.

    Args:
        moment: local time that is spoken of.
        now: local time of speaking, in the same zone.
        lang: "zh" or "en".

    Returns:
        For example ``今天下午三点`` or ``3 pm today``.
    """
    if lang == "zh":
        return _zh_day(moment, now) + _zh_clock(moment)
    return f"{_en_clock(moment)} {_en_day(moment, now)}"


def _zh_day(moment: datetime, now: datetime) -> str:
    days = (moment.date() - now.date()).days
    near = {-2: "前天", -1: "昨天", 0: "今天", 1: "明天", 2: "后天"}
    if days in near:
        return near[days]
    if 2 < days < 7 and now.weekday() >= 5:
        # On a weekend the coming days are already called by their plain names.
        return f"周{_ZH_DAYS[moment.weekday()]}"
    mondays = [day.date() - timedelta(days=day.weekday()) for day in (now, moment)]
    week = {-7: "上周", 0: "周", 7: "下周"}.get((mondays[1] - mondays[0]).days)
    return f"{week}{_ZH_DAYS[moment.weekday()]}" if week else f"{moment.month}月{moment.day}日"


def _zh_clock(moment: datetime) -> str:
    hour = moment.hour
    parts = ((5, "凌晨"), (9, "早上"), (12, "上午"), (13, "中午"), (19, "下午"), (24, "晚上"))
    part = next(name for end, name in parts if hour < end)
    if moment.minute in {0, 30}:
        return f"{part}{_ZH_HOURS[hour % 12]}点{'半' if moment.minute else ''}"
    return f"{part}{(hour - 1) % 12 + 1}:{moment.minute:02d}"


def _en_day(moment: datetime, now: datetime) -> str:
    days = (moment.date() - now.date()).days
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}
    if days in near:
        return near[days]
    if abs(days) < 7:
        return f"on {_EN_DAYS[moment.weekday()]}"
    return f"on {moment.day} {_EN_MONTHS[moment.month - 1]}"


def _en_clock(moment: datetime) -> str:
    if (moment.hour, moment.minute) == (12, 0):
        return "noon"
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{(moment.hour - 1) % 12 + 1}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def at_clock(day: datetime, days: int, clock: str) -> datetime:
    """Return ``clock`` ("HH:MM") on the date ``days`` after ``day``, in the zone of ``day``."""
    return datetime.combine(
        day.date() + timedelta(days=days), time.fromisoformat(clock), day.tzinfo
    )


def by_day(moment: datetime, rng: Random) -> datetime:
    """Move a moment that falls at night into the next day's first hours."""
    if OPENS <= moment.hour < CLOSES:
        return moment
    days = 1 if moment.hour >= CLOSES else 0
    return at_clock(moment, days, "08:10") + timedelta(seconds=rng.randint(0, 9_000))


def on_the_half_hour(moment: datetime) -> datetime:
    """Round a moment up to the next half hour."""
    past = timedelta(
        minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond
    )
    return moment + (timedelta(minutes=30) - past if past else timedelta())


def due_by_day(moment: datetime) -> datetime:
    """Return a due time people would name: a half hour, between nine in the morning and eight at night."""
    due = on_the_half_hour(moment)
    if due.hour < 9:
        return at_clock(due, 0, "10:00")
    return at_clock(due, 1, "10:00") if due.hour >= 20 else due
