"""What an admin switches for a house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from troth.web.accounts.access import Scope, need
from troth.web.accounts.actor import Actor
from troth.web.people.actions.switch_inference import switch_inference

if TYPE_CHECKING:
    from django.http import HttpResponse


@need("govern")
@require_POST
def inference(request: Any, house: int) -> HttpResponse:
    """Let detail be guessed from the length of messages, or stop it."""
    one = get_object_or_404(Scope(request.user).houses(), pk=house)
    switch_inference(
        Actor(request.user, now_us=request.now_us), one, on=request.POST.get("on") == "yes"
    )
    messages.success(request, request.words.say("people.infer.switched"))
    return redirect("settings:house")
