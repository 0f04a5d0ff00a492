"""Customers found as one types whom a message is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Exists, OuterRef

from troth.web.parties.known import asked_terms
from troth.web.parties.models import Party, SearchTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from troth.web.accounts.access import Scope

MOST: Final = 6
_LOOKED_AT: Final = 200
_LAST: Final = "\uffff"


def customers_called(scope: Scope, query: str) -> list[Party]:
    """Customers whose names have words that begin as those typed.

    Args:
        scope: who asks.
        query: as typed.

    Returns:
        At most ``MOST``, those who match most closely first.
    """
    terms = sorted(set(asked_terms(query)), key=lambda word: (-len(word), word))
    if not terms:
        return []
    rows = _beginning(terms[0]).order_by("term", "party_id")
    for term in terms[1:]:
        rows = rows.filter(Exists(_beginning(term).filter(party=OuterRef("party"))))
    numbers = list(dict.fromkeys(rows.values_list("party_id", flat=True)[:_LOOKED_AT]))
    seen = {party.pk: party for party in scope.customers().filter(pk__in=numbers)}
    return [seen[number] for number in numbers if number in seen][:MOST]


def _beginning(term: str) -> QuerySet[SearchTerm]:
    return SearchTerm.objects.filter(term__gte=term, term__lt=term + _LAST)
