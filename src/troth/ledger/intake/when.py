"""Times as people's exports write them, in Chinese and English, in the zone of the house."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from troth.ledger.schema import FIRST_US, LAST_US
from troth.ledger.times import epoch_us

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import tzinfo

#: Longer cells are no time, and a pattern need not look through them.
_LONGEST: Final = 64
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_MONTH: Final = rf"(?P<word>(?:{'|'.join(_MONTHS)})[a-z]*)\.?"
_YEAR, _M, _D = r"(?P<year>\d{4})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_DAYS: Final = (
    rf"{_YEAR}\s*年\s*{_M}\s*月\s*{_D}\s*[日号]?",
    rf"{_YEAR}(?P<cut>[-/.]){_M}(?P=cut){_D}",
    rf"{_D}(?:st|nd|rd|th)?[\s-]+{_MONTH},?[\s-]+{_YEAR}",
    rf"{_MONTH}\s+{_D}(?:st|nd|rd|th)?,?\s+{_YEAR}",
    rf"(?P<one>\d{{1,2}})[-/.](?P<two>\d{{1,2}})[-/.]{_YEAR}",
)
_WEEKDAY: Final = (
    r"(?:[,\s]*\(?(?:星期|周)[一二三四五六日天]\)?|\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?)?"
)
_PART: Final = r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|am|pm|a\.m\.|p\.m\.)?"
#: An hour of the day, with what says which half of it is meant before or behind.
CLOCK: Final = (
    rf"{_PART}\s*(?P<hour>\d{{1,2}})\s*(?:[:时点]\s*(?P<minute>\d{{1,2}})\s*分?"
    r"(?:\s*:?\s*(?P<second>\d{1,2})(?:\.(?P<fraction>\d{1,9}))?\s*秒?)?|[时点])"
    r"\s*(?P<half>am|pm|a\.m\.|p\.m\.)?"
)
_ZONE: Final = r"(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2}|(?:utc|gmt)\s*[+-]\d{1,2}(?::?\d{2})?)?"
_SHAPES: Final = tuple(
    re.compile(rf"{_WEEKDAY}\s*{day}{_WEEKDAY}(?:(?:\s*t\s*|[,\s]*){CLOCK}\s*{_ZONE})?", re.ASCII)
    for day in _DAYS
)
_ZONED: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")
_PACKED: Final = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)", re.ASCII)
_EPOCH: Final = re.compile(r"(\d{10}|\d{13}|\d{16})(\.\d+)?", re.ASCII)
_LATE: Final = ("下午", "傍晚", "晚上", "夜里", "pm", "p.m.")
_NIGHT: Final = ("晚上", "夜里")
_EARLY: Final = ("凌晨", "清晨", "早上", "早晨", "上午", "am", "a.m.")


def read_time(cell: str, zone: tzinfo) -> int | None:
    """Read one time.

    Args:
        cell: as written; a date alone means its midnight.
        zone: taken where the cell names none.

    Returns:
        Microseconds UTC; None where it is no time, or could be two (05/03/2026).

    >>> read_time("2026年3月5日 下午2:02", UTC) == read_time("05 Mar 2026 14:02", UTC)
    True
    """
    if len(cell) > _LONGEST:
        return None
    if _ZONED.fullmatch(cell):
        return _in_range(datetime.fromisoformat, cell)
    text = unicodedata.normalize("NFKC", cell).strip().lower()
    if _EPOCH.fullmatch(text):
        digits = text.partition(".")[0]
        return int(digits) * {10: 1_000_000, 13: 1_000, 16: 1}[len(digits)]
    packed = _PACKED.fullmatch(text)
    if packed:
        return _in_range(_unpacked, packed, zone)
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            return _in_range(_moment, found.groupdict(), zone)
    return None


def clock_of(parts: dict[str, str | None]) -> timedelta:
    """The time of day that ``CLOCK`` matched.

    Raises:
        ValueError: there is no such hour.
    """
    hour, minute = int(parts["hour"] or 0), int(parts["minute"] or 0)
    second = int(parts["second"] or 0)
    half = parts["half"] or parts["part"]
    if half in _LATE and 1 <= hour < 12:
        hour += 12
    elif half in _EARLY and hour == 12:
        hour = 0
    elif half in _NIGHT and hour == 12:
        hour = 24
    elif half == "中午" and 1 <= hour <= 2:
        hour += 12
    if hour > 24 or minute > 59 or second > 59:
        raise ValueError(hour)
    fraction = int((parts["fraction"] or "").ljust(6, "0")[:6])
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=fraction)


def on_day(day: datetime, clock: timedelta) -> int:
    """Microseconds UTC of a wall clock's time on a day, whose midnight is given with its zone."""
    return epoch_us(day + clock)


def midnight(t_us: int, zone: tzinfo) -> datetime:
    """The midnight that a day of the zone began with."""
    moment = datetime.fromtimestamp(t_us // 1_000_000, tz=zone)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _moment(parts: dict[str, str | None], zone: tzinfo) -> datetime:
    year, month, day = int(parts["year"] or 0), *_month_and_day(parts)
    named = parts.get("zone")
    place = _offset(named) if named else zone
    clock = clock_of(parts) if parts.get("hour") else timedelta()
    return datetime(year, month, day, tzinfo=place) + clock


def _month_and_day(parts: dict[str, str | None]) -> tuple[int, int]:
    if "one" in parts:
        one, two = int(parts["one"] or 0), int(parts["two"] or 0)
        if one <= 12 and two <= 12 and one != two:
            msg = "day and month could be either"
            raise ValueError(msg)
        return (two, one) if one > 12 else (one, two)
    word = parts.get("word")
    month = _MONTHS.index(word[:3]) + 1 if word else int(parts["month"] or 0)
    return month, int(parts["day"] or 0)


def _offset(named: str) -> tzinfo:
    found = re.search(r"([+-])(\d{1,2}):?(\d{2})?", named)
    if not found:
        return UTC
    sign, hours, minutes = found.groups()
    written = f"{sign}{int(hours):02d}:{int(minutes or 0):02d}"
    return datetime.fromisoformat(f"2000-01-01T00:00{written}").tzinfo or UTC


def _unpacked(packed: re.Match[str], zone: tzinfo) -> datetime:
    year, month, day, hour, minute, second = map(int, packed.groups())
    return datetime(year, month, day, hour, minute, second, tzinfo=zone)


def _in_range(make: Callable[..., datetime], *given: Any) -> int | None:
    try:
        found = epoch_us(make(*given))
    except (ValueError, OverflowError):
        return None
    return found if FIRST_US <= found <= LAST_US else None
