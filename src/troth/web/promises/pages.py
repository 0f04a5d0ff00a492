"""The board, its deeds, and a new promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from troth.web.accounts.access import Scope, may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.ledger.actions import promises as deeds
from troth.web.ledger.models import Promise
from troth.web.promises.board import WHOSE, board_of, cards_of, seen_promises
from troth.web.promises.waiting import waiting_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

    from troth.web.accounts.models import User

#: Words of people that come with a deed; longer ones are cut.
_LONGEST: Final = 1_000


@need("see")
def board(request: Any) -> HttpResponse:
    """Promises by due time."""
    whose = _whose(request.user, request.GET.get("who", ""))
    shown = board_of(Scope(request.user), whose, request.now_us, request.words)
    told = {
        "board": shown, "whose": whose, "choices": _choices(request.user),
        "may_record": may(request.user, "record"), "may_govern": may(request.user, "govern"),
        "waiting": waiting_count(request.user, request.now_us),
    }  # fmt: skip
    return render(request, "promises/board.html", told)


def _choices(user: User) -> list[str]:
    """What one can switch between: one's own only where one is in the ledger, a team where one has one."""
    there = {"mine": user.party_id, "team": user.team_id, "house": True}
    return [name for name in WHOSE if there[name]]


def _whose(user: User, asked: str) -> str:
    choices = _choices(user)
    if asked in choices:
        return asked
    preferred = "mine" if user.role == user.Role.FRONT_LINE else "team"
    return preferred if preferred in choices else "house"


def _confirm(request: Any, actor: Actor, promise: Promise) -> Promise:
    text = request.POST.get("text", "").strip()[:_LONGEST] or None
    due = request.words.typed_us(request.POST.get("due", ""))
    return deeds.confirm_promise(actor, promise, text=text, due_us=due)


def _dismiss(request: Any, actor: Actor, promise: Promise) -> Promise:  # noqa: ARG001 - deeds are called alike
    deeds.dismiss_promise(actor, promise)
    promise.refresh_from_db()
    return promise


def _keep(request: Any, actor: Actor, promise: Promise) -> Promise:
    return deeds.keep_promise(actor, promise, request.POST.get("proof", "")[:_LONGEST])


def _break(request: Any, actor: Actor, promise: Promise) -> Promise:
    return deeds.break_promise(actor, promise, request.POST.get("why", "")[:_LONGEST])


def _move(request: Any, actor: Actor, promise: Promise) -> Promise:
    due = request.words.typed_us(request.POST.get("due", ""))
    if due is None:
        raise RefusedError("promises.when_missing")
    return deeds.move_promise(actor, promise, due, request.POST.get("why", "")[:_LONGEST])


DEEDS: Final[dict[str, Callable[[Any, Actor, Promise], Promise]]] = {
    "confirm": _confirm, "dismiss": _dismiss, "keep": _keep, "break": _break, "move": _move,
}  # fmt: skip


@need("record")
@require_POST
def deed(request: Any, number: int, name: str) -> HttpResponse:
    """Confirm or dismiss a draft; say that a promise was kept, broken or moved."""
    if name not in DEEDS:
        raise Http404
    promise = get_object_or_404(
        seen_promises(Scope(request.user), "house").select_related("organisation"), pk=number
    )
    actor = Actor(request.user, now_us=request.now_us)
    error = ""
    try:
        promise = DEEDS[name](request, actor, promise)
    except RefusedError as refused:
        error = refused.said(request.words.lang)
    if not request.htmx:
        if error:
            messages.error(request, error)
        else:
            messages.success(request, request.words.say(f"promises.said.{name}"))
        return redirect(f"/promises/?who={_whose(request.user, request.POST.get('who', ''))}")
    card = cards_of([promise], request.now_us, request.words)[0]
    told = {
        "card": card, "error": error, "number": number, "may_record": True, "deed": name,
        "whose": request.POST.get("who", ""),
    }  # fmt: skip
    if error and promise.state in (Promise.State.OPEN, Promise.State.DRAFT):
        part = "draft" if promise.state == Promise.State.DRAFT else "card"
        return render(request, f"promises/{part}.html", told, status=422)
    return render(request, "promises/done.html", told, status=422 if error else 200)
