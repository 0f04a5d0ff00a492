"""The words of a house in both languages: a page of the settings."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import Scope, may, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.guidance.actions.terms import COLUMNS, Told, import_terms, remove_term, save_term
from troth.web.guidance.model_server import host_named, server_named
from troth.web.guidance.models import Term
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@need("see")
@require_safe
def page(request: Any) -> HttpResponse:
    """The words of the houses in scope."""
    houses = list(Scope(request.user).houses().order_by("id"))
    by_house: dict[int, list[Term]] = {house.pk: [] for house in houses}
    for term in Term.objects.filter(house__in=houses):
        by_house[term.house_id].append(term)
    server = server_named()
    return render(
        request,
        "guidance/terms.html",
        {
            "houses": [(house, by_house[house.pk]) for house in houses],
            "may_change": may(request.user, "overrule"),
            "model": server.model if server else "", "host": host_named(),
        },
    )  # fmt: skip


def _house(request: Any, number: int) -> Any:
    return get_object_or_404(Scope(request.user).houses(), pk=number)


def _done(request: Any, key: str, deed: Callable[[], Any]) -> HttpResponse:
    words = request.words
    try:
        count = deed()
    except RefusedError as refused:
        messages.error(request, refused.said(words.lang))
    else:
        values = {"count": count} if isinstance(count, int) else {}
        messages.success(request, words.say(key, **values))
    return redirect("guidance:terms")


@need("overrule")
@require_POST
def save(request: Any, house: int) -> HttpResponse:
    """A word is added, or changed where the form names one."""
    one, number = _house(request, house), number_of(request.POST.get("term", ""))
    term = get_object_or_404(Term, pk=number, house=one) if number else None
    told = Told(*(request.POST.get(name, "").strip() for name in COLUMNS))
    actor = Actor(request.user, now_us=request.now_us)
    return _done(request, "terms.saved", lambda: save_term(actor, one, told, term))


@need("overrule")
@require_POST
def remove(request: Any, term: int) -> HttpResponse:
    """A word is taken off the list."""
    found = get_object_or_404(Term, pk=term, house__in=Scope(request.user).houses())
    actor = Actor(request.user, now_us=request.now_us)
    return _done(request, "terms.removed", lambda: remove_term(actor, found))


@need("overrule")
@require_POST
def take_in(request: Any, house: int) -> HttpResponse:
    """A file of words."""
    one, file = _house(request, house), request.FILES.get("file")
    data = file.read() if file is not None else b""
    actor = Actor(request.user, now_us=request.now_us)
    return _done(request, "terms.imported", lambda: import_terms(actor, one, data))


@need("see")
@require_safe
def export(request: Any, house: int) -> HttpResponse:
    """The words as a file, which can be taken in again."""
    one = _house(request, house)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="terms.csv"'
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(COLUMNS)
    for term in Term.objects.filter(house=one):
        writer.writerow([_safe(getattr(term, name)) for name in COLUMNS])
    return answer


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
