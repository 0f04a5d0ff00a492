"""Events as a file of events has them: read again, they give the same beliefs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from django.db import connection

from troth.ledger.schema import DIMENSIONS, SCHEMA
from troth.web.ledger.aliases import aliases
from troth.web.ledger.export.parts import TEXT, batch_of, keys_of, of_house, parts_of
from troth.web.ledger.models import Event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.web.accounts.access import Scope

_PARTIES: Final = ("truster_id", "trustee_id", "organisation_id")
_COLUMNS: Final = (
    *_PARTIES, "event_id", "t_us", "kind", "outcome", "weight", *DIMENSIONS, "ref", "due_us",
    "channel", "source", "words__text", "words__extras",
)  # fmt: skip
_PLAIN: Final = [
    pa.field(field.name, TEXT if pa.types.is_dictionary(field.type) else field.type)
    for field in SCHEMA
]


def event_batches(scope: Scope | None) -> Iterator[pa.RecordBatch]:
    """Events in the order of the chain, under the names that parties have today.

    Merged parties are one, as they are in every belief of the desk; an event between two names of
    one party is left out.

    Args:
        scope: who asks; None for the desk itself.

    Yields:
        Batches of ``troth.ledger.schema.SCHEMA`` with text uncoded, and a column an extra.
    """
    extras = extra_names()
    schema = pa.schema([*_PLAIN, *(pa.field(name, TEXT) for name in extras)])
    known = aliases()
    yield batch_of(schema, dict.fromkeys(schema.names, ()))
    for part in parts_of(of_house(scope, Event.objects.all()), _COLUMNS):
        yield _batch(part, schema, extras, known)


def _batch(
    part: list[tuple[Any, ...]], schema: pa.Schema, extras: list[str], known: dict[int, int]
) -> pa.RecordBatch:
    rows = [(*(known.get(who, who) for who in row[1:4]), *row[4:]) for row in part]
    rows = [row for row in rows if row[0] != row[1]]
    columns: list[tuple[Any, ...]] = list(zip(*rows, strict=True)) or [()] * len(_COLUMNS)
    told: dict[str, Any] = dict(zip(_COLUMNS, columns, strict=True))
    keys = keys_of(number for name in _PARTIES for number in told[name])
    for name in _PARTIES:
        told[name.removesuffix("_id")] = [keys.get(number) for number in told[name]]
    for name in ("channel", "source"):
        told[name] = [value or None for value in told[name]]
    told["text"] = [value or None for value in told["words__text"]]
    for name in extras:
        told[name] = [_text((more or {}).get(name)) for more in told["words__extras"]]
    return batch_of(schema, told)


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else str(value)


def extra_names() -> list[str]:
    """Names of all columns that ever came with an event beyond the known ones."""
    each = (
        "SELECT DISTINCT j.key FROM ledger_words w, json_each(w.extras) j WHERE w.extras <> '{}'"
        if connection.vendor == "sqlite"
        else "SELECT DISTINCT jsonb_object_keys(extras) FROM ledger_words"
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return sorted(row[0] for row in cursor.fetchall() if row[0] not in SCHEMA.names)
