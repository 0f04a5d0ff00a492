"""What is asked of a request before any of it is read: its method, its size, its media type."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from troth.content.text import phrase
from troth.web.api.doors import language_asked
from troth.web.api.problems import problem
from troth.web.api.routes import JSON, ROUTES

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.urls import URLPattern

    from troth.web.api.routes import Route


def guarded(pattern: URLPattern) -> URLPattern:
    """Put the guard before a route's view, which then tells deed and scope of each method."""
    routes = {route.method: route for route in ROUTES if route.pattern == str(pattern.pattern)}
    pattern.callback = _guard(pattern.callback, routes)
    return pattern


def _guard(view: Callable[..., Any], routes: dict[str, Route]) -> Callable[..., Any]:
    @wraps(view)
    def asked(request: Any, *args: Any, **kwargs: Any) -> Any:
        lang = language_asked(request)
        route = routes.get(request.method)
        if route is None:
            answer = problem(lang, 405, phrase("api.problem.method", lang))
            answer["Allow"] = ", ".join(sorted(routes))
            return answer
        return _refusal(request, route, lang) or view(request, *args, **kwargs)

    asked.deed = {method: route.deed for method, route in routes.items()}  # type: ignore[attr-defined] # read by the walk
    asked.needs = {method: route.needs for method, route in routes.items()}  # type: ignore[attr-defined] # likewise
    asked.csrf_exempt = True  # type: ignore[attr-defined] # DeskSession asks for it where a session is used
    return asked


def _refusal(request: Any, route: Route, lang: str) -> HttpResponse | None:
    if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
        return problem(lang, 422, phrase("api.problem.nul", lang))  # PostgreSQL keeps no such text
    if route.method == "GET":
        return None
    sent = request.META.get("CONTENT_LENGTH") or "0"
    size = int(sent) if sent.isdecimal() else 0
    if size > route.most_bytes:
        megabytes = route.most_bytes // 1024 // 1024
        return problem(lang, 413, phrase("api.problem.large", lang, most=megabytes))
    if (size or request.content_type) and request.content_type not in (route.takes or (JSON,)):
        wanted = ", ".join(route.takes)
        return problem(lang, 415, phrase("api.problem.media", lang, wanted=wanted))
    return None
