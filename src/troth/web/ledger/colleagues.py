"""Our own people as files call them: whoever is on record already is not made a second time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
from django.db.models import Q

from troth.web.parties.known import numbers_of
from troth.web.parties.models import Party

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.ledger.intake.sheet import Sheet
    from troth.ledger.raw import Raw

_CALLED = ("key", "name_zh", "name_en", "contact")
_SIDES = ("truster", "trustee")


def known_staff() -> set[str]:
    """Ids and names by which files may call our own people."""
    return {word for row in _ours() for word in row if word}


def as_known(sheet: Sheet, house: str) -> Sheet:
    """The same records with those of our people on record under their own ids.

    A file's member of staff whose id is new, and whose name, id or address is that of exactly one
    colleague of the house, is that colleague. Two of one name stay apart, for a person to merge.

    Args:
        sheet: a file, read.
        house: key of the house that it is about.
    """
    met = {party: one for party, one in sheet.people.items() if one.kind == "staff"}
    new = met.keys() - numbers_of(met).keys()
    if not new:
        return sheet
    called = defaultdict[str, set[str]](set)
    for key, *words in _ours(Q(merged_into=None), Q(house__key=house) | Q(house=None)):
        for word in filter(None, (key, *words)):
            called[word].add(key)
    ids: dict[str, str] = {}
    for party in new:
        found = called[met[party].name] or called[party.partition(":")[2]]
        if len(found) == 1:
            (ids[party],) = found
    if not ids:
        return sheet
    people = {ids.get(party, party): one for party, one in sheet.people.items()}
    return replace(sheet, raw=_renamed(sheet.raw, ids), people=people)


def _ours(*where: Q) -> Iterator[tuple[str, ...]]:
    kinds = (Party.Kind.STAFF, Party.Kind.TEAM)
    yield from Party.objects.filter(*where, kind__in=kinds).values_list(*_CALLED)


def _renamed(raw: Raw, ids: dict[str, str]) -> Raw:
    """Both sides of each record; few parties stand in many records, so only the few are looked at."""
    table = raw.table
    for side in _SIDES:
        coded = table[side].combine_chunks().dictionary_encode()
        names = pa.array([ids.get(name, name) for name in coded.dictionary.to_pylist()])
        cells = names.take(coded.indices).dictionary_encode()
        table = table.set_column(table.column_names.index(side), side, cells)
    return replace(raw, table=table)
