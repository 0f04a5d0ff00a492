"""Parties found as one types: every word a beginning, by ranges of a plain index, never by counting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce

from troth.web.ledger.models import Relationship
from troth.web.parties.known import asked_terms
from troth.web.parties.models import Party, SearchTerm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from troth.web.accounts.access import Scope

MOST: Final = 20
#: So many beginnings are looked at; who types two letters more is found beyond them.
_LOOKED_AT: Final = 4_000
_COMPARED: Final = 500
_FIRST, _NEXT = 60, 600
_LAST: Final = "\uffff"


def found_parties(scope: Scope, query: str, most: int = MOST, kind: str = "") -> list[Party]:
    """Parties whose names, ids or contacts have words beginning as those of a query.

    Args:
        scope: who asks.
        query: as typed.
        most: how many at most.
        kind: of ``Party.Kind``; empty for all.

    Returns:
        Parties that the asker may see, those who match most closely first.
    """
    words = asked_terms(query)
    if not words:
        return []
    found: list[Party] = []
    for part in _parts(_candidates(words)):
        seen = {party.pk: party for party in _visible(scope, part, kind)}
        found += [seen[number] for number in part if number in seen]
        if len(found) >= most:
            break
    return found[:most]


def _beginning(word: str, **more: Any) -> QuerySet[SearchTerm]:
    return SearchTerm.objects.filter(term__gte=word, term__lt=word + _LAST, **more)


def _candidates(words: list[str]) -> list[int]:
    """Numbers of parties that match all words, by the rarest; merged ones stand for who they are now."""
    first, *others = _rarest_first(words)
    rows = _beginning(first).order_by("term", "party_id")
    for word in others:
        rows = rows.filter(Exists(_beginning(word, party=OuterRef("party"))))
    now = rows.annotate(now=Coalesce("party__merged_into", "party_id"))
    return list(dict.fromkeys(now.values_list("now", flat=True)[:_LOOKED_AT]))


def _rarest_first(words: list[str]) -> list[str]:
    distinct = sorted(set(words), key=lambda word: (-len(word), word))
    if len(distinct) == 1:
        return distinct
    count = {w: len(_beginning(w).values_list("pk", flat=True)[:_COMPARED]) for w in distinct}
    return sorted(distinct, key=lambda word: (count[word], -len(word)))


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    """Few at first, which mostly are enough; then more at a time."""
    yield numbers[:_FIRST]
    for start in range(_FIRST, len(numbers), _NEXT):
        yield numbers[start : start + _NEXT]


def _visible(scope: Scope, numbers: list[int], kind: str) -> list[Party]:
    customer = Party.Kind.CUSTOMER
    found: list[Party] = []
    if kind in ("", customer):
        found += scope.customers().filter(pk__in=numbers)
    if kind != customer:
        others = Party.objects.filter(pk__in=numbers, merged_into=None).exclude(kind=customer)
        if kind:
            others = others.filter(kind=kind)
        found += [party for party in others if scope.sees(party)]
    return found


def relationships_of(scope: Scope, parties: list[Party]) -> dict[int, Relationship]:
    """Each customer's relationship with a house that the asker sees, the liveliest one."""
    customers = [party.pk for party in parties if party.kind == Party.Kind.CUSTOMER]
    rows = Relationship.objects.filter(
        truster__in=customers, trusted__in=scope.houses().values("pk"), inside=False
    ).order_by("last_us")
    return {row.truster_id: row for row in rows}
