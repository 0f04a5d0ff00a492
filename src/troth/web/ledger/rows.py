"""Events out of the database, as the tables that the rooms below read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
from django.db import connection

from troth.content.kinds import codebook
from troth.ledger.events import Events
from troth.ledger.schema import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Columns of an event as they are fetched, in order.
COLUMNS: Final = (
    "id", "event_id", "t_us", "truster_id", "trustee_id", "organisation_id", "kind", "outcome",
    "weight", "ability", "reliability", "integrity", "benevolence", "ref", "due_us", "channel",
    "source",
)  # fmt: skip
_TOLD: Final = "SELECT " + ", ".join(f"e.{name}" for name in COLUMNS)
_SELECT: Final = f"{_TOLD} FROM ledger_event e "
#: Parameters in one statement; SQLite takes 32,766.
AT_ONCE: Final = 10_000
Record = tuple[Any, ...]


def retracting() -> frozenset[str]:
    """Kinds of event that take another back."""
    return frozenset(kind.name for kind in codebook().values() if kind.retracts)


def fetch(where: str, values: Sequence[Any] = ()) -> list[Record]:
    """Events that fit a condition.

    Args:
        where: SQL after FROM, over the alias ``e``, with ``%s`` for values; never text of people.
        values: what fills it.

    Returns:
        Rows of ``COLUMNS``, in no promised order.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SELECT + where, values)
        rows: list[Record] = cursor.fetchall()
    return rows


def in_order(rows: Iterable[Record]) -> list[Record]:
    """By (t_us, event_id)."""
    return sorted(rows, key=lambda row: (row[2], row[1]))


def listed(numbers: Iterable[int]) -> str:
    """Numbers for an SQL ``IN``; ``NULL`` where there are none."""
    return ", ".join(str(int(number)) for number in numbers) or "NULL"


def of_trusters(trusters: Iterable[int]) -> list[Record]:
    """Every event of some trusters, by id of party."""
    ids = sorted(trusters)
    found: list[Record] = []
    for start in range(0, len(ids), AT_ONCE):
        found += fetch(f"WHERE e.truster_id IN ({listed(ids[start : start + AT_ONCE])})")
    return found


def between(parties: Iterable[int]) -> list[Record]:
    """Events in which some parties trust one another."""
    those = listed(parties)
    return fetch(f"WHERE e.truster_id IN ({those}) AND e.trustee_id IN ({those})")


def answers_elsewhere(trusters: Iterable[int]) -> list[Record]:
    """Events of other trusters that answer those of some trusters, by id of party."""
    ids = sorted(trusters)
    found: list[Record] = []
    with connection.cursor() as cursor:
        for start in range(0, len(ids), AT_ONCE):
            # CROSS JOIN: SQLite goes from the few events of these trusters to their answers.
            cursor.execute(
                f"{_TOLD} FROM ledger_event a CROSS JOIN ledger_event e WHERE e.ref = a.event_id "
                f"AND a.truster_id IN ({listed(ids[start : start + AT_ONCE])}) "
                "AND e.truster_id <> a.truster_id"
            )
            found += cursor.fetchall()
    return found


def of_refs(names: Iterable[str]) -> list[Record]:
    """Events that answer some events, by the answered ones' event ids."""
    wanted = list(dict.fromkeys(names))
    found: list[Record] = []
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        found += fetch(f"WHERE e.ref IN ({', '.join(['%s'] * len(part))})", part)
    return found


def of_names(names: Iterable[str]) -> list[Record]:
    """Events by their event ids; those that do not exist are left out."""
    wanted = list(dict.fromkeys(names))
    found: list[Record] = []
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        found += fetch(f"WHERE e.event_id IN ({', '.join(['%s'] * len(part))})", part)
    return found


def names_on_record(names: Iterable[str]) -> set[str]:
    """Of some event ids, those on record."""
    wanted = list(dict.fromkeys(names))
    found: set[str] = set()
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT event_id FROM ledger_event WHERE event_id IN ({marks})", part)
            found.update(row[0] for row in cursor.fetchall())
    return found


def words_of(names: Iterable[str]) -> dict[str, str]:
    """What was said in some events, by event id."""
    wanted = list(dict.fromkeys(name for name in names if name))
    found: dict[str, str] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            cursor.execute(
                "SELECT e.event_id, w.text FROM ledger_event e "
                "JOIN ledger_words w ON w.event_id = e.id "
                f"WHERE e.event_id IN ({', '.join(['%s'] * len(part))})",
                part,
            )
            found.update(cursor.fetchall())
    return found


def _coded(values: Sequence[int | None]) -> pa.DictionaryArray:
    """Party numbers as coded text."""
    codes = np.array([-1 if value is None else value for value in values], dtype=np.int64)
    distinct, inverse = np.unique(codes, return_inverse=True)
    none = int(distinct.size > 0 and distinct[0] == -1)
    names = pa.array([str(number) for number in distinct[none:].tolist()], pa.string())
    indices = pa.array((inverse - none).astype(np.int32), mask=inverse < none)
    return pa.DictionaryArray.from_arrays(indices, names)


def events_of(
    rows: Sequence[Record], words: dict[str, str] | None = None, names: dict[int, str] | None = None
) -> Events:
    """The table that the rooms below read.

    Args:
        rows: in order of (t_us, event_id).
        words: by event id; none where they are not needed.
        names: what parties are called in the table; by default their numbers, as text.

    Returns:
        Events.
    """
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [()] * len(COLUMNS)
    column = dict(zip(COLUMNS, columns, strict=True))

    def party(name: str) -> pa.DictionaryArray:
        coded = _coded(column[f"{name}_id"])
        if names is None:
            return coded
        told = [names[int(number)] for number in coded.dictionary.to_pylist()]
        return pa.DictionaryArray.from_arrays(coded.indices, pa.array(told, pa.string()))

    def text(name: str) -> pa.DictionaryArray:
        return pa.array([value or None for value in column[name]], pa.string()).dictionary_encode()

    said = [(words or {}).get(name) or None for name in column["event_id"]]
    arrays = {
        "event_id": pa.array(column["event_id"], pa.string()),
        "t_us": pa.array(column["t_us"], pa.int64()),
        "truster": party("truster"),
        "trustee": party("trustee"),
        "organisation": party("organisation"),
        "kind": text("kind"),
        **{
            name: pa.array(column[name], pa.float64())
            for name in ("outcome", "weight", "ability", "reliability", "integrity", "benevolence")
        },
        "ref": pa.array(column["ref"], pa.string()),
        "due_us": pa.array(column["due_us"], pa.int64()),
        "text": pa.array(said, pa.string()),
        "channel": text("channel"),
        "source": text("source"),
    }
    return Events(pa.Table.from_arrays([arrays[name] for name in SCHEMA.names], schema=SCHEMA))
