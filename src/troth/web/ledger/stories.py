"""Which events belong together: whatever answers, or is answered by, the same first event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.web.ledger.aliases import resolved, with_aliases
from troth.web.ledger.rows import answers_elsewhere, in_order, of_names, of_refs, of_trusters

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from troth.web.ledger.rows import Record


def lived_by(trusters: set[int], names: dict[int, int]) -> list[Record]:
    """All that some parties lived, and what others' events say about it.

    An answer mostly has the truster of what it answers; after a merge that was parted again, or where a
    program says so, it has another one's, and then it counts all the same.

    Args:
        trusters: parties as they are now.
        names: merged party → the one it stands for.

    Returns:
        Rows under today's names, in order of (t_us, event_id); of other trusters only such as belong to
        the stories of these.
    """
    raw = with_aliases(trusters, names)
    rows = of_trusters(raw)
    return in_order(resolved(whole(answers_elsewhere(raw), rows), names))


def whole(more: Iterable[Record], rows: Iterable[Record] = ()) -> list[Record]:
    """Rows, and whatever else their stories hold.

    Args:
        more: rows of which nothing else is known.
        rows: further rows, whose answers are all among these two.
    """
    found = {row[1]: row for row in rows}
    fresh = [row for row in more if row[1] not in found]
    found |= {row[1]: row for row in fresh}
    above = {row[13] for row in found.values() if row[13] and row[13] not in found}
    while above or fresh:
        near = [*of_names(above), *of_refs(row[1] for row in fresh)]
        fresh = [row for row in near if row[1] not in found]
        found |= {row[1]: row for row in fresh}
        above = {row[13] for row in fresh if row[13] and row[13] not in found}
    return list(found.values())


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
