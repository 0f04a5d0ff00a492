"""When something is due, picked with one tap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import tzinfo

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
PICKS: Final = ("hour", "evening", "noon")


def picked_us(pick: str, now_us: int, zone: tzinfo) -> int | None:
    """The time that a pick means.

    Args:
        pick: ``hour`` (in one hour), ``evening`` (today 18:00) or ``noon`` (tomorrow 12:00).
        now_us: microseconds UTC.
        zone: whose calendar says what today is.

    Returns:
        Microseconds UTC; None where nothing of these was picked.

    >>> from zoneinfo import ZoneInfo
    >>> nine = 1_772_413_200_000_000
    >>> (picked_us("evening", nine, ZoneInfo("Asia/Shanghai")) - nine) // 3_600_000_000
    9
    """
    local = (_EPOCH + timedelta(microseconds=now_us)).astimezone(zone)
    if pick == "hour":
        return now_us + 3_600_000_000
    if pick == "evening":
        return _micros(local.replace(hour=18, minute=0, second=0, microsecond=0))
    if pick == "noon":
        day = (local + timedelta(days=1)).date()
        return _micros(datetime(day.year, day.month, day.day, 12, tzinfo=zone))
    return None


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)
