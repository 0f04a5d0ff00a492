"""Parties found as one types: every word a beginning, by ranges of a plain index, never by counting."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef
from django.db.models.functions import Substr

from troth.web.ledger.models import Relationship
from troth.web.parties.known import asked_terms
from troth.web.parties.models import Party, SearchTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from troth.web.accounts.access import Scope

MOST: Final = 20
#: So many beginnings are looked at; who types two letters more is found beyond them.
_LOOKED_AT: Final = 4_000
_COMPARED: Final = 500
#: They are looked at in parts; one mostly is enough, and each asks who of it is seen.
_AT_ONCE: Final = 60
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
    rows = _matching(_rarest_first(words))[:_LOOKED_AT].iterator(chunk_size=_AT_ONCE)
    found: dict[int, Party] = {}
    while len(found) < most and (part := list(islice(rows, _AT_ONCE))):
        numbers = [number for number in dict.fromkeys(part) if number not in found]
        found |= {party.pk: party for party in _seen(scope, numbers, kind)}
    return list(found.values())[:most]


def _beginning(word: str) -> QuerySet[SearchTerm]:
    return SearchTerm.objects.filter(term__gte=word, term__lt=word + _LAST)


def _matching(words: list[str]) -> QuerySet[SearchTerm, int]:
    """Numbers of parties that match all words, gone through by the first."""
    first, *others = words
    rows = _beginning(first).order_by("term", "party_id")
    for word in others:
        # Compared, not looked up: what one party is called is a handful of terms.
        own = SearchTerm.objects.annotate(start=Substr("term", 1, len(word)))
        rows = rows.filter(Exists(own.filter(party=OuterRef("party"), start=word)))
    return rows.values_list("party_id", flat=True)


def _rarest_first(words: list[str]) -> list[str]:
    distinct = sorted(set(words), key=lambda word: (-len(word), word))
    if len(distinct) == 1:
        return distinct
    count = {w: len(_beginning(w).values_list("pk", flat=True)[:_COMPARED]) for w in distinct}
    return sorted(distinct, key=lambda word: (count[word], -len(word)))


def _seen(scope: Scope, numbers: list[int], kind: str) -> list[Party]:
    """Those of some parties that the asker sees, in that order; merged ones as who they are now."""
    seen = {party.pk: party for party in _visible(scope, numbers, kind)}
    if len(seen) == len(numbers):
        return [seen[number] for number in numbers]
    missing = [number for number in numbers if number not in seen]
    merged = Party.objects.filter(pk__in=missing, merged_into__isnull=False)
    now = dict(merged.values_list("pk", "merged_into"))
    if now:
        kept = _visible(scope, [number for number in now.values() if number], kind)
        seen |= {party.pk: party for party in kept}
    order = dict.fromkeys(now.get(number, number) for number in numbers)
    return [seen[number] for number in order if number in seen]


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
