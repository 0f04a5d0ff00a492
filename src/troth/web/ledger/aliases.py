"""Merged parties: whose evidence a row is today, whatever name it was written under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.web.ledger.rows import Record


def aliases() -> dict[int, int]:
    """Merged party → the one it stands for now, chains followed."""
    direct = dict(
        Party.objects.filter(merged_into__isnull=False).values_list("id", "merged_into_id")
    )
    return {old: _end(old, direct) for old in direct}


def _end(party: int, direct: dict[int, int]) -> int:
    while party in direct:
        party = direct[party]
    return party


def with_aliases(parties: Iterable[int], known: dict[int, int]) -> set[int]:
    """The parties as they are now, and every name they ever had."""
    now = {known.get(party, party) for party in parties}
    return now | {old for old, new in known.items() if new in now}


def resolved(rows: Iterable[Record], known: dict[int, int]) -> list[Record]:
    """Rows under today's names; those that would make a party trust itself are dropped."""
    if not known:
        return list(rows)
    found = []
    for row in rows:
        who = tuple(known.get(party, party) for party in row[3:6])
        if who[0] != who[1]:
            found.append((*row[:3], *who, *row[6:]))
    return found
