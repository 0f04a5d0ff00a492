"""The page on which an admin names robots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from troth.content.text import phrase
from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.promises.actions.robots import add_robot, forget_robot, switch_robot
from troth.web.promises.models import RobotHook
from troth.web.promises.robots import post
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from django.http import HttpResponse


@need("govern")
def robots(request: Any) -> HttpResponse:
    """Robots there are, and a form for one more."""
    told: dict[str, Any] = {"error": ""}
    scope = Scope(request.user)
    if request.method == "POST":
        house = get_object_or_404(scope.houses(), pk=number_of(request.POST.get("house", "")))
        actor = Actor(request.user, now_us=request.now_us)
        kind, url = request.POST.get("kind", ""), request.POST.get("url", "")
        try:
            add_robot(actor, kind=kind, url=url, house=house)
        except RefusedError as refused:
            told["error"] = refused.said(request.words.lang)
        else:
            messages.success(request, request.words.say("promises.robot.added"))
            return redirect("promises:robots")
    told |= {
        "robots": RobotHook.objects.select_related("house"), "kinds": RobotHook.Kind.values,
        "houses": scope.houses(),
    }  # fmt: skip
    return render(request, "promises/robots.html", told, status=422 if told["error"] else 200)


@need("govern")
@require_POST
def robot(request: Any, number: int, name: str) -> HttpResponse:
    """Try a robot, switch it on or off, or forget it."""
    hook = get_object_or_404(RobotHook, pk=number)
    actor = Actor(request.user, now_us=request.now_us)
    if name == "try":
        worked = post(hook, phrase("promises.robot.hello", hook.lang))
        said = request.words.say("promises.robot.worked" if worked else "promises.robot.failed")
        (messages.success if worked else messages.error)(request, said)
    elif name == "forget":
        forget_robot(actor, hook)
    else:
        switch_robot(actor, hook, active=name == "on")
    return redirect("promises:robots")
