"""What is done about what is known of a customer: taps, notes, the form taken down, links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from troth.content.text import phrase
from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.ledger.houses import house_for
from troth.web.parties.models import Party
from troth.web.people.actions import links, statements
from troth.web.people.actions.own_words import answer_form, forget_own_words
from troth.web.people.asked import besides
from troth.web.people.form import blank_form, filled_form
from troth.web.people.models import FormLink, Statement
from troth.web.people.panel import panel_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse


def customer_or_404(request: Any, number: int) -> tuple[Party, Party]:
    """A customer that the reader sees, and the house for which they speak.

    Raises:
        Http404: there is none, it is not for them, or they speak for no house.
    """
    party = get_object_or_404(Party, pk=number, kind=Party.Kind.CUSTOMER, merged_into=None)
    scope = Scope(request.user)
    asked = request.POST.get("house", request.GET.get("house", ""))
    house = house_for(scope, party, asked)
    if house is None or not scope.sees(party):
        raise Http404
    return party, house


def done(request: Any, at: tuple[Party, Party], key: str, deed: Callable[[], Any]) -> HttpResponse:
    """Do it, say so or why not, and show the part of the page that changed, or the page."""
    party, house = at
    try:
        deed()
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        messages.success(request, request.words.say(key))
    if request.htmx:
        told = panel_of(request, party, house, back(request, party)) | {"swapped": True}
        return render(request, "people/known.html", told)
    return redirect(back(request, party))


def _house_of(request: Any, row: Statement | FormLink) -> Party:
    """The house at which something is known.

    Raises:
        Http404: it is not for the reader.
    """
    scope, party = Scope(request.user), row.party.merged_into or row.party
    house = row.house or house_for(scope, party)
    if house is None or not scope.sees_known(party, row.house_id):
        raise Http404
    return house


def back(request: Any, party: Party) -> str:
    """The page that a form stood on."""
    asked = str(request.POST.get("next", ""))
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()})
    return asked if safe and asked.startswith("/") else f"/parties/{party.pk}/"


def actor_of(request: Any) -> Actor:
    """Who does it, now."""
    return Actor(request.user, now_us=request.now_us)


@need("record")
@require_POST
def tap(request: Any, party: int) -> HttpResponse:
    """One of two taps: how they come across."""
    at = customer_or_404(request, party)
    what, _, value = request.POST.get("tap", "").partition(":")
    return done(
        request, at, "people.tapped",
        lambda: statements.note_style(actor_of(request), *at, what, value),
    )  # fmt: skip


@need("record")
@require_POST
def need_noted(request: Any, party: int) -> HttpResponse:
    """Note a need, motive or value."""
    at = customer_or_404(request, party)
    told = [str(request.POST.get(name, ""))[:1000] for name in ("subject", "text", "origin")]
    return done(
        request, at, "people.need.saved",
        lambda: statements.note_need(actor_of(request), *at, (told[0], told[1], told[2])),
    )  # fmt: skip


@need("record")
@require_POST
def drop(request: Any, statement: int) -> HttpResponse:
    """Delete one thing that was noted or said."""
    rows = Statement.objects.select_related("party__merged_into", "house", "preference")
    row = get_object_or_404(rows, pk=statement)
    return done(
        request, (row.party.merged_into or row.party, _house_of(request, row)), "people.dropped",
        lambda: statements.drop_statement(actor_of(request), row),
    )  # fmt: skip


@need("record")
@require_http_methods(["GET", "POST"])
def take(request: Any, party: int) -> HttpResponse:
    """The customer's form, taken down as they say it."""
    at = customer_or_404(request, party)
    told, error = blank_form(*at, request), ""
    if request.method == "POST":
        form = filled_form(request)
        told = told.refilled(form)
        try:
            answer_form(actor_of(request), *at, form)
        except RefusedError as refused:
            error = refused.said(request.words.lang)
        else:
            messages.success(request, request.words.say("people.form.taken.saved"))
            return redirect(back(request, at[0]))
    page = {
        "party": at[0],
        "house": at[1],
        "form": told,
        "error": error,
        "next": back(request, at[0]),
    }
    return render(request, "people/take.html", page, status=422 if error else 200)


@need("record")
@require_POST
def link(request: Any, party: int) -> HttpResponse:
    """Make the link under which the customer opens their own form; it is shown this once."""
    customer, house = customer_or_404(request, party)
    asks = [name for name in besides() if name in request.POST.getlist("asks")]
    _, token = links.make_form_link(actor_of(request), customer, house, asks)
    address = request.build_absolute_uri(f"/f/{token}/")
    lang = customer.lang if customer.lang in ("zh", "en") else request.words.lang
    called = customer.address(lang) or customer.name(lang)
    told = {
        "party": customer, "house": house, "address": address, "days": links.LINK_DAYS,
        "message": phrase("people.form.message.text", lang, address=called, link=address),
        "asks": [besides()[name].title[request.words.lang] for name in asks],
        "lang_of_message": lang, "next": back(request, customer),
    }  # fmt: skip
    return render(request, "people/link.html", told)


@need("record")
@require_POST
def revoke(request: Any, link: int) -> HttpResponse:
    """End a link."""
    row = get_object_or_404(FormLink.objects.select_related("party", "house"), pk=link)
    at = (row.party, _house_of(request, row))
    return done(
        request, at, "people.form.revoked", lambda: links.revoke_form_link(actor_of(request), row)
    )


@need("record")
@require_POST
def forget(request: Any, party: int) -> HttpResponse:
    """Delete all that a customer said on the form, as they asked."""
    at = customer_or_404(request, party)
    return done(
        request, at, "people.form.forgotten", lambda: forget_own_words(actor_of(request), *at)
    )
