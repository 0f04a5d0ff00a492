"""Ways to put a file before the reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from troth.ledger.events import Reading
from troth.ledger.read import read_events

if TYPE_CHECKING:
    from pathlib import Path

#: 2027-01-15, so that the times in these tests are past.
NOW_US = 1_800_000_000_000_000
HEADER = "event_id,at,truster,trustee,kind,outcome,text\n"

Reader = Callable[..., Reading]


def line(event_id: str, text: str = "", *, kind: str = "review", outcome: str = "0.5") -> str:
    """One good line under ``HEADER``, unless told otherwise."""
    return f"{event_id},2024-01-01T00:00:00Z,guest,clerk,{kind},{outcome},{text}\n"


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Write text or bytes into a file and read its events."""

    def read_content(content: str | bytes, name: str = "events.csv", **terms: object) -> Reading:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_events(path, **{"now_us": NOW_US, **terms})

    return read_content


def ids_of(reading: Reading) -> list[str]:
    """Ids taken in, in order."""
    ids: list[str] = reading.events.table["event_id"].to_pylist()
    return ids


def refusals_of(reading: Reading) -> list[tuple[int, str, str]]:
    """Row, column and reason of each record refused."""
    rows = reading.rejected.to_pylist()
    return [(row["row"], row["column"], row["reason"]) for row in rows]
