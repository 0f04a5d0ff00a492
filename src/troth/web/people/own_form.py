"""The customer's own form, opened by its link without a login."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.people.actions.links import link_of
from troth.web.people.actions.own_words import answer_form, forget_own_words
from troth.web.people.besides import asked_besides
from troth.web.people.form import blank_form, filled_form
from troth.web.people.known import called
from troth.web.people.privacy import sections

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.web.parties.models import Party
    from troth.web.people.models import FormLink


def _at(link: FormLink) -> tuple[Party, Party]:
    assert link.house is not None
    return link.party, link.house


def actor_of(request: Any) -> Actor:
    """The customer; or the colleague on whose logged-in device the form was opened, who took it down."""
    user = request.user if request.user.is_authenticated else None
    return Actor(user, now_us=request.now_us)


def gone(request: Any) -> HttpResponse:
    """The link opens nothing; it is not said why."""
    return sealed(render(request, "people/own_gone.html", status=404))


def sealed(answer: HttpResponse) -> HttpResponse:
    """For those who have the link, and no search engine."""
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_http_methods(["GET", "POST"])
def own_form(request: Any, token: str) -> HttpResponse:
    """The form, and its saving."""
    link = link_of(token, request.now_us)
    if link is None or link.house is None:
        return gone(request)
    at, error = _at(link), ""
    shown = blank_form(*at, request, link)
    if request.method == "POST":
        told = filled_form(request)
        try:
            answer_form(actor_of(request), *at, told, link)
        except RefusedError as refused:
            shown, error = shown.refilled(told), refused.said(request.words.lang)
        else:
            answer = redirect("people:own_form", token)
            answer["Location"] += "?saved=1"
            return sealed(answer)
    lang = request.words.lang
    besides = asked_besides(link, request.now_us, lang)
    page = {
        "besides": besides, "answered": any(one["sitting"] for one in besides),
        "kept": request.GET.get("kept") == "1",
        "form": shown, "error": error, "token": token, "house": at[1], "until_us": link.until_us,
        "called": at[0].address(lang), "asked_by": called(link.by, lang) if link.by else "",
        "saved": request.GET.get("saved") == "1", "deleted": request.GET.get("deleted") == "1",
    }  # fmt: skip
    return sealed(render(request, "people/own_form.html", page, status=422 if error else 200))


@require_POST
def own_forget(request: Any, token: str) -> HttpResponse:
    """Delete all that the customer said."""
    link = link_of(token, request.now_us)
    if link is None or link.house is None:
        return gone(request)
    try:
        forget_own_words(actor_of(request), *_at(link), link)
    except RefusedError:
        return gone(request)
    answer = redirect("people:own_form", token)
    answer["Location"] += "?deleted=1"
    return sealed(answer)


@require_safe
def own_privacy(request: Any) -> HttpResponse:
    """What is kept of customers, for whom, and for how long."""
    told = {"sections": sections("customer", request.words.lang)}
    return render(request, "people/own_privacy.html", told)
