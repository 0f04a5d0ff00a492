"""How a team works together: the anonymous form, and what a house sees of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from troth.people.group import LEAST
from troth.web.accounts.access import need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.people.actions.culture import answer_culture, quarter_of
from troth.web.people.asked import answers_in, culture_form, lines_of
from troth.web.people.forms import named
from troth.web.people.models import CultureTaken

if TYPE_CHECKING:
    from django.http import HttpResponse


@need("see")
@require_http_methods(["GET", "POST"])
def culture(request: Any) -> HttpResponse:
    """All statements on one page; sent once, without a name."""
    asked, lang = culture_form(), request.words.lang
    quarter = quarter_of(request.now_us)
    taken = CultureTaken.objects.filter(user=request.user, quarter=quarter).exists()
    if asked is None or request.user.house_id is None or taken:
        told: dict[str, Any] = {"open": False, "taken": taken}
        return render(request, "people/culture.html", told)
    answers, error = answers_in(request.POST), ""
    if request.method == "POST":
        try:
            answer_culture(Actor(request.user, now_us=request.now_us), asked, answers)
        except RefusedError as refused:
            error = refused.said(lang)
        else:
            messages.success(request, request.words.say("people.culture.sent"))
            return redirect("people:hub")
    told = {
        "open": True, "asked": named(asked, lang), "lines": lines_of(asked, answers, lang),
        "least": LEAST, "error": error, "house": request.user.house,
    }  # fmt: skip
    return render(request, "people/culture.html", told, status=422 if error else 200)
