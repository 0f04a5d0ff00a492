"""From whatever a caller has to checked events, or an error that says what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from troth.ledger.events import Events


def opened(source: Any) -> Events:
    """Events as they are, or read from a path, an Arrow table, or a pandas or Polars frame.

    Raises:
        UnreadableError: the source cannot be read at all.
        ValueError: records were refused; the message counts them and quotes the first. Read with
            ``troth.read_events`` to go on without them.
    """
    from troth.ledger.events import Events
    from troth.ledger.read import read_events
    from troth.trust.clock import now_us

    if isinstance(source, Events):
        return source
    reading = read_events(source, now_us=now_us())
    if reading.rejected.num_rows:
        first = reading.rejected.slice(0, 1).to_pylist()[0]
        msg = (
            f"{reading.rejected.num_rows} records were refused, the first: {first['file']} row "
            f"{first['row']}, {first['column']}: {first['reason']}"
        )
        raise ValueError(msg)
    return reading.events
