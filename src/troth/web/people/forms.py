"""Questionnaires: what is offered, the consent before one, and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from troth.content.sources import sources
from troth.content.text import phrase
from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.people.actions.culture import quarter_of
from troth.web.people.actions.sittings import (
    OLDER_DAYS,
    UNFINISHED_DAYS,
    begin_sitting,
    finish_sitting,
    save_answers,
)
from troth.web.people.asked import (
    answers_in,
    culture_form,
    first_open,
    lines_of,
    offered,
    pages_of,
)
from troth.web.people.known import called
from troth.web.people.models import CultureTaken, Sitting

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.content.questionnaires import Questionnaire

SHARED: Final = tuple(Sitting.Shared.values)


def asked_or_404(name: str) -> Questionnaire:
    """A questionnaire that colleagues may take.

    Raises:
        Http404: there is none of that name.
    """
    found = offered().get(name)
    if found is None:
        raise Http404
    return found


def begun_by(request: Any, name: str) -> Sitting | None:
    """What the reader has begun and not finished."""
    rows = Sitting.objects.filter(user=request.user, questionnaire=name, done_us=None)
    return rows.filter(until_us__gt=request.now_us).first()


def named(asked: Questionnaire, lang: str) -> dict[str, Any]:
    """What a page says of a questionnaire: title, source, licence, how far it was validated."""
    return {
        "name": asked.name, "title": asked.title[lang], "about": asked.about[lang],
        "instruction": asked.instruction[lang], "limits": asked.limits[lang],
        "licence": asked.licence[lang],
        "source": _cited(asked.source, lang), "items": len(asked.items), "days": asked.keeps_days,
        "unvalidated": lang == "zh" and not asked.validated["zh"] and asked.validated["en"],
        "unexamined": not any(asked.validated.values()),
    }  # fmt: skip


def _cited(source: str, lang: str) -> str:
    if source == "our_choice":
        return phrase("people.source.own", lang)
    return sources()[source].citation


@need("see")
@require_safe
def hub(request: Any) -> HttpResponse:
    """What is offered, begun and done."""
    lang = request.words.lang
    rows = Sitting.objects.filter(user=request.user, until_us__gt=request.now_us)
    latest: dict[tuple[str, bool], Sitting] = {}
    for row in rows:
        latest.setdefault((row.questionnaire, row.done_us is not None), row)
    listed = [
        {
            **named(asked, lang),
            "begun": latest.get((name, False)), "done": latest.get((name, True)),
        }
        for name, asked in offered().items()
    ]  # fmt: skip
    taken = CultureTaken.objects.filter(user=request.user, quarter=quarter_of(request.now_us))
    told = {
        "begun": [one for one in listed if one["begun"]],
        "done": [one for one in listed if one["done"] and not one["begun"]],
        "offered": [one for one in listed if not one["done"] and not one["begun"]],
        "culture": culture_form() if request.user.house_id else None,
        "answered": taken.exists(),
        "shared": shared_with(request),
    }
    return render(request, "people/hub.html", told)


def shared_with(request: Any) -> list[tuple[Sitting, str, str]]:
    """Results that colleagues share with the reader: each with whose and of what, the latest of each."""
    lang, scope = request.words.lang, Scope(request.user)
    rows = Sitting.objects.filter(
        user__house=request.user.house_id or 0, user__is_active=True, done_us__isnull=False,
        until_us__gt=request.now_us,
    ).exclude(user=request.user)  # fmt: skip
    found: dict[tuple[int, str], tuple[Sitting, str, str]] = {}
    for row in rows.select_related("user__party").order_by("-done_us"):
        asked = offered().get(row.questionnaire)
        if asked is not None and scope.sees_result(row.user, row.shared):
            told = (row, called(row.user, lang), asked.title[lang])
            found.setdefault((row.user_id, row.questionnaire), told)
    return sorted(found.values(), key=lambda told: (told[1], told[2]))


@need("see")
@require_http_methods(["GET", "POST"])
def begin(request: Any, questionnaire: str) -> HttpResponse:
    """What it is for, who may see, how long; then it begins."""
    asked = asked_or_404(questionnaire)
    if begun_by(request, asked.name) is not None:
        return redirect("people:page", asked.name)
    error = ""
    if request.method == "POST":
        shared, agreed = request.POST.get("shared", ""), request.POST.get("agreed") == "yes"
        try:
            begin_sitting(_actor(request), asked, shared, agreed=agreed)
        except RefusedError as refused:
            error = refused.said(request.words.lang)
        else:
            return redirect("people:page", asked.name)
    told = {
        "asked": named(asked, request.words.lang), "shared": SHARED, "error": error,
        "unfinished": UNFINISHED_DAYS, "older": OLDER_DAYS, "chosen": request.POST.get("shared", "me"),
        "again": Sitting.objects.filter(
            user=request.user, questionnaire=asked.name, until_us__gt=request.now_us
        ).exists(),
    }  # fmt: skip
    return render(request, "people/begin.html", told, status=422 if error else 200)


@need("see")
@require_safe
def page(request: Any, questionnaire: str) -> HttpResponse:
    """Ten statements to answer."""
    asked = asked_or_404(questionnaire)
    sitting = begun_by(request, asked.name)
    if sitting is None:
        return redirect("people:begin", asked.name)
    wanted = request.GET.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 4 else 0
    last = pages_of(asked)
    number = number if 1 <= number <= last else first_open(asked, sitting)
    lang = request.words.lang
    told = {
        "asked": named(asked, lang), "page": number, "pages": last, "last": number == last,
        "lines": lines_of(asked, sitting.answers, lang, number),
        **progress(asked, sitting),
    }  # fmt: skip
    return render(request, "people/answer.html", told)


def progress(asked: Questionnaire, sitting: Sitting) -> dict[str, int]:
    """How far somebody is."""
    return {"done": len(sitting.answers), "all": len(asked.items)}


@need("see")
@require_POST
def answer(request: Any, questionnaire: str) -> HttpResponse:
    """Keep what was tapped; a form sent as a whole goes on, leaves or finishes."""
    asked = asked_or_404(questionnaire)
    sitting = begun_by(request, asked.name)
    if sitting is None:
        return redirect("people:begin", asked.name)
    sitting = save_answers(asked, sitting, answers_in(request.POST))
    if request.htmx:
        return render(request, "people/progress.html", progress(asked, sitting))
    go = request.POST.get("go", "next")
    if go == "leave":
        messages.success(request, request.words.say("people.saved"))
        return redirect("people:hub")
    if go == "finish":
        return _finished(request, asked, sitting)
    number = request.POST.get("page", "1")
    place = int(number) if number.isascii() and number.isdecimal() and len(number) < 4 else 1
    return redirect(_at(asked, place - 1 if go == "back" else place + 1))


def _finished(request: Any, asked: Questionnaire, sitting: Sitting) -> HttpResponse:
    try:
        finish_sitting(_actor(request), asked, sitting)
    except RefusedError:
        missing = len(asked.items) - len(sitting.answers)
        messages.warning(request, request.words.say("people.left_out", count=missing))
        return redirect(_at(asked, first_open(asked, sitting)))
    return redirect("people:result", asked.name)


def _at(asked: Questionnaire, number: int) -> str:
    return f"{reverse('people:page', args=[asked.name])}?page={number}"


def _actor(request: Any) -> Actor:
    return Actor(request.user, now_us=request.now_us)
