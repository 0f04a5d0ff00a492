"""Pages for what went wrong; they speak the reader's language even where nothing else works."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.template.loader import render_to_string

from troth.content.yaml_files import LANGUAGES
from troth.pages.words import Words
from troth.web.ui.middleware import COOKIE

if TYPE_CHECKING:
    from django.http import HttpRequest

PAGE = "ui/errors/error.html"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """What was asked makes no sense."""
    return _page(request, 400, "ui.error.bad")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """This person may not see or do it."""
    return _page(request, 403, "ui.error.forbidden")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """There is no such page, or it is not this person's to see."""
    return _page(request, 404, "ui.error.missing")


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django passes it
    """A form came without its proof of origin: mostly a page left open through a log-in."""
    return _page(request, 403, "ui.error.stale")


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours failed: a page that asks neither the database nor the session."""
    return HttpResponse(render_to_string(PAGE, _told(request, "ui.error.broken")), status=500)


def denied(request: HttpRequest, why: str) -> HttpResponse:
    """The machine would not do it: a page that asks neither the database nor the session.

    Args:
        request: what was asked.
        why: key of the phrase that says what was denied and what to do.
    """
    told = _told(request, "ui.error.denied") | {"what": why}
    return HttpResponse(render_to_string(PAGE, told), status=503)


def spoken(request: HttpRequest) -> str:
    """The reader's language, as far as it is known without asking the database."""
    known = getattr(request, "words", None)
    if known:
        return str(known.lang)
    chosen = request.COOKIES.get(COOKIE, "")
    asked = request.headers.get("Accept-Language", "").lower()
    lang = chosen if chosen in LANGUAGES else asked[:2]
    return lang if lang in LANGUAGES else "en"


def _page(request: HttpRequest, status: int, key: str) -> HttpResponse:
    if not hasattr(request, "words"):
        return HttpResponse(render_to_string(PAGE, _told(request, key)), status=status)
    return HttpResponse(render_to_string(PAGE, _named(key), request), status=status)


def _named(key: str) -> dict[str, Any]:
    return {"title": key, "what": f"{key}.what"}


def _told(request: HttpRequest, key: str) -> dict[str, Any]:
    """What the page needs where no middleware has prepared the request."""
    lang = spoken(request)
    return _named(key) | {"words": Words(lang, ZoneInfo("UTC"), {}), "lang": lang}
