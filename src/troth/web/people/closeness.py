"""The customer's few statements on closeness, under the link of their form and by a tick of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from troth.web.accounts.actions.refused import RefusedError
from troth.web.people.actions.closeness import answer_closeness
from troth.web.people.actions.links import link_of
from troth.web.people.asked import answers_in, closeness_form, lines_of
from troth.web.people.forms import named
from troth.web.people.own_form import actor_of, gone, sealed

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_http_methods(["GET", "POST"])
def own_closeness(request: Any, token: str) -> HttpResponse:
    """Nine statements; what follows from them is kept, they are not."""
    link, asked = link_of(token, request.now_us), closeness_form()
    if link is None or link.house is None or asked is None:
        return gone(request)
    lang, error = request.words.lang, ""
    told = answers_in(request.POST)
    if request.method == "POST":
        agreed = request.POST.get("agreed") == "yes"
        try:
            answer_closeness(actor_of(request), link, asked, told, agreed=agreed)
        except RefusedError as refused:
            error = refused.said(lang)
        else:
            answer = redirect("people:own_form", token)
            answer["Location"] += "?saved=1"
            return sealed(answer)
    page = {
        "asked": named(asked, lang), "lines": lines_of(asked, told, lang), "token": token,
        "house": link.house, "error": error,
    }  # fmt: skip
    return sealed(render(request, "people/own_closeness.html", page, status=422 if error else 200))
