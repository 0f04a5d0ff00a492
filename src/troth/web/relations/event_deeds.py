"""What is done about one event: overruled, taken back, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from troth.web.accounts.access import Scope, may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.ledger.actions import overrule
from troth.web.ledger.actions.answers import answer_event
from troth.web.ledger.aliases import aliases, with_aliases
from troth.web.ledger.models import Event
from troth.web.ledger.rows import retracting, words_of
from troth.web.relations.deeds import actor_of, text_of
from troth.web.relations.happened import READING
from troth.web.relations.opened import in_scope

if TYPE_CHECKING:
    from collections.abc import Callable

#: Outcomes that a person may give, by the key of their words.
OUTCOMES = {
    "1.0": "relations.outcome.honoured",
    "0.75": "relations.outcome.good",
    "0.5": "relations.outcome.neither",
    "0.25": "relations.outcome.poor",
    "0.0": "relations.outcome.let_down",
}

#: Deed → key of the phrase that says that it is done.
DONE = {
    "overruled": "relations.event.overruled",
    "taken-back": "relations.event.taken_back",
    "reread": "relations.event.reread.done",
    "answered": "relations.event.answered",
}


def _event(request: Any, truster: int, trusted: int, number: int) -> Event:
    """An event of a relationship that the reader may see."""
    relationship = in_scope(request, truster, trusted)
    rows = Event.objects.select_related("truster", "trustee", "organisation").filter(
        Q(organisation=trusted) | Q(trustee=trusted),
        truster__in=with_aliases({truster}, aliases()),
    )
    if relationship.inside:
        rows = rows.filter(Scope(request.user).between())
    return get_object_or_404(rows, pk=number)


@need("see")
def panel(request: Any, truster: int, trusted: int, number: int) -> HttpResponse:
    """The forms for one event, by what the reader may do."""
    event, user = _event(request, truster, trusted, number), request.user
    rules = may(user, "overrule") and event.kind not in retracting()
    standing = not overrule.is_taken_back(event)
    drawn = Event.objects.filter(ref=event.event_id, source__startswith=READING)
    context = {
        "event": event, "truster": truster, "trusted": trusted,
        "quote": request.words.quote(words_of([event.event_id]).get(event.event_id)),
        "may_rule": rules and standing and event.weight > 0,
        "may_take_back": rules and standing,
        "may_reread": rules and drawn.exists(),
        "may_answer": user.party_id == event.trustee_id,
        "outcomes": OUTCOMES.items(),
    }  # fmt: skip
    page = "relations/event_panel.html" if request.htmx else "relations/event_page.html"
    return render(request, page, context)


@need("see")
@require_POST
def act(request: Any, truster: int, trusted: int, number: int, deed: str) -> HttpResponse:
    """Overrule an outcome or a reading, take an event back, or answer it."""
    event, actor = _event(request, truster, trusted, number), actor_of(request)
    text, given = text_of(request), request.POST.get("outcome", "")
    outcome = float(given) if given in OUTCOMES else None
    deeds: dict[str, Callable[[], Any]] = {
        "taken-back": lambda: overrule.take_back(actor, event, text),
        "reread": lambda: overrule.overrule_reading(actor, event, text),
        "answered": lambda: answer_event(actor, event, text),
    }
    if outcome is not None:
        deeds["overruled"] = lambda: overrule.overrule_event(actor, event, outcome, text)
    if deed not in deeds:
        raise Http404
    if deed != "answered" and not may(request.user, "overrule"):
        raise PermissionDenied
    try:
        deeds[deed]()
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        messages.success(request, request.words.say(DONE[deed]))
    return redirect("relations:page", truster, trusted)
