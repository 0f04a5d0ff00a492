"""The quick card: one customer found by name, for whoever stands at the desk with a phone in hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from troth.trust.stage import STAGES
from troth.web.accounts.access import Scope, need
from troth.web.guidance.advice import advice_shown
from troth.web.guidance.customers import customers_called, met, owed_soonest
from troth.web.guidance.owed import hurt_in, owed_in
from troth.web.guidance.situation import channel_asked
from troth.web.ledger.day import names_of
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.web.guidance.customers import Met
    from troth.web.parties.models import Party

#: Who looks somebody up by name mostly has them in front of them.
USUAL: Final = "face"


@need("see")
def page(request: Any) -> HttpResponse:
    """Find a customer by name, and read how to speak with them now."""
    asked = request.GET.get("q", "").strip()[:60]
    customer = _chosen(request)
    found = customers_called(Scope(request.user), asked) if customer is None else []
    context: dict[str, Any] = {
        "asked": asked, "found": found, "customer": customer,
        "channel": channel_asked(request, USUAL),
    }  # fmt: skip
    if customer is not None:
        context |= _card(request, customer)
    elif not asked:
        context["likely"] = owed_soonest(Scope(request.user))
    return render(request, "guidance/card.html", context)


@need("see")
def who(request: Any) -> HttpResponse:
    """Customers to choose from, as one types."""
    asked = request.GET.get("q", "").strip()[:60]
    found = customers_called(Scope(request.user), asked)
    context = {"asked": asked, "found": found, "channel": channel_asked(request, USUAL)}
    return render(request, "guidance/who.html", context)


def _chosen(request: Any) -> Party | None:
    """The customer whom the address names.

    Raises:
        Http404: there is none, or they are not for the reader.
    """
    number = request.GET.get("to", "")
    if not number:
        return None
    customer: Party | None = Scope(request.user).customers().filter(pk=number_of(number)).first()
    if customer is None:
        raise Http404
    return customer


def _card(request: Any, customer: Party) -> dict[str, Any]:
    """What the page shows of a customer; nothing but the name where nothing is on record."""
    now = met(request, customer, channel_asked(request, USUAL))
    if now is None:
        return {"advice": None}
    numbers = {int(row["trustee"]) for row in now.told.rows}
    numbers |= {now.relationship.truster_id, now.relationship.trusted_id}
    words, told = replace(request.words, names=names_of(numbers)), now.told.explanation
    where = reverse(
        "relations:page", args=(now.relationship.truster_id, now.relationship.trusted_id)
    )
    hurt, find = hurt_in(told, words), _address(now, where)
    return {
        "owed": owed_in(now.relationship, now.told, words, request.now_us), "hurt": hurt,
        "hurt_at": find(hurt.event_id) if hurt else "",
        "relationship": now.relationship, "told": told, "stage": STAGES.index(told.stage),
        "advice": advice_shown(now.situation, words, find), "page": where,
        "address": customer.address(words.lang) or customer.address_zh or customer.address_en,
    }  # fmt: skip


def _address(now: Met, where: str) -> Any:
    """Finds an event on the relationship's page."""
    places = {row["event_id"]: i for i, row in enumerate(now.told.rows)}

    def of(name: str) -> str:
        place = places.get(name)
        return "" if place is None else f"{where}?to={place}#e-{place}"

    return of
