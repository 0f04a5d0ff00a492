"""A table read from the database some rows at a time, so that memory stays bounded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import QuerySet

    from troth.web.accounts.access import Scope

#: Rows in memory at a time.
PART: Final = 5_000
TEXT, WHOLE, REAL, FLAG = pa.string(), pa.int64(), pa.float64(), pa.bool_()


def parts_of(rows: QuerySet[Any], columns: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    """Rows by number, a part at a time; what is added meanwhile may come too.

    Args:
        rows: in no order.
        columns: what is read of each, behind its number.
    """
    last = 0
    while True:
        part = list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", *columns)[:PART])
        if not part:
            return
        last = part[-1][0]
        yield part


def of_house(scope: Scope | None, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows with ``organisation`` and ``truster`` that are seen; None sees everything."""
    return rows if scope is None else scope.of_house(rows)


def keys_of(numbers: Iterable[int | None]) -> dict[int | None, str]:
    """What parties are called by programs, by number."""
    wanted = {number for number in numbers if number is not None}
    return dict(Party.objects.filter(pk__in=wanted).values_list("pk", "key"))


def batch_of(schema: pa.Schema, columns: dict[str, Sequence[Any]]) -> pa.RecordBatch:
    """Columns as a batch, in the schema's order."""
    arrays = [pa.array(columns[field.name], field.type) for field in schema]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def batch_of_rows(schema: pa.Schema, rows: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    """Rows as a batch; an empty one where there are none."""
    columns: Sequence[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(schema)
    return batch_of(schema, dict(zip(schema.names, columns, strict=True)))
