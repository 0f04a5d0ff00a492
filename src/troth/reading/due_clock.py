"""From what was said to a moment: days, parts of days and clock times around a message's own time."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from troth.content.times import times

if TYPE_CHECKING:
    from troth.reading.time_pieces import Day

_SECONDS: Final = {"second": 1, "minute": 60, "quarter": 900, "hour": 3600}
_DAYS: Final = {"day": 1, "week": 7, "fortnight": 14}
_LAST: Final = time(23, 59, 59)
_OVER: Final = {part: time.fromisoformat(written) for part, written in times()["clock"].items()}
_BEFORE_NOON: Final = ("dawn", "early", "morning")
_MOST_DAYS: Final = 3_700


def moment(
    at: datetime,
    day: Day | None = None,
    part: str | None = None,
    clock: tuple[int, int, str] | None = None,
) -> datetime:
    """The latest moment that a day, a part of it and a clock time name together.

    Args:
        at: when it was said.
        day: as in `troth.reading.time_pieces.Day`; None for the next time it fits.
        part: name of a part of the day.
        clock: hour, minute and how they are meant.

    Returns:
        A moment in the zone of ``at``.

    Raises:
        OverflowError: it lies beyond the calendar.
        ValueError: no month has such a day.
    """
    if day is None:
        return _next(at, part, clock)
    on = day_of(day, at.date())
    if clock is None:
        return _on(at, on, _OVER.get(part or "", _LAST))
    found = _at_clock(at, on, part, clock)
    named = day[0] == "weekday" and day[2] is None
    return found + timedelta(days=7) if named and on == at.date() and found <= at else found


def _on(at: datetime, on: date, when: time) -> datetime:
    return datetime.combine(on, when, at.tzinfo)


def _next(at: datetime, part: str | None, clock: tuple[int, int, str] | None) -> datetime:
    """The first time after ``at`` that a clock time or a part of the day comes round."""
    today = at.date()
    if clock is None:
        found = _on(at, today, _OVER[part or "night"])
        return found if found > at else _on(at, today + timedelta(days=1), found.time())
    if part is None and not clock[2]:
        hour, minute, _ = clock
        for hours in range(hour % 12, 48, 12):
            found = _on(at, today + timedelta(days=hours // 24), time(hours % 24, minute))
            if found > at:
                return found
    found = _at_clock(at, today, part, clock)
    return found if found > at else _at_clock(at, today + timedelta(days=1), part, clock)


def _at_clock(at: datetime, on: date, part: str | None, clock: tuple[int, int, str]) -> datetime:
    """A clock time on a day; hours from 24 on are those of the night that follows."""
    hour, minute, sure = clock
    if sure in ("am", "pm"):
        hour = hour % 12 + (12 if sure == "pm" else 0)
    elif part and not sure:
        hour = _hour_in(part, hour)
    elif not sure and hour <= 12:
        hour = _likely_hour(at, on, hour, minute)
    if hour == 0 and part in ("night", "evening"):
        hour = 24
    return _on(at, on + timedelta(days=hour // 24), time(hour % 24, minute))


def _hour_in(part: str, hour: int) -> int:
    if part in _BEFORE_NOON:
        return hour % 12 if part == "dawn" else hour
    if part == "noon":
        return hour + 12 if hour < 10 else hour
    if part == "night" and (hour == 12 or hour < 5):
        return hour + 24 if hour < 5 else 24
    return hour + 12 if hour < 12 else hour


def _likely_hour(at: datetime, on: date, hour: int, minute: int) -> int:
    """Without am or pm: today the next one to come, on another day one when people work."""
    if on == at.date():
        later = [h for h in (hour % 12, hour % 12 + 12) if _on(at, on, time(h, minute)) > at]
        return later[0] if later else hour % 12 + 12
    return hour + 12 if hour < 7 else hour


def day_of(day: Day, today: date) -> date:
    """The date of a day that was named.

    Args:
        day: as in `troth.reading.time_pieces.Day`.
        today: the date on which it was named.

    Returns:
        Its date.

    Raises:
        OverflowError: it lies beyond the calendar.
        ValueError: no month has such a day.

    >>> day_of(("weekday", 0, 1), date(2026, 6, 3))
    datetime.date(2026, 6, 8)
    """
    how, one, two, three = (*day, None, None, None)[:4]
    if how == "date":
        return _dated(today, one, int(two or 1), int(three or 1))
    if how == "month_day":
        return _month_day(today, one, int(two or 1))
    if how == "weekday" and two is None:
        return today + timedelta(days=(int(one or 0) - today.weekday()) % 7)
    away = int(one or 0)
    if how in ("offset", "weekday", "week", "friday"):
        monday = today - timedelta(days=today.weekday())
        return {
            "offset": today + timedelta(days=away),
            "weekday": monday + timedelta(days=7 * int(two or 0) + away),
            "week": monday + timedelta(days=7 * away + 6),
            "friday": monday + timedelta(days=7 * away + 4),
        }[how]
    return _in_month(today, away, 31) if how == "month" else date(today.year + away, 12, 31)


def _dated(today: date, year: str | int | None, month: int, day: int) -> date:
    """A date; without its year the next one to come."""
    for y in [int(year)] if year else [today.year, today.year + 1]:
        found = date(y, month, min(day, monthrange(y, month)[1]))
        if year or found >= today:
            break
    return found


def _month_day(today: date, months: str | int | None, day: int) -> date:
    """A day of the month; without its month the next one to come."""
    if months is not None:
        return _in_month(today, int(months), day)
    for away in range(4):
        first = _in_month(today, away, 1)
        if day <= monthrange(first.year, first.month)[1] and first.replace(day=day) >= today:
            return first.replace(day=day)
    raise ValueError(day)


def _in_month(today: date, away: int, day: int) -> date:
    years, month = divmod(today.month - 1 + away, 12)
    year = today.year + years
    if year > 9999:
        raise OverflowError(year)
    return date(year, month + 1, min(day, monthrange(year, month + 1)[1]))


def after(at: datetime, count: float, unit: str) -> datetime:
    """The moment that lies a length of time after another.

    Args:
        at: when it was said.
        count: how many.
        unit: a unit of ``content/times.yaml``; working days end with the day.

    Returns:
        A moment in the zone of ``at``; days, weeks and months keep the clock time.

    Raises:
        OverflowError: it lies beyond the calendar.
    """
    if unit in _SECONDS:
        step = timedelta(seconds=_SECONDS[unit] * count)
        return at + step if at.tzinfo is None else (at.astimezone(UTC) + step).astimezone(at.tzinfo)
    if unit == "workday":
        return _on(at, _workday(at.date(), count), _LAST)
    if unit in ("month", "year"):
        months = int(count * (12 if unit == "year" else 1))
        found = _on(at, _in_month(at.date(), months, at.day), at.time())
        return found + timedelta(days=15) if count % 1 and unit == "month" else found
    days = _DAYS[unit] * count
    return at + timedelta(days=days)


def _workday(today: date, count: float) -> date:
    """The last of ``count`` days from Monday to Friday after today."""
    if count > _MOST_DAYS:
        raise OverflowError(count)
    left, found = max(1, round(count)), today
    while left:
        found += timedelta(days=1)
        left -= found.weekday() < 5
    return found
