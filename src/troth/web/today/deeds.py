"""What is done right from the day's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.guidance.actions.leave_in_peace import leave_in_peace
from troth.web.ledger.actions import promises
from troth.web.ledger.actions.touches import record_touch
from troth.web.ledger.models import Event, Promise
from troth.web.today.morning import PASSED_ON
from troth.web.today.staff import speaks_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

_FORMS = ("moved", "broken")
_HOUR_US = 3_600_000_000


def done(request: Any, key: str, deed: Callable[[], Any]) -> HttpResponse:
    """Do it and say so where the entry stood; or say why not.

    Args:
        request: of the reader.
        key: of the phrase that says that it is done.
        deed: what to do.
    """
    said, refused = request.words.say(key), ""
    try:
        deed()
    except RefusedError as error:
        refused = error.said(request.words.lang)
    if not request.htmx:
        (messages.error if refused else messages.success)(request, refused or said)
        return redirect("today:day")
    if refused:
        # The entry stays, with what was typed; only a toast comes.
        messages.error(request, refused)
        answer = render(request, "ui/toasts_oob.html")
        answer["HX-Reswap"] = "none"
        return answer
    answer = render(request, "today/done.html", {"said": said})
    answer["HX-Trigger"] = "counted"
    return answer


def _actor(request: Any) -> Actor:
    return Actor(request.user, now_us=request.now_us)


def _promises(request: Any) -> Any:
    rows = Promise.objects.select_related("truster", "trustee", "organisation")
    return Scope(request.user).of_house(rows)


@need("record")
def promise(request: Any, deed: str) -> HttpResponse:
    """A promise was kept, moved or broken; by GET the small form for the last two."""
    name = request.POST.get("promise") or request.GET.get("promise", "")
    found = get_object_or_404(_promises(request), event_id=name)
    words, text = request.words, str(request.POST.get("text", ""))[:2000].strip()
    if request.method != "POST":
        if deed not in _FORMS:
            raise Http404
        due = words.typed(max(found.due_us or 0, request.now_us + _HOUR_US))
        context = {"deed": deed, "name": name, "due": due, "truster": found.truster}
        page = "today/promise_form.html" if request.htmx else "today/promise_page.html"
        return render(request, page, context)
    due_us = words.typed_us(request.POST.get("due", "")) or 0
    deeds: dict[str, tuple[str, Callable[[], Any]]] = {
        "kept": ("today.kept", lambda: promises.keep_promise(_actor(request), found, text)),
        "broken": ("today.broken", lambda: promises.break_promise(_actor(request), found, text)),
        "moved": (
            "today.moved_on",
            lambda: promises.move_promise(_actor(request), found, due_us, text),
        ),
    }
    if deed not in deeds:
        raise Http404
    return done(request, *deeds[deed])


@need("record")
@require_POST
def draft(request: Any, number: int, deed: str) -> HttpResponse:
    """A promise found in a message is one, or is none."""
    found = get_object_or_404(_promises(request), pk=number)
    deeds: dict[str, tuple[str, Callable[[], Any]]] = {
        "confirmed": (
            "today.draft.confirmed",
            lambda: promises.confirm_promise(_actor(request), found),
        ),
        "dismissed": (
            "today.draft.dismissed",
            lambda: promises.dismiss_promise(_actor(request), found),
        ),
    }
    if deed not in deeds:
        raise Http404
    return done(request, *deeds[deed])


@need("record")
@require_POST
def quiet(request: Any, truster: int, trusted: int, deed: str) -> HttpResponse:
    """Somebody who went quiet was contacted, or is left in peace."""
    rows = Scope(request.user).relationships().select_related("truster", "trusted")
    found = get_object_or_404(rows, truster=truster, trusted=trusted)
    actor, house = _actor(request), found.trusted
    if deed == "contact":
        return done(
            request,
            "today.quiet.contacted",
            lambda: record_touch(
                actor, truster=found.truster, trustee=speaks_for(request.user, house),
                house=house, kind="contact",
            ),
        )  # fmt: skip
    if deed == "peace":
        return done(request, "today.quiet.rests", lambda: leave_in_peace(actor, found))
    raise Http404


@need("record")
@require_POST
def praise(request: Any) -> HttpResponse:
    """Kind words reached the one they were for."""
    rows = Event.objects.select_related("truster", "trustee", "organisation")
    seen = Scope(request.user).of_house(rows)
    found = get_object_or_404(seen, event_id=request.POST.get("event", ""))
    return done(
        request,
        "today.praise.passed_on",
        lambda: record_touch(
            _actor(request), truster=found.truster, trustee=found.trustee,
            house=found.organisation, kind=PASSED_ON, ref=found.event_id,
        ),
    )  # fmt: skip
