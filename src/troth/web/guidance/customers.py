"""Customers found as one types, and the situation in which one is to be met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Exists, OuterRef

from troth.web.accounts.access import Scope
from troth.web.guidance.situation import situation_of
from troth.web.ledger.day import case_told, open_cases
from troth.web.ledger.models import Promise
from troth.web.ledger.standing import told
from troth.web.ledger.weights import desk_parameters
from troth.web.parties.known import asked_terms
from troth.web.parties.models import Party, SearchTerm
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from troth.guidance.facts import Situation
    from troth.web.ledger.models import Relationship
    from troth.web.ledger.standing import Told

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


def owed_soonest(scope: Scope) -> list[Party]:
    """Customers to whom something was promised, the soonest due first: whom one is likely to meet.

    Args:
        scope: who asks.

    Returns:
        At most ``MOST``.
    """
    due: list[tuple[int, int]] = []
    for house in scope.house_numbers():
        rows = Promise.objects.filter(state=Promise.State.OPEN, due_us__isnull=False)
        owed = scope.of_house(rows).filter(organisation=house).order_by("due_us")
        due += owed.values_list("due_us", "truster_id")[: 2 * MOST]
    numbers = list(dict.fromkeys(number for _, number in sorted(due)))
    seen = {party.pk: party for party in scope.customers().filter(pk__in=numbers)}
    return [seen[number] for number in numbers if number in seen][:MOST]


def customer_named(request: Any) -> tuple[Party | None, list[Party]]:
    """The customer that a form chose (or an address, as ``to``), else those whom a typed name may mean."""
    scope = Scope(request.user)
    number = number_of(request.POST.get("customer") or request.GET.get("to", ""))
    chosen = scope.customers().filter(pk=number).first() if number else None
    if chosen is not None:
        return chosen, []
    found = customers_called(scope, request.POST.get("about", "")[:60])
    return (found[0], []) if len(found) == 1 else (None, found)


@dataclass(frozen=True)
class Met:
    """A customer as one meets them now: the relationship, all that is behind it, the situation."""

    relationship: Relationship
    told: Told
    situation: Situation


def latest_of(request: Any, customer: Party) -> Relationship | None:
    """The liveliest relationship of a customer with a house that the reader sees."""
    rows = Scope(request.user).relationships().filter(truster=customer, inside=False)
    rows = rows.select_related("truster", "trusted__house").order_by("-last_us")
    found: Relationship | None = rows.first()
    return found


def met(request: Any, customer: Party, channel: str = "written") -> Met | None:
    """Everything about meeting a customer now; None where nothing is on record with a house seen."""
    relationship = latest_of(request, customer)
    if relationship is None:
        return None
    now = max(request.now_us, relationship.last_us + 1)
    found = told(relationship, now, desk_parameters())
    texts = {row["event_id"]: row["text"] for row in found.rows}
    waiting = [case_told(case, texts) for case in open_cases(relationship)]
    situation = situation_of(relationship, found, waiting, request, channel=channel)
    return Met(relationship, found, situation)
