"""A relationship's page, its curve for programs, and older parts of its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, JsonResponse
from django.shortcuts import render

from troth.pages import story
from troth.pages.numbers_table import numbers_of
from troth.web.accounts.access import may, need
from troth.web.guidance.advice import advice_shown
from troth.web.parties.models import Party
from troth.web.relations.card import card_of
from troth.web.relations.happened import History
from troth.web.relations.opened import opened
from troth.web.relations.repairs import cases_of
from troth.web.relations.shares import shares_of
from troth.web.ui.drawing import curve_data

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from troth.pages.charts import Curve
    from troth.web.guidance.advice import Advice
    from troth.web.relations.card import Card
    from troth.web.relations.opened import Opened

#: Labels of the time axis: so many fit a phone.
TICKS = 4


def place_asked(request: HttpRequest, name: str) -> int | None:
    """A place in the list of events, as an address names it; None where it names none."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None


def history_of(found: Opened, request: HttpRequest) -> History:
    """The part of the history that the address asks for."""
    return History(found, place_asked(request, "before"), place_asked(request, "to"))


@need("see")
def page(request: Any, truster: int, trusted: int) -> HttpResponse:
    """Everything about one relationship."""
    found = opened(request, truster, trusted)
    told, view, words = found.view.told, found.view, found.words
    past, curve, card = history_of(found, request), view.curve(TICKS), card_of(found, request)
    advice = _advice(found, card, past)
    context = {
        "words": words, "relationship": found.relationship, "view": view, "told": told,
        "card": card, "advice": advice, "cases": cases_of(found),
        "curve": curve, "addresses": _addresses(past, curve), "why": _why(view.why, past),
        "shares": shares_of(found), "by_team": request.user.role == "front_line",
        "lived": past.lived(), "past": past, "numbers": numbers_of(told, words),
        "sources": sorted({*story.cited(view.list_names), *advice.citations}),
        "may_record": may(request.user, "record"),
    }  # fmt: skip
    return render(request, "relations/page.html", context)


@need("see")
def advice(request: Any, truster: int, trusted: int) -> HttpResponse:
    """How to speak with a customer in another way of being in touch, to be put into the page."""
    found = opened(request, truster, trusted)
    if found.relationship.truster.kind != Party.Kind.CUSTOMER:
        raise Http404
    shown = _advice(found, card_of(found, request), history_of(found, request))
    return render(request, "guidance/advice.html", {"words": found.words, "advice": shown})


@need("see")
def course(request: Any, truster: int, trusted: int) -> HttpResponse:
    """Trust over time as JSON; without points where it is too early for numbers."""
    found = opened(request, truster, trusted)
    past, curve = History(found), found.view.curve(TICKS)
    return JsonResponse(curve_data(curve, _addresses(past, curve)))


@need("see")
def history(request: Any, truster: int, trusted: int) -> HttpResponse:
    """Older events, to be put below those that are shown."""
    found = opened(request, truster, trusted)
    past = history_of(found, request)
    context = {
        "words": found.words, "relationship": found.relationship,
        "lived": past.lived(), "past": past,
    }  # fmt: skip
    return render(request, "relations/history.html", context)


def _advice(found: Opened, card: Card, past: History) -> Advice:
    """The card's lines, each with the place of its events on this page."""
    numbers = found.view.numbers
    return advice_shown(card.situation, found.words, lambda name: past.address(numbers.get(name)))


def _addresses(past: History, curve: Curve) -> list[str]:
    """Where each mark of the curve leads: marks are those of the latest events."""
    first = len(past.rows) - len(curve.marks)
    return [past.address(first + i) for i in range(len(curve.marks))]


def _why(why: dict[str, Any] | None, past: History) -> dict[str, Any] | None:
    """The waterfall, its events with addresses on this page."""
    if why is None:
        return None
    events = [row | {"address": past.address(row.get("number"))} for row in why["events"]]
    return why | {"events": events}
