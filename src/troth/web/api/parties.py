"""Parties: found, read, put in place, and whom they trust."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ninja import Query  # noqa: TC002 - ninja reads it while it runs
from pydantic import Field

from troth.web.accounts.access import Scope
from troth.web.api.actions.put_party import put_party
from troth.web.api.beliefs import told_belief
from troth.web.api.doors import actor_of
from troth.web.api.paging import Paged, page_of
from troth.web.api.routes import Routes, reading, writing
from troth.web.api.seen import house_of, party_or_404, seen_parties, wrong
from troth.web.api.shapes.beliefs import BeliefPage
from troth.web.api.shapes.parties import Kind, PartyIn, PartyOut, PartyPage
from troth.web.parties.known import asked_terms
from troth.web.parties.models import Party, SearchTerm

if TYPE_CHECKING:
    from django.db.models import QuerySet

routes = Routes("parties")


class Wanted(Paged):
    """Which parties."""

    q: str | None = Field(None, max_length=100, description="Beginnings of names, ids or contacts.")
    kind: Kind | None = None
    key: str | None = Field(None, max_length=200, description="One exact key.")


@routes.at(reading("/parties"), PartyPage)
def list_parties(request: Any, wanted: Query[Wanted]) -> dict[str, Any]:
    """List parties."""
    rows = seen_parties(Scope(request.user)).select_related("house", "team")
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    if wanted.key is not None:
        rows = rows.filter(key=wanted.key)
    if wanted.q is not None:
        rows = _found(rows, wanted.q)
    found, following = page_of(rows, wanted)
    return {"items": [told_party(party) for party in found], "next": following}


def _found(rows: QuerySet[Party], query: str) -> QuerySet[Party]:
    words = asked_terms(query)
    if not words:
        return rows.none()
    for word in words:
        own = SearchTerm.objects.filter(term__gte=word, term__lt=word + "\uffff")
        rows = rows.filter(pk__in=own.values("party"))
    return rows


@routes.at(reading("/parties/{path:key}/relationships"), BeliefPage, also=(404,))
def list_relationships(request: Any, key: str, paged: Query[Paged]) -> dict[str, Any]:
    """List a party's relationships, as truster and as trusted."""
    scope = Scope(request.user)
    party = party_or_404(scope, key)
    seen = scope.relationships().select_related("truster", "trusted")
    rows = seen.filter(truster=party) | seen.filter(trusted=party)
    found, following = page_of(rows, paged)
    return {"items": [told_belief(row) for row in found], "next": following}


@routes.at(reading("/parties/{path:key}"), PartyOut, also=(404,))
def get_party(request: Any, key: str) -> dict[str, Any]:
    """Read one party."""
    return told_party(party_or_404(Scope(request.user), key))


@routes.at(writing("/parties/{path:key}", method="PUT"), PartyOut, also=(404,))
def put_party_in_place(request: Any, key: str, told: PartyIn) -> dict[str, Any]:
    """Name a party, or put it on record.

    What is left out stays as it is; an empty text empties it. A new party is a customer where no kind is
    told. Colleagues, teams and houses are for admins.
    """
    scope = Scope(request.user)
    there = Party.objects.filter(key=key).exists()
    party = party_or_404(scope, key) if there else None
    if not there and not _is_key(key):
        raise wrong(request, "key", "api.invalid.value")
    if party is not None and told.kind is not None and told.kind != party.kind:
        raise wrong(request, "kind", "api.invalid.kind_stays", value=party.kind)
    fields: dict[str, Any] = told.model_dump(exclude_none=True, exclude={"kind", "house"})
    if told.house is not None:
        if party is not None:
            raise wrong(request, "house", "api.invalid.house_stays")
        fields["house"] = house_of(request, "house", told.house)
    kind = told.kind or Party.Kind.CUSTOMER
    return told_party(put_party(actor_of(request), party, key, kind, fields))


def _is_key(key: str) -> bool:
    return 0 < len(key) <= 200 and key == key.strip() and key.isprintable()


def told_party(party: Party) -> dict[str, Any]:
    """A party as it is answered."""
    plain = ("key", "kind", "name_zh", "name_en", "address_zh", "address_en", "contact", "lang")
    return {
        **{name: getattr(party, name) for name in plain},
        "house": party.house.key if party.house else None,
        "team": party.team.key if party.team else None,
    }
