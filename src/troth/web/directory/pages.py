"""A party's own page, and what is done there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from troth.web.accounts.access import FIRST_HOURS, Scope, may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.directory.about import PAGE, events_about
from troth.web.directory.actions.edit_party import edit_party
from troth.web.directory.actions.mark_seen import mark_seen
from troth.web.directory.body import COLLEAGUES, KEPT_DAYS, body_of, chance_of
from troth.web.directory.forms import EditParty
from troth.web.ledger.actions.answers import answer_event
from troth.web.ledger.models import Event, Promise, Relationship
from troth.web.ledger.rows import words_of
from troth.web.parties.models import Party
from troth.web.ui.numbers import number_of
from troth.web.ui.templatetags.troth import STAGES

if TYPE_CHECKING:
    from django.http import HttpResponse

Kind = Party.Kind
_OPEN, _ENDED = 20, 10
_MERGED: Final = 20


def shown_party(request: Any, number: int) -> Party:
    """A party that the reader may see.

    Raises:
        Http404: there is none, or it is not for them.
    """
    party = get_object_or_404(
        Party.objects.select_related("house", "team", "merged_into"), pk=number
    )
    now = party.merged_into or party
    if not Scope(request.user).sees(now):
        raise Http404
    return party


@need("see")
def party(request: Any, number: int) -> HttpResponse:
    """A party's own page."""
    shown = shown_party(request, number)
    if shown.merged_into_id:
        return redirect("directory:party", shown.merged_into_id)
    if shown.kind == Kind.CUSTOMER:
        return _customer(request, shown)
    if shown.kind == Kind.STAFF:
        return _staff(request, shown)
    return _body(request, shown)


@need("see")
def me(request: Any) -> HttpResponse:
    """The reader's own page."""
    own = request.user.party
    if own is None:
        return render(request, "directory/nobody.html")
    return _staff(request, own)


def may_edit(user: Any, party: Party) -> bool:
    """Whether somebody may put a party's name right: customers by all who record, the rest by admins."""
    return may(user, "record" if party.kind == Kind.CUSTOMER else "govern")


def _customer(request: Any, party: Party, form: EditParty | None = None) -> HttpResponse:
    scope = Scope(request.user)
    rows: Any = Relationship.objects.filter(
        truster=party, inside=False, trusted__in=scope.houses().values("pk")
    )
    told = {
        "party": party, "relationships": rows.select_related("trusted").order_by("-last_us"),
        "preferences": party.preferences.filter(draft=False)[:12],
        "form": form or EditParty(request.words, party), "may_edit": may_edit(request.user, party),
        "editing": form is not None,
        "may_merge": may(request.user, "merge"),
        "merged": party.merged.all()[:_MERGED] if may(request.user, "merge") else (),
    }  # fmt: skip
    return render(request, "directory/customer.html", told, status=422 if form else 200)


def _staff(request: Any, party: Party) -> HttpResponse:
    scope, own = Scope(request.user), request.user.party_id == party.pk
    before = request.GET.get("before", "")
    number = number_of(before)
    events = events_about(scope, party, request.now_us, request.words, number)
    told: dict[str, Any] = {
        "party": party, "own": own, "events": events[:PAGE], "hours": FIRST_HOURS,
        "more": events[PAGE - 1].event.pk if len(events) > PAGE else 0,
        "fresh": [row for row in events[:PAGE] if row.fresh] if own else (),
    }  # fmt: skip
    if request.htmx and request.htmx.target == "more":
        return render(request, "directory/events.html", told)
    inside = scope.relationships().filter(inside=True, trusted__kind__in=COLLEAGUES)
    told |= {
        "promises": _promises(scope, party),
        "trusts": inside.filter(truster=party).select_related("trusted").order_by("trusted__key"),
        "trusted_by": inside.filter(trusted=party)
        .select_related("truster")
        .order_by("truster__key"),
        "form": EditParty(request.words, party), "may_edit": may_edit(request.user, party),
    }  # fmt: skip
    return render(request, "directory/staff.html", told)


def _promises(scope: Scope, party: Party) -> list[tuple[Promise, str]]:
    """What somebody has promised: what is open first, then what ended lately; with the words."""
    rows = scope.of_house(Promise.objects.filter(trustee=party)).select_related("truster")
    found = list(rows.filter(state="open").order_by("due_us", "pk")[:_OPEN])
    found += rows.filter(state__in=("kept", "broken")).order_by("-ended_us")[:_ENDED]
    words = words_of(promise.said_in for promise in found)
    return [(promise, words.get(promise.said_in, "")) for promise in found]


def _body(request: Any, party: Party) -> HttpResponse:
    scope = Scope(request.user)
    house = party.kind == Kind.ORGANISATION
    people = Party.objects.filter(merged_into=None, kind=Kind.STAFF)
    people = people.filter(house=party) if house else people.filter(team=party)
    name = f"name_{request.words.lang}"
    body = body_of(scope, party, request.now_us)
    told = {
        "party": party, "body": body, "stages": list(zip(STAGES, body.stages, strict=False)),
        "people": [(one, scope.sees(one)) for one in people.order_by(name, "pk")[:100]],
        "teams": Party.objects.filter(kind=Kind.TEAM, house=party, merged_into=None)
        if house
        else (),
        "chance": chance_of(party, request.now_us) if house else None, "days": KEPT_DAYS,
        "form": EditParty(request.words, party), "may_edit": may_edit(request.user, party),
    }  # fmt: skip
    return render(request, "directory/body.html", told)


@need("see")
@require_POST
def edit(request: Any, number: int) -> HttpResponse:
    """Put a name, contact or form of address right."""
    shown = shown_party(request, number)
    if not may_edit(request.user, shown):
        raise Http404
    form = EditParty(request.words, shown, request.POST)
    if not form.is_valid():
        if shown.kind == Kind.CUSTOMER:
            return _customer(request, shown, form)
        messages.error(request, request.words.say("directory.not_saved"))
        return redirect("directory:party", shown.pk)
    edit_party(Actor(request.user, now_us=request.now_us), shown, form.told)
    messages.success(request, request.words.say("directory.saved"))
    return redirect("directory:party", shown.pk)


@need("see")
@require_POST
def seen(request: Any) -> HttpResponse:
    """The reader has seen events about themselves."""
    numbers = [number_of(one) for one in request.POST.getlist("event")]
    mark_seen(Actor(request.user, now_us=request.now_us), numbers[:PAGE])
    if request.htmx:
        return render(request, "directory/seen.html")
    return redirect("directory:me")


@need("see")
@require_POST
def answer(request: Any, number: int) -> HttpResponse:
    """The reader says something about an event in which they are the one who was trusted."""
    events = Event.objects.select_related("truster", "trustee", "organisation")
    event = get_object_or_404(events, pk=number, trustee=request.user.party_id or 0)
    actor = Actor(request.user, now_us=request.now_us)
    try:
        answer_event(actor, event, request.POST.get("text", "")[:2000])
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        messages.success(request, request.words.say("directory.answered"))
    return redirect("directory:me")
