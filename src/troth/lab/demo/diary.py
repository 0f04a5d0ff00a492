"""The demo's diary: entries that refer to one another, written out in the ledger's input schema."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLUMNS = [
    "event_id",
    "at",
    "truster",
    "trustee",
    "organisation",
    "kind",
    "outcome",
    "weight",
    "ref",
    "due",
    "text",
    "channel",
    "source",
]


@dataclass(eq=False)
class Entry:
    """One event before it has an id.

    ``ref`` points at the entry it answers; ``speaks_of`` is the due time its sentence names, where
    that is neither its own nor that of ``ref``.
    """

    at: datetime
    kind: str
    truster: str
    trustee: str
    organisation: str
    text: str | None = None
    channel: str = "desk"
    ref: Entry | None = None
    due: datetime | None = None
    speaks_of: datetime | None = None
    outcome: float | None = None
    weight: float | None = None


class Diary:
    """Entries in the order of writing, which need not be the order of time."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def write(self, entry: Entry) -> Entry:
        """Add an entry and return it, so that later ones can refer to it."""
        entry.at = entry.at.replace(microsecond=0)
        self.entries.append(entry)
        return entry

    def rows(self, until_us: int, shorts: dict[str, str]) -> list[dict[str, Any]]:
        """Write the entries out.

        Args:
            until_us: entries at or after this time (microseconds UTC) are left out.
            shorts: organisation id to the first part of its event ids.

        Returns:
            One dict an event with the keys of COLUMNS, in order of time; ids count by organisation.
        """
        until = EPOCH + timedelta(microseconds=until_us)
        told = sorted(
            (entry for entry in self.entries if entry.at < until), key=lambda entry: entry.at
        )
        ids: dict[Entry, str] = {}
        counts = dict.fromkeys(shorts.values(), 0)
        for entry in told:
            short = shorts[entry.organisation]
            counts[short] += 1
            ids[entry] = f"{short}-{counts[short]:06d}"
        return [_row(entry, ids) for entry in told]


def _row(entry: Entry, ids: dict[Entry, str]) -> dict[str, Any]:
    return {
        "event_id": ids[entry],
        "at": entry.at.isoformat(),
        "truster": entry.truster,
        "trustee": entry.trustee,
        "organisation": entry.organisation,
        "kind": entry.kind,
        "outcome": entry.outcome,
        "weight": entry.weight,
        "ref": ids[entry.ref] if entry.ref else None,
        "due": entry.due.isoformat() if entry.due else None,
        "text": entry.text,
        "channel": entry.channel,
        "source": "demo",
    }
