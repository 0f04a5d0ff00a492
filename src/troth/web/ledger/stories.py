"""Which events belong together: whatever answers, or is answered by, the same first event."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from troth.web.ledger.rows import Record


def stories_of(records: Sequence[Record], new: Container[int]) -> list[Record]:
    """The whole stories that some new events are part of.

    Args:
        records: new ones included.
        new: their numbers on record.

    Returns:
        Of the records those whose chain of references leads to the same first event as a new one's, in
        the order given.
    """
    answers = {row[1]: row[13] for row in records if row[13] is not None}
    if not answers:
        return [row for row in records if row[0] in new]

    def first(name: str) -> str:
        while name in answers:
            name = answers[name]
        return name

    touched = {first(row[1]) for row in records if row[0] in new}
    return [row for row in records if first(row[1]) in touched]
