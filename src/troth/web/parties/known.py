"""Parties by their ids, made where they are new, and found as one types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db import connection
from django.db.models import Q

from troth.web.parties.models import Party, SearchTerm, random_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import QuerySet

_AT_ONCE: Final = 10_000
_LONGEST: Final = 24
_WORD: Final = re.compile(r"[0-9a-z\u00c0-\u024f]+|[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Newcomer:
    """What is known of a party that is not on record yet.

    Attributes:
        key: its id in the team's own systems.
        kind: one of ``Party.Kind``.
        name_zh: what it is called in Chinese; may be empty.
        name_en: likewise in English.
        more: other columns of ``Party``.
    """

    key: str
    kind: str
    name_zh: str = ""
    name_en: str = ""
    more: Mapping[str, Any] | None = None


def under(*parties: Party | int) -> QuerySet[Any]:
    """Numbers of parties and of the names merged into them, for ``in``.

    A condition on the party or on what it is merged into, joined by ``or``, would look at every party.
    """
    own = [one.pk if isinstance(one, Party) else one for one in parties]
    return Party.objects.filter(Q(pk__in=own) | Q(merged_into__in=own)).values("pk")


def numbers_of(keys: Iterable[str]) -> dict[str, int]:
    """Number of each party on record, by key."""
    wanted = list(dict.fromkeys(keys))
    found: dict[str, int] = {}
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), _AT_ONCE):
            part = wanted[start : start + _AT_ONCE]
            marks = ", ".join(["%s"] * len(part))
            cursor.execute(f"SELECT key, id FROM parties_party WHERE key IN ({marks})", part)
            found.update(cursor.fetchall())
    return found


def add_parties(newcomers: Iterable[Newcomer]) -> dict[str, int]:
    """Put parties on record, with the beginnings they are found by.

    Args:
        newcomers: none of them on record.

    Returns:
        Number of each, by key.
    """
    made = [
        Party(
            uid=random_id(), key=one.key, kind=one.kind, name_zh=one.name_zh, name_en=one.name_en,
            **(one.more or {}),
        )
        for one in newcomers
    ]  # fmt: skip
    names = [field.attname for field in Party._meta.concrete_fields if not field.primary_key]  # noqa: SLF001 - Django's documented way to a model's fields
    _insert("parties_party", names, [[getattr(party, name) for name in names] for party in made])
    numbers = numbers_of(party.key for party in made)
    terms = [(term, numbers[party.key]) for party in made for term in terms_of(party)]
    _insert("parties_searchterm", ["term", "party_id"], terms)
    return numbers


def _insert(table: str, names: list[str], rows: list[Any]) -> None:
    """Insert rows without the weight of a model each: imports bring parties by the hundred thousand."""
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def renew_terms(party: Party) -> None:
    """Bring the beginnings that a party is found by up to date."""
    SearchTerm.objects.filter(party=party).delete()
    SearchTerm.objects.bulk_create(
        SearchTerm(term=term, party=party) for term in sorted(terms_of(party))
    )


def terms_of(party: Party) -> set[str]:
    """Beginnings of what a party may be looked up by: its words, and Chinese from each character on.

    >>> sorted(terms_of(Party(key="g:7", name_zh="陈静", name_en="Chen Jing")))
    ['7', 'chen', 'g', 'jing', '陈静', '静']
    """
    found: set[str] = set()
    for text in (party.key, party.name_zh, party.name_en, party.contact):
        for word in _WORD.findall(text.lower()):
            if word[0] >= "\u3400":
                found.update(word[i : i + _LONGEST] for i in range(min(len(word), 8)))
            else:
                found.add(word[:_LONGEST])
                if word.isdigit() and len(word) > 4:
                    found.add(word[-4:])
    return found


def asked_terms(query: str) -> list[str]:
    """The words of a query, as they are looked up."""
    return [word[:_LONGEST] for word in _WORD.findall(query.lower())]
