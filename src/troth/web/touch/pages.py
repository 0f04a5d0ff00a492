"""Add a touch: who, what, save; then take it back or add another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from troth.content.touches import touch_of, touches
from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.parties.models import Party
from troth.web.touch.actions.record_touches import Moment, Saved, record_touches
from troth.web.touch.actions.take_back_touches import (
    UNDO_MINUTES,
    UNDO_US,
    take_back_touches,
)
from troth.web.touch.due import PICKS, picked_us
from troth.web.touch.who import colleagues, recent_customers
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

CHANNELS: Final = ("face_to_face", "phone", "chat")
_COOKIE: Final = "troth_channel"
_YEAR: Final = 365 * 24 * 3600
_LONGEST: Final = 1_000
#: Where a session keeps what was saved last, so that it can be taken back.
_KEPT: Final = "touch_saved"


@need("record")
def add(request: Any) -> HttpResponse:
    """The form, and its saving."""
    told = _told(request)
    if request.method != "POST":
        return render(request, "touch/add.html", told)
    actor = Actor(request.user, now_us=request.now_us)
    try:
        moment = _moment(request, told)
        saved = record_touches(actor, moment, told["tapped"])
    except RefusedError as refused:
        return render(
            request,
            "touch/add.html",
            {**told, "error": refused.said(request.words.lang)},
            status=422,
        )
    request.session[_KEPT] = {
        "events": saved.events, "preferences": saved.preferences, "at_us": request.now_us,
        "to": moment.customer.pk, "house": moment.house.pk if moment.house else moment.staff.pk,
        "touches": [touch.key for touch in told["tapped"]],
    }  # fmt: skip
    answer = redirect("touch:done")
    answer.set_cookie(
        _COOKIE, moment.channel, max_age=_YEAR, samesite="Lax", httponly=True,
        secure=settings.SECURE,
    )  # fmt: skip
    return answer


def _told(request: Any) -> dict[str, Any]:
    """What the form shows: chosen and recent people, touches, channel; as they were sent, if they were."""
    scope = Scope(request.user)
    sent: Mapping[str, str] = request.POST if request.method == "POST" else request.GET
    asked = str(sent.get("to", ""))
    number = number_of(asked)
    recent = recent_customers(scope)
    to = next((one for one in recent if one.pk == number), None)
    if to is None and number:
        to = scope.customers().filter(pk=number).first()
        recent = [to, *recent] if to else recent
    staff = colleagues(scope)
    by = str(sent.get("by", request.user.party_id or ""))
    tapped = [touch_of(key) for key in dict.fromkeys(request.POST.getlist("touch"))]
    channel = str(sent.get("channel", request.COOKIES.get(_COOKIE, CHANNELS[0])))
    return {
        "to": to, "recent": recent, "staff": staff,
        "by": next((one for one in staff if str(one.pk) == by), None),
        "tapped": [touch for touch in tapped if touch is not None],
        "groups": [
            (group.key, group.label(request.words.lang), _labelled(group.items, request.words.lang))
            for group in touches()
        ],
        "picks": PICKS, "pick": sent.get("pick", ""), "due": sent.get("due", ""),
        "text": str(sent.get("text", ""))[:_LONGEST], "channels": CHANNELS,
        "channel": channel if channel in CHANNELS else CHANNELS[0],
    }  # fmt: skip


def _labelled(items: Any, lang: str) -> list[tuple[Any, str]]:
    return [(touch, touch.label(lang)) for touch in items]


def _moment(request: Any, told: dict[str, Any]) -> Moment:
    """What was filled in.

    Raises:
        RefusedError: it is not said who, or by whom.
    """
    words = request.words
    if told["to"] is None:
        raise RefusedError("touch.who_missing")
    if told["by"] is None:
        raise RefusedError("touch.by_missing")
    due = words.typed_us(str(told["due"]))
    if due is None:
        due = picked_us(str(told["pick"]), request.now_us, words.zone)
    house = told["by"].house or request.user.house
    return Moment(told["to"], told["by"], house, told["text"].strip(), due, told["channel"])


@need("record")
def done(request: Any) -> HttpResponse:
    """What was saved; take it back, or add another."""
    kept = request.session.get(_KEPT)
    if kept is None:
        return redirect("touch:add")
    lang = request.words.lang
    found = [touch_of(key) for key in kept["touches"]]
    told = {
        "to": Party.objects.filter(pk=kept["to"]).first(), "house": kept["house"],
        "touches": [(touch, touch.label(lang)) for touch in found if touch],
        "undo": kept["at_us"] > request.now_us - UNDO_US, "minutes": UNDO_MINUTES,
    }  # fmt: skip
    return render(request, "touch/done.html", told)


@need("record")
@require_POST
def undo(request: Any) -> HttpResponse:
    """Take back what was saved last."""
    kept = request.session.get(_KEPT) or {"events": [], "preferences": []}
    actor = Actor(request.user, now_us=request.now_us)
    try:
        take_back_touches(actor, Saved(kept["events"], kept["preferences"]))
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        messages.success(request, request.words.say("touch.undone"))
        request.session.pop(_KEPT, None)
    return redirect("touch:add")
