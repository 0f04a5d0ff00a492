"""For whom a page is made: language, zone and clock of the reader; and the headers of every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from troth.content.yaml_files import LANGUAGES
from troth.pages.words import Words
from troth.trust.clock import now_us

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

COOKIE: Final = "troth_lang"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "manifest-src 'self'"
)
_Answer = "Callable[[HttpRequest], HttpResponse]"


def language_of(request: HttpRequest) -> str:
    """The reader's language: chosen on the page, set for the person, or asked by the browser."""
    chosen = request.COOKIES.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    if request.user.is_authenticated:
        return request.user.lang
    asked = request.headers.get("Accept-Language", "").lower()
    return "zh" if asked.startswith("zh") else "en"


class ReaderMiddleware:
    """Gives every request ``words`` (language, zone, phrases) and ``now_us``."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the reader up, then answer."""
        zone = request.user.zone if request.user.is_authenticated else "UTC"
        request.words = Words(language_of(request), ZoneInfo(zone), {})  # type: ignore[attr-defined] # ours
        request.now_us = now_us()  # type: ignore[attr-defined] # ours
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.words.lang)  # type: ignore[attr-defined] # ours
        return response


class HeadersMiddleware:
    """A strict content policy: nothing inline, nothing from elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the policy."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), microphone=(), geolocation=()"
        )
        if "text/html" in response.headers.get("Content-Type", ""):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
