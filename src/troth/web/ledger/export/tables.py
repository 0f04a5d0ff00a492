"""What can be exported, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from troth.ledger.schema import SCHEMA
from troth.trust.clock import now_us
from troth.web.ledger.export.beliefs import BELIEFS, EDGES, belief_batches, edge_batches
from troth.web.ledger.export.conversations import CONVERSATIONS, conversation_batches
from troth.web.ledger.export.events import event_batches
from troth.web.ledger.export.people import (
    PARTIES,
    PREFERENCES,
    PROMISES,
    party_batches,
    preference_batches,
    promise_batches,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pyarrow as pa

    from troth.web.accounts.access import Scope

#: name → batches for somebody at a time.
TABLES: Final[dict[str, Callable[[Scope | None, int], Iterator[pa.RecordBatch]]]] = {
    "events": lambda scope, _: event_batches(scope),
    "beliefs": belief_batches,
    "parties": lambda scope, _: party_batches(scope),
    "promises": lambda scope, _: promise_batches(scope),
    "preferences": lambda scope, _: preference_batches(scope),
    "conversations": lambda scope, _: conversation_batches(scope),
    "edges": edge_batches,
}


#: name → columns; events have a column more for each extra that ever came with one.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "events": tuple(SCHEMA.names),
    "beliefs": tuple(BELIEFS.names),
    "parties": tuple(PARTIES.names),
    "promises": tuple(PROMISES.names),
    "preferences": tuple(PREFERENCES.names),
    "conversations": tuple(CONVERSATIONS.names),
    "edges": tuple(EDGES.names),
}


def add_table(
    name: str,
    columns: tuple[str, ...],
    batches: Callable[[Scope | None, int], Iterator[pa.RecordBatch]],
) -> None:
    """Let another app's table be exported too; it is called once, when the desk starts.

    Args:
        name: of the table.
        columns: its names.
        batches: for somebody at a time, as in ``TABLES``.
    """
    TABLES[name], COLUMNS[name] = batches, columns


def export_rows(
    what: str, scope: Scope | None = None, at_us: int | None = None
) -> Iterator[pa.RecordBatch]:
    """Read one table of everything that somebody may see.

    Args:
        what: a key of ``TABLES``.
        scope: who asks; None for the desk itself.
        at_us: the moment that beliefs stand at, microseconds UTC; now by default.

    Returns:
        Batches of one schema; the first may be empty, and there is always one.

    Raises:
        KeyError: there is no such table.
    """
    return TABLES[what](scope, now_us() if at_us is None else at_us)
