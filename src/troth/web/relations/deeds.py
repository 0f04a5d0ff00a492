"""What is done from a relationship's page: promises, preferences, repair."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from troth.web.accounts.access import need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.ledger.actions import preferences, promises
from troth.web.ledger.actions.touches import record_touch
from troth.web.ledger.models import Case, Promise
from troth.web.parties.models import Party, Preference
from troth.web.relations.opened import house_of, in_scope
from troth.web.relations.repairs import DONE

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from troth.web.ledger.models import Relationship

_LONGEST = 4000


def actor_of(request: Any) -> Actor:
    """Who does it, now."""
    return Actor(request.user, now_us=request.now_us)


def done(
    request: Any, relationship: Relationship, key: str, deed: Callable[[], Any]
) -> HttpResponse:
    """Do it, say so (or why not), and go back to the page.

    Args:
        request: of the reader.
        relationship: whose page it is.
        key: of the phrase that says that it is done.
        deed: what to do.
    """
    try:
        deed()
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        messages.success(request, request.words.say(key))
    return redirect("relations:page", relationship.truster_id, relationship.trusted_id)


def text_of(request: Any, name: str = "text") -> str:
    """Words that came with a form."""
    return str(request.POST.get(name, ""))[:_LONGEST].strip()


@need("record")
@require_POST
def promise(request: Any, truster: int, trusted: int, number: int, deed: str) -> HttpResponse:
    """A promise was kept, broken or moved; a draft is confirmed or set aside."""
    relationship = in_scope(request, truster, trusted)
    rows = Promise.objects.select_related("truster", "trustee", "organisation").filter(
        Q(organisation=trusted) | Q(trustee=trusted), truster=truster
    )
    found = get_object_or_404(rows, pk=number)
    actor, text = actor_of(request), text_of(request)
    due_us = request.words.typed_us(request.POST.get("due", ""))
    if deed == "moved" and due_us is None:
        messages.error(request, request.words.say("relations.promise.no_time"))
        return redirect("relations:page", truster, trusted)
    deeds: dict[str, Callable[[], Any]] = {
        "kept": lambda: promises.keep_promise(actor, found, text),
        "broken": lambda: promises.break_promise(actor, found, text),
        "moved": lambda: promises.move_promise(actor, found, due_us or 0, text),
        "confirmed": lambda: promises.confirm_promise(actor, found, due_us=due_us),
        "dismissed": lambda: promises.dismiss_promise(actor, found),
    }
    if deed not in deeds:
        raise Http404
    return done(request, relationship, f"relations.promise.{deed}.done", deeds[deed])


@need("record")
@require_POST
def note(request: Any, truster: int, trusted: int) -> HttpResponse:
    """Note how somebody likes things."""
    relationship = in_scope(request, truster, trusted)
    party, house, what = relationship.truster, house_of(relationship), text_of(request, "what")
    wanted = request.POST.get("wanted") != "no"
    return done(
        request,
        relationship,
        "relations.preference.noted",
        lambda: preferences.note_preference(
            actor_of(request), party=party, house=house, what=what, wanted=wanted
        ),
    )


@need("record")
@require_POST
def preference(request: Any, truster: int, trusted: int, number: int, deed: str) -> HttpResponse:
    """Take a preference that the reader found as theirs, or forget one that does not hold."""
    relationship = in_scope(request, truster, trusted)
    rows = Preference.objects.filter(
        Q(house=None) | Q(house=house_of(relationship)), party=relationship.truster_id
    )
    found = get_object_or_404(rows.select_related("party"), pk=number)
    deeds = {"confirmed": preferences.confirm_preference, "dropped": preferences.drop_preference}
    if deed not in deeds:
        raise Http404
    key = f"relations.preference.{deed}"
    return done(request, relationship, key, lambda: deeds[deed](actor_of(request), found))


@need("record")
@require_POST
def repair(request: Any, truster: int, trusted: int) -> HttpResponse:
    """Record what was done about a breach that waits."""
    relationship = in_scope(request, truster, trusted)
    kind, ref = request.POST.get("kind", ""), request.POST.get("ref", "")
    rows = Case.objects.select_related("trustee", "organisation").filter(
        Q(organisation=trusted) | Q(trustee=trusted), truster=truster
    )
    case = get_object_or_404(rows, event_id=ref)
    if kind not in DONE:
        messages.error(request, request.words.say("relations.done.choose"))
        return redirect("relations:page", truster, trusted)
    who = colleague(request.user.party, case.organisation) or case.trustee
    return done(
        request,
        relationship,
        "relations.done.recorded",
        lambda: record_touch(
            actor_of(request), truster=relationship.truster, trustee=who,
            house=case.organisation, kind=kind, text=text_of(request), ref=ref,
        ),
    )  # fmt: skip


def colleague(party: Party | None, house: Party | None) -> Party | None:
    """The reader's own party where they act for that house; else None."""
    if party is None or house is None or party.house_id != house.pk:
        return None
    return party
