"""What a customer is asked besides, under the link of their form: consent, statements, result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from troth.web.accounts.actions.refused import RefusedError
from troth.web.people.actions.links import link_of
from troth.web.people.actions.own_sittings import (
    begin_own_sitting,
    finish_own_sitting,
    save_own_answers,
)
from troth.web.people.asked import answers_in, besides, is_about_us, lines_of
from troth.web.people.forms import named
from troth.web.people.models import OwnSitting
from troth.web.people.own_form import actor_of, gone, sealed
from troth.web.people.shown import result_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.content.questionnaires import Questionnaire
    from troth.web.people.models import FormLink

_Opened = tuple["FormLink", "Questionnaire", "OwnSitting | None"]


def _opened(request: Any, token: str, name: str) -> _Opened | None:
    """The link, what is asked, and what was answered under it; None where it is not asked."""
    link = link_of(token, request.now_us)
    if link is None or link.house is None or name not in link.asks or name not in besides():
        return None
    rows = OwnSitting.objects.filter(link=link, questionnaire=name, until_us__gt=request.now_us)
    return link, besides()[name], rows.first()


@require_http_methods(["GET", "POST"])
def own_asked(request: Any, token: str, questionnaire: str) -> HttpResponse:
    """What it is for, then its statements, then what came of it."""
    found = _opened(request, token, questionnaire)
    if found is None:
        return gone(request)
    link, asked, sitting = found
    if request.method == "POST":
        try:
            begin_own_sitting(
                actor_of(request), link, asked, agreed=request.POST.get("agreed") == "yes"
            )
        except RefusedError as refused:
            return _page(request, token, found, refused.said(request.words.lang))
        return sealed(redirect("people:own_asked", token, asked.name))
    if sitting is not None and sitting.done_us and request.GET.get("again") == "1":
        return _page(request, token, (link, asked, None))
    return _page(request, token, found)


@require_POST
def own_answer(request: Any, token: str, questionnaire: str) -> HttpResponse:
    """Keep what was tapped; a form sent as a whole leaves or finishes."""
    found = _opened(request, token, questionnaire)
    if found is None:
        return gone(request)
    link, asked, sitting = found
    if sitting is None or sitting.done_us:
        return sealed(redirect("people:own_asked", token, asked.name))
    actor = actor_of(request)
    try:
        sitting = save_own_answers(actor, sitting, asked, answers_in(request.POST))
        if request.POST.get("go") == "finish" and not request.htmx:
            finish_own_sitting(actor, link, sitting, asked)
    except RefusedError as refused:
        return _page(request, token, (link, asked, sitting), refused.said(request.words.lang))
    if request.htmx:
        told = {"done": len(sitting.answers), "all": len(asked.items)}
        return sealed(render(request, "people/progress.html", told))
    if request.POST.get("go") == "leave":
        answer = redirect("people:own_form", token)
        answer["Location"] += "?kept=1"
        return sealed(answer)
    return sealed(redirect("people:own_asked", token, asked.name))


def _page(request: Any, token: str, found: _Opened, error: str = "") -> HttpResponse:
    link, asked, sitting = found
    lang = request.words.lang
    told: dict[str, Any] = {
        "asked": named(asked, lang), "token": token, "house": link.house, "error": error,
        "sitting": sitting, "until_us": link.until_us, "about_us": is_about_us(asked),
    }  # fmt: skip
    if sitting is None:
        name = "people/own_begin.html"
    elif sitting.done_us:
        name = "people/own_result.html"
        told["result"] = result_of(asked, sitting.scores, request.words) if sitting.scores else None
    else:
        name = "people/own_answer.html"
        told |= {
            "lines": lines_of(asked, sitting.answers, lang), "done": len(sitting.answers),
            "all": len(asked.items),
        }  # fmt: skip
    return sealed(render(request, name, told, status=422 if error else 200))
