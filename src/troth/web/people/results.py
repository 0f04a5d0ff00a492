"""Results: one's own with what may be done with them, and those that colleagues share."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.people.actions.sittings import (
    delete_answers,
    note_own_export,
    share_result,
)
from troth.web.people.forms import SHARED, asked_or_404, named
from troth.web.people.known import called
from troth.web.people.models import Sitting
from troth.web.people.shown import result_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

_KINDS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def _own(request: Any, name: str) -> QuerySet[Sitting]:
    rows = Sitting.objects.filter(user=request.user, questionnaire=name)
    return rows.filter(until_us__gt=request.now_us)


@need("see")
@require_safe
def result(request: Any, questionnaire: str) -> HttpResponse:
    """One's own result, the latest first."""
    asked = asked_or_404(questionnaire)
    done = list(_own(request, asked.name).filter(done_us__isnull=False))
    if not done:
        return redirect("people:begin", asked.name)
    told = {
        "asked": named(asked, request.words.lang), "sitting": done[0], "shared": SHARED,
        "result": result_of(asked, done[0].scores, request.words), "older": done[1:],
    }  # fmt: skip
    return render(request, "people/result.html", told)


@need("see")
@require_safe
def shared(request: Any, sitting: int) -> HttpResponse:
    """A colleague's result that they share with the reader."""
    row = get_object_or_404(
        Sitting.objects.select_related("user__party").filter(
            done_us__isnull=False, until_us__gt=request.now_us
        ),
        pk=sitting,
    )
    if not Scope(request.user).sees_result(row.user, row.shared):
        raise Http404
    if row.user_id == request.user.pk:
        return redirect("people:result", row.questionnaire)
    asked = asked_or_404(row.questionnaire)
    told = {
        "asked": named(asked, request.words.lang), "sitting": row,
        "result": result_of(asked, row.scores, request.words),
        "name": called(row.user, request.words.lang),
    }  # fmt: skip
    return render(request, "people/shared.html", told)


@need("see")
@require_POST
def share(request: Any, questionnaire: str) -> HttpResponse:
    """Choose anew who may see one's results."""
    asked = asked_or_404(questionnaire)
    try:
        share_result(_actor(request), asked.name, request.POST.get("shared", ""))
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        messages.success(request, request.words.say("people.shared.saved"))
    return redirect("people:result", asked.name)


@need("see")
@require_POST
def delete(request: Any, questionnaire: str) -> HttpResponse:
    """Delete one's own answers and results, at once."""
    asked = asked_or_404(questionnaire)
    delete_answers(_actor(request), asked.name)
    messages.success(request, request.words.say("people.result.deleted"))
    return redirect("people:hub")


@need("see")
@require_safe
def export(request: Any, questionnaire: str, ending: str) -> HttpResponse:
    """One's own answers, to take along."""
    asked = asked_or_404(questionnaire)
    rows = list(_own(request, asked.name))
    if ending not in _KINDS or not rows:
        raise Http404
    lang, stamp = request.words.lang, request.words.stamp
    if ending == "json":
        told = [
            {
                "questionnaire": row.questionnaire, "begun": stamp(row.begun_us),
                "done": stamp(row.done_us) if row.done_us else None, "shared": row.shared,
                "answers": row.answers, "result": row.scores,
            }
            for row in rows
        ]  # fmt: skip
        text = json.dumps(told, ensure_ascii=False, indent=1)
    else:
        out = io.StringIO()
        lines = csv.writer(out)
        lines.writerow(("questionnaire", "begun", "item", "words", "answer"))
        for row in rows:
            lines.writerows(
                (row.questionnaire, stamp(row.begun_us), item.name, item.text[lang],
                 row.answers.get(item.name, ""))
                for item in asked.items
            )  # fmt: skip
        text = "\ufeff" + out.getvalue()
    note_own_export(_actor(request))
    answer = HttpResponse(text, content_type=_KINDS[ending])
    answer["Content-Disposition"] = f'attachment; filename="{asked.name}.{ending}"'
    return answer


def _actor(request: Any) -> Actor:
    return Actor(request.user, now_us=request.now_us)
