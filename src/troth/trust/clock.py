"""The two places where a person's time meets ours: now, and a time given as text."""

from __future__ import annotations

from datetime import UTC, datetime

from troth.ledger.times import epoch_us


def now_us() -> int:
    """The present, microseconds UTC; called where a person gives no time, never below that."""
    return epoch_us(datetime.now(UTC))


def time_us(text: str) -> int:
    """A time given by a person.

    Args:
        text: ISO 8601 with a zone; a bare date is the start of that day in UTC.

    Raises:
        ValueError: it is not a time, or has no zone.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        msg = f"{text!r} is not an ISO 8601 time"
        raise ValueError(msg) from error
    if moment.tzinfo is None:
        if len(text) > len("2026-01-01"):
            msg = f"{text!r} has no time zone; write for example {text}+08:00 or {text}Z"
            raise ValueError(msg)
        moment = moment.replace(tzinfo=UTC)
    return epoch_us(moment)


def iso_of(t_us: int) -> str:
    """Microseconds UTC as ISO 8601."""
    return (
        datetime.fromtimestamp(t_us / 1e6, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    )
