"""Append events: rows of the chain, sums, relationships, promises and cases in one transaction."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson
import pyarrow as pa
from django.conf import settings
from django.db import connection, transaction

from troth.ledger.schema import DIMENSIONS, SCHEMA
from troth.web.ledger.chain import GENESIS, digest_of, link
from troth.web.ledger.models import Base, Event
from troth.web.ledger.rows import COLUMNS, Record, listed, names_on_record
from troth.web.ledger.update import update_kept
from troth.web.parties.known import Newcomer, add_parties, numbers_of
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Mapping

    from troth.trust.parameters import Parameters

_EVENT: Final = (
    "INSERT INTO ledger_event (id, event_id, t_us, truster_id, trustee_id, organisation_id, kind, "
    "outcome, weight, ability, reliability, integrity, benevolence, ref, due_us, channel, source, "
    "known_us, batch_id, digest, chain) VALUES (" + ", ".join(["%s"] * 21) + ")"
)
_WORDS: Final = "INSERT INTO ledger_words (event_id, text, extras, reading) VALUES (%s, %s, %s, %s)"


@dataclass(frozen=True)
class Setting:
    """What an append is told beside the events.

    Attributes:
        now_us: when the desk learned of them.
        parameters: the weights that relationships are reckoned with.
        house: organisation of events that name none; None leaves them without.
        batch: number of the batch they belong to; None for none.
        people: what is known of parties that may be new, by key.
        demo: whether all of it is invented: new parties belong to the demo, and the desk of the story
            learned of each event as it happened.
    """

    now_us: int
    parameters: Parameters
    house: str | None = None
    batch: int | None = None
    people: Mapping[str, Newcomer] | None = None
    demo: bool = False


def append(table: pa.Table, setting: Setting) -> list[Record]:
    """Append checked events; those whose id is on record already are passed over.

    Args:
        table: of ``SCHEMA``, perhaps with extras, in order of time.
        setting: what else must be known.

    Returns:
        The rows appended, as ``rows.COLUMNS``.
    """
    # Inside a savepoint SQLite walks its journal anew for every row: quadratic, and of no use here.
    with transaction.atomic(savepoint=False):
        base = Base.objects.select_for_update().get_or_create(pk=1)[0]
        table = _new_only(table)
        if not table.num_rows:
            return []
        columns = {name: table[name].to_pylist() for name in table.column_names}
        if setting.house is not None:
            columns["organisation"] = [name or setting.house for name in columns["organisation"]]
        numbers = _parties(columns, setting)
        records = _write(columns, numbers, setting)
        update_kept(records, base, setting.now_us, setting.parameters)
    return records


def _new_only(table: pa.Table) -> pa.Table:
    ids = table["event_id"].to_pylist()
    there = names_on_record(ids)
    if not there:
        return table
    return table.filter(pa.array([name not in there for name in ids]))


def _parties(columns: dict[str, list[Any]], setting: Setting) -> dict[str, int]:
    """Number of every party named; new ones are put on record, by the part they mostly play."""
    trusted, trusting = Counter(columns["trustee"]), Counter(columns["truster"])
    houses = {name for name in columns["organisation"] if name}
    named = [*trusting, *(n for n in trusted if n not in trusting)]
    named += [name for name in houses if name not in trusting and name not in trusted]
    numbers = numbers_of(named)
    people = setting.people or {}
    newcomers = []
    house_of = dict(zip(columns["trustee"], columns["organisation"], strict=True))
    for name in named:
        if name in numbers:
            continue
        if name in houses:
            kind = str(Party.Kind.ORGANISATION)
        elif trusted[name] > trusting[name]:
            kind = str(Party.Kind.STAFF)
        else:
            kind = str(Party.Kind.CUSTOMER)
        newcomers.append(people.get(name) or Newcomer(name, kind, name[:120]))
    more = {"demo": setting.demo}
    made = add_parties(
        Newcomer(one.key, one.kind, one.name_zh, one.name_en, {**more, **(one.more or {})})
        for one in newcomers
    )
    numbers |= made
    _place_staff(newcomers, house_of, numbers)
    return numbers


def _place_staff(
    newcomers: list[Newcomer], house_of: dict[str, str | None], numbers: dict[str, int]
) -> None:
    """New staff belong to the house that they first acted for."""
    for one in newcomers:
        house = house_of.get(one.key)
        if one.kind in (Party.Kind.STAFF, Party.Kind.TEAM) and house and house != one.key:
            Party.objects.filter(pk=numbers[one.key], house=None).update(house=numbers[house])


def _write(
    columns: dict[str, list[Any]], numbers: dict[str, int], setting: Setting
) -> list[Record]:
    """Insert the rows of the chain and their words."""
    extras = [name for name in columns if name not in SCHEMA.names]
    uids = _uids(set(numbers.values()))
    number, before = _last()
    key: bytes = settings.DIGEST_KEY
    names = ("event_id", "t_us", "truster", "trustee", "organisation", "kind", "outcome", "weight",
             *DIMENSIONS, "ref", "due_us", "channel", "source", "text")  # fmt: skip
    events, words, records = [], [], []
    for i, row in enumerate(zip(*(columns[name] for name in names), strict=True)):
        number += 1
        event_id, t_us, truster, trustee, house, *told, channel, source, text = row
        who = (numbers[truster], numbers[trustee], numbers[house] if house else None)
        more = {name: columns[name][i] for name in extras if columns[name][i] is not None}
        digest = digest_of(key, text or "", more)
        known_us = min(t_us, setting.now_us) if setting.demo else setting.now_us
        chained = (event_id, t_us, *(uids[p] if p else None for p in who), *told,
                   channel or "", source or "", known_us)  # fmt: skip
        before = link(before, chained, digest)
        record = (number, event_id, t_us, *who, *told, channel or "", source or "")
        records.append(record)
        events.append((*record, known_us, setting.batch, digest, before))
        if text or more:
            words.append((number, text or "", orjson.dumps(more).decode(), None))
    with connection.cursor() as cursor:
        cursor.executemany(_EVENT, events)
        cursor.executemany(_WORDS, words)
    return records


def _uids(numbers: set[int]) -> dict[int, str]:
    """The random ids by which the chain knows parties."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, uid FROM parties_party WHERE id IN ({listed(numbers)})")
        return dict(cursor.fetchall())


def _last() -> tuple[int, bytes]:
    """Number and hash of the chain's last row."""
    last = Event.objects.order_by("-id").values_list("id", "chain").first()
    return (last[0], bytes(last[1])) if last else (0, GENESIS)


assert len(COLUMNS) == 17  # what _write lays out by place
