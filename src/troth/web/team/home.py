"""The team's page: note something in two taps, one's colleagues, and how the team stands for who leads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from troth.guidance.falling import FALL
from troth.web.accounts.access import Scope, may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.ledger.models import Event
from troth.web.parties.models import Party
from troth.web.team.actions.record_hand_over import record_hand_over
from troth.web.team.actions.record_help import record_help
from troth.web.team.actions.take_back_last import UNDO_MINUTES, UNDO_US, take_back_last
from troth.web.team.actions.thank_colleague import thank_colleague
from troth.web.team.happened import KINDS, RECENT_DAYS, counts, latest_by_colleague
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.web.ledger.models import Relationship

#: What may be tapped, as forms name it.
WHATS: Final = ("thanks", "help", "kept", "dropped")
_KEPT: Final = "team_saved"
_MOST, _CUSTOMERS, _LOOKED_AT = 80, 6, 60


def colleagues_of(scope: Scope) -> list[Party]:
    """The reader's colleagues: those of the own team first, in order of name."""
    user = scope.user
    rows = Party.objects.filter(kind=Party.Kind.STAFF, merged_into=None)
    if user.house_id is None:
        return []
    rows = rows.filter(house=user.house_id).exclude(pk=user.party_id or 0)
    found = list(rows.select_related("team").order_by("key")[:_MOST])
    return sorted(found, key=lambda one: one.team_id != user.team_id)


@need("see")
@require_safe
def team(request: Any) -> HttpResponse:
    """Everything about one's team."""
    return _shown(request)


def _shown(request: Any, error: str = "", status: int = 200) -> HttpResponse:
    scope, words = Scope(request.user), request.words
    colleagues = colleagues_of(scope)
    latest = latest_by_colleague(scope, words) if request.user.party_id else {}
    kept = request.session.get(_KEPT) or {}
    told = {
        "colleagues": [
            (one, latest.get(one.pk), _opens(scope, one)) for one in colleagues
        ],
        "everybody": colleagues, "error": error, "sent": request.POST,
        "may_add": may(request.user, "record") and _is_staff(request.user),
        "leads": may(request.user, "see_colleagues"),
        "customers": _customers(scope), "minutes": UNDO_MINUTES,
        "undo": kept.get("at_us", 0) > request.now_us - UNDO_US,
        "chosen": number_of(request.POST.get("to", request.GET.get("to", ""))),
    }  # fmt: skip
    if told["leads"]:
        told |= _as_lead(request, scope)
    return render(request, "team/team.html", told, status=status)


def _is_staff(user: Any) -> bool:
    return user.party is not None and user.party.kind == Party.Kind.STAFF and user.party.house_id


def _opens(scope: Scope, one: Party) -> bool:
    me = scope.user.party
    return me is not None and scope.sees_pair(me, one)


def _as_lead(request: Any, scope: Scope) -> dict[str, Any]:
    """Counts without names, and strained trust in order of name."""
    body, words = request.user.team or request.user.house, request.words
    number = counts(body, request.now_us) if body else {}
    return {
        "counts": [(words.start(words.kind(kind)), number[kind]) for kind in KINDS if body],
        "body": body, "days": RECENT_DAYS, "strained": _strained(scope),
    }  # fmt: skip


def _strained(scope: Scope) -> list[Relationship]:
    rows = scope.relationships().filter(
        Q(enough=True, trend__lte=FALL) | Q(repair=True), inside=True,
        trusted__kind=Party.Kind.STAFF, truster__kind=Party.Kind.STAFF,
    )  # fmt: skip
    found = rows.select_related("truster", "trusted").order_by("truster__key", "trusted__key")
    return list(found[:40])


def _customers(scope: Scope) -> list[Party]:
    """Customers whom the reader met last, one of whom a hand-over may be about."""
    rows = Event.objects.filter(trustee=scope.user.party_id or 0).order_by("-t_us")
    met = list(dict.fromkeys(rows.values_list("truster_id", flat=True)[:_LOOKED_AT]))
    seen = {one.pk: one for one in scope.customers().filter(pk__in=met)} if met else {}
    return [seen[number] for number in met if number in seen][:_CUSTOMERS]


@need("record")
@require_POST
def add(request: Any) -> HttpResponse:
    """Save what was tapped."""
    scope, number = Scope(request.user), number_of(request.POST.get("to", ""))
    to = next((one for one in colleagues_of(scope) if one.pk == number), None)
    if to is None:
        return _shown(request, request.words.say("team.refused.who"), 422)
    try:
        saved = _save(Actor(request.user, now_us=request.now_us), to, request.POST)
    except RefusedError as refused:
        return _shown(request, refused.said(request.words.lang), 422)
    request.session[_KEPT] = {"event": saved, "at_us": request.now_us}
    messages.success(request, request.words.say("team.saved", name=to.name(request.words.lang)))
    return redirect("team:team")


def _save(actor: Actor, to: Party, sent: Any) -> str:
    """Record what was tapped; the event's id."""
    what, text = sent.get("what", ""), sent.get("text", "")
    if what == "thanks":
        return thank_colleague(actor, to, text)
    if what == "help":
        return record_help(actor, to, text)
    if what not in WHATS or actor.user is None:
        raise RefusedError("team.refused.what")
    about = number_of(sent.get("customer", ""))
    customer = Scope(actor.user).customers().filter(pk=about).first() if about else None
    return record_hand_over(actor, to, kept=what == "kept", text=text, customer=customer)


@need("record")
@require_POST
def undo(request: Any) -> HttpResponse:
    """Take back what was saved last."""
    kept = request.session.get(_KEPT) or {"event": ""}
    try:
        take_back_last(Actor(request.user, now_us=request.now_us), kept["event"])
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        messages.success(request, request.words.say("team.undone"))
        request.session.pop(_KEPT, None)
    return redirect("team:team")
