"""Parties, their preferences, and promises, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from troth.web.ledger.export.parts import (
    FLAG,
    TEXT,
    WHOLE,
    batch_of_rows,
    keys_of,
    of_house,
    parts_of,
)
from troth.web.ledger.models import Promise
from troth.web.ledger.rows import words_of
from troth.web.parties.models import Party, Preference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from troth.web.accounts.access import Scope

PARTIES: Final = pa.schema([
    *((name, TEXT) for name in ("key", "kind", "name_zh", "name_en", "address_zh", "address_en",
                                "contact", "lang", "house", "team", "merged_into")),
    ("demo", FLAG),
])  # fmt: skip
PREFERENCES: Final = pa.schema([
    ("party", TEXT), ("house", TEXT), ("what", TEXT), ("wanted", FLAG), ("draft", FLAG),
    ("source", TEXT), ("t_us", WHOLE), ("event_id", TEXT),
])  # fmt: skip
PROMISES: Final = pa.schema([
    ("promise_id", TEXT), ("truster", TEXT), ("trustee", TEXT), ("organisation", TEXT),
    ("state", TEXT), ("made_us", WHOLE), ("due_us", WHOLE), ("moved", WHOLE), ("ended_us", WHOLE),
    ("text", TEXT),
])  # fmt: skip
_PARTY: Final = (*PARTIES.names[:8], "house__key", "team__key", "merged_into__key", "demo")
_PREFERENCE: Final = ("party__key", "house__key", *PREFERENCES.names[2:])
_PROMISE: Final = (
    "event_id", "truster_id", "trustee_id", "organisation_id", "state", "made_us", "due_us",
    "moved", "ended_us", "said_in", "start", "end",
)  # fmt: skip


def _seen(scope: Scope | None) -> QuerySet[Party]:
    parties = Party.objects.all()
    if scope is None or scope.everything:
        return parties
    own = parties.filter(house=scope.user.house_id or 0) | parties.filter(
        pk=scope.user.house_id or 0
    )
    return own | parties.filter(pk__in=scope.customers().values("pk"))


def party_batches(scope: Scope | None) -> Iterator[pa.RecordBatch]:
    """Parties, merged names too.

    Yields:
        Batches of ``PARTIES``.
    """
    yield batch_of_rows(PARTIES, [])
    for part in parts_of(_seen(scope), _PARTY):
        yield batch_of_rows(PARTIES, [row[1:] for row in part])


def preference_batches(scope: Scope | None) -> Iterator[pa.RecordBatch]:
    """How parties like things.

    Yields:
        Batches of ``PREFERENCES``.
    """
    yield batch_of_rows(PREFERENCES, [])
    rows = Preference.objects.all()
    if scope is not None and not scope.everything:
        rows = rows.filter(party__in=_seen(scope).values("pk"))
    for part in parts_of(rows, _PREFERENCE):
        yield batch_of_rows(PREFERENCES, [row[1:] for row in part])


def promise_batches(scope: Scope | None) -> Iterator[pa.RecordBatch]:
    """Promises, drafts too, with the words they were made in.

    Yields:
        Batches of ``PROMISES``.
    """
    yield batch_of_rows(PROMISES, [])
    for part in parts_of(of_house(scope, Promise.objects.all()), _PROMISE):
        yield batch_of_rows(PROMISES, _promises([row[1:] for row in part]))


def _promises(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    keys = keys_of(number for row in rows for number in row[1:4])
    words = words_of(row[9] for row in rows)
    found = []
    for name, *who, state, made, due, moved, ended, said_in, start, end in rows:
        said = words.get(said_in, "")
        text = said[start:end] if start is not None else said
        told = [keys.get(number) for number in who]
        found.append((name, *told, state, made, due, moved, ended, text or None))
    return found
