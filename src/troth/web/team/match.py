"""Who suits a customer: proposals with reasons, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.ledger.houses import house_for
from troth.web.parties.models import Party
from troth.web.team.actions.choose_match import choose_match
from troth.web.team.said import traits_said, weighed
from troth.web.team.suits import suits_of
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from django.http import HttpResponse

#: So many are proposed; the rest stand below in order of name.
FIRST: Final = 3
LONGEST: Final = 300


@need("see_colleagues")
@require_safe
def match(request: Any) -> HttpResponse:
    """Propose who might look after a customer."""
    scope, words = Scope(request.user), request.words
    number, also = number_of(request.GET.get("to", "")), request.GET.get("also", "")[:LONGEST]
    if not number:
        return render(request, "team/match.html", {"customer": None})
    customer = get_object_or_404(scope.customers(), pk=number)
    house = house_for(scope, customer)
    if house is None:
        raise Http404
    found = suits_of(scope, customer, house, request.now_us, also)
    told = [(found.staff[one.id], weighed(one.reasons, words)) for one in found.proposals]
    context = {
        "customer": customer, "house": house, "also": also, "found": found,
        "first": told[:FIRST], "rest": sorted(told[FIRST:], key=lambda one: one[0].name(words.lang)),
        "refused": traits_said(found.refused, words),
        "unused": [(what, traits_said(traits, words)) for what, traits in found.unused],
    }  # fmt: skip
    return render(request, "team/match.html", context, status=422 if found.refused else 200)


@need("see_colleagues")
@require_POST
def choose(request: Any) -> HttpResponse:
    """Note who was chosen."""
    scope = Scope(request.user)
    sent = {name: number_of(request.POST.get(name, "")) for name in ("customer", "staff")}
    customer = get_object_or_404(scope.customers(), pk=sent["customer"])
    staff = get_object_or_404(Party, pk=sent["staff"], kind=Party.Kind.STAFF)
    actor = Actor(request.user, now_us=request.now_us)
    try:
        choose_match(actor, customer, staff, proposed=request.POST.get("first") == "1")
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        messages.success(
            request, request.words.say("match.chosen", name=staff.name(request.words.lang))
        )
    return redirect(f"{reverse('team:match')}?to={customer.pk}")
