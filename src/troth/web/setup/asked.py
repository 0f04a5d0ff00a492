"""A request as the desk's pages meet it: somebody is logged in, and reads a language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import render

from troth.web.accounts.actor import Actor
from troth.web.setup.tabs import tabs_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.pages.words import Words
    from troth.web.accounts.models import User


class Asked(HttpRequest):
    """What middleware has made of a request."""

    user: User
    words: Words
    now_us: int


def doer(request: Asked) -> Actor:
    """Whoever asks, as actions want them."""
    return Actor(request.user, now_us=request.now_us)


def page(request: Asked, template: str, tab: str, status: int = 200, **told: Any) -> HttpResponse:
    """One of the settings' pages.

    Args:
        request: what was asked.
        template: name of its file in ``setup/``.
        tab: which tab it stands under.
        status: of the answer.
        told: what the template shows.
    """
    told |= {"tabs": tabs_of(request.user, tab)}
    return render(request, f"setup/{template}.html", told, status=status)


def done(request: Asked, key: str, **values: object) -> None:
    """Say on the next page that something is done."""
    messages.success(request, request.words.say(key, **values))


def refused(request: Asked, said: str) -> None:
    """Say on the next page why something was not done."""
    messages.error(request, said)
