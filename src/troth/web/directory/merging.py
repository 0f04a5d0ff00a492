"""Two entries that are one person: compared side by side, joined with a reason, parted again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.directory.found import found_parties
from troth.web.directory.pages import shown_party
from troth.web.ledger.actions.merges import merge_parties, split_party
from troth.web.ledger.models import Event, Relationship
from troth.web.parties.models import Party
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from django.http import HttpResponse

_LISTED: Final = 8
_EVENTS: Final = 1_000


@need("merge")
def merge(request: Any, number: int) -> HttpResponse:
    """Look for the other entry, compare, join."""
    keep = shown_party(request, number)
    scope = Scope(request.user)
    query = request.GET.get("q", "").strip()[:60]
    told: dict[str, Any] = {"party": keep, "query": query}
    asked = request.POST.get("other") or request.GET.get("other", "")
    if not asked:
        found = found_parties(scope, query, _LISTED, keep.kind)
        told["found"] = [party for party in found if party.pk != keep.pk]
        return render(request, "directory/merge.html", told)
    number = number_of(asked)
    if number in (0, keep.pk):
        raise Http404
    other = shown_party(request, number)
    told |= {"other": other, "sides": [_side(keep), _side(other)]}
    if request.method != "POST":
        return render(request, "directory/merge.html", told)
    reason = request.POST.get("reason", "").strip()[:300]
    told["reason"] = reason
    if not reason:
        told["error"] = request.words.say("desk.refused.reason")
        return render(request, "directory/merge.html", told, status=422)
    try:
        merge_parties(
            Actor(request.user, now_us=request.now_us), keep=keep, other=other, reason=reason
        )
    except RefusedError as refused:
        told["error"] = refused.said(request.words.lang)
        return render(request, "directory/merge.html", told, status=422)
    messages.success(request, request.words.say("directory.merge.done"))
    return redirect("directory:party", keep.pk)


def _side(party: Party) -> dict[str, Any]:
    """What tells two entries apart: how much is known of each, since when, with which house."""
    events = Event.objects.filter(truster=party).order_by("-t_us").values_list("t_us", flat=True)
    times = list(events[: _EVENTS + 1])
    rows = Relationship.objects.filter(truster=party, inside=False).select_related("trusted")
    return {
        "party": party, "events": min(len(times), _EVENTS), "many": len(times) > _EVENTS,
        "last_us": times[0] if times else 0, "relationships": list(rows),
    }  # fmt: skip


@need("merge")
@require_POST
def split(request: Any, number: int) -> HttpResponse:
    """Part an entry that was merged from the one it was merged into."""
    other = get_object_or_404(Party.objects.select_related("merged_into"), pk=number)
    keep = other.merged_into
    if keep is None or not Scope(request.user).sees(keep):
        raise Http404
    reason = request.POST.get("reason", "").strip()[:300]
    if not reason:
        messages.error(request, request.words.say("desk.refused.reason"))
        return redirect("directory:party", keep.pk)
    try:
        split_party(Actor(request.user, now_us=request.now_us), other, reason)
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        messages.success(request, request.words.say("directory.split.done"))
    return redirect("directory:party", keep.pk)
