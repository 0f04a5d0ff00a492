"""Due times as a form has them, on the reader's clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import tzinfo

    from troth.pages.words import Words

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS: Final = range(2000, 2100)


def due_us_of(text: str, zone: tzinfo) -> int | None:
    """Microseconds UTC of what ``<input type="datetime-local">`` sends.

    Args:
        text: such as ``2026-03-02T15:00``.
        zone: on whose clock.

    Returns:
        The time; None where nothing, or no time, was given.

    >>> from zoneinfo import ZoneInfo
    >>> due_us_of("2026-03-02T15:00", ZoneInfo("Asia/Shanghai"))
    1772434800000000
    >>> due_us_of("soon", ZoneInfo("UTC")) is None
    True
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    at = moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return (at - _EPOCH) // timedelta(microseconds=1)


def field_value(t_us: int | None, words: Words) -> str:
    """What such a field is filled with; empty for no time."""
    return "" if t_us is None else words.local(t_us).strftime("%Y-%m-%dT%H:%M")
