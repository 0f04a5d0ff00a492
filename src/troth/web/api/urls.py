"""Where the API's routes are; whatever else begins like them is missing, in the API's own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import path, re_path

from troth.content.text import phrase
from troth.web.api.doors import language_asked
from troth.web.api.guard import guarded
from troth.web.api.problems import problem
from troth.web.api.routes import ROUTES
from troth.web.api.site import api

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def missing(request: HttpRequest) -> HttpResponse:
    """There is no such route."""
    lang = language_asked(request)
    return problem(lang, 404, phrase("api.problem.missing", lang))


missing.csrf_exempt = True  # type: ignore[attr-defined] # nothing is done there
_KNOWN = {route.pattern for route in ROUTES}
#: One pattern a path; its view answers for all methods of it.
_PATTERNS: dict[str, Any] = {str(found.pattern): found for found in api.urls[0]}
_ROUTES: list[Any] = [guarded(_PATTERNS[pattern]) for pattern in _PATTERNS if pattern in _KNOWN]
_OURS = ([*_ROUTES, re_path(r"^[\s\S]*$", missing)], "api", "api")
urlpatterns = [path("", _OURS)]
