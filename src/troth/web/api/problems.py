"""What went wrong, as a program and a person can read it (RFC 9457)."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import orjson
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from ninja.errors import AuthenticationError, HttpError, ValidationError

from troth.content.text import phrase
from troth.ledger.errors import UnreadableError
from troth.web.accounts.actions.refused import RefusedError
from troth.web.ledger.faults import fault_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ninja import NinjaAPI

MEDIA: Final = "application/problem+json"
#: Status → what ends its ``type``, and the key of its title.
KINDS: Final = {
    401: ("unauthorised", "api.title.unauthorised"),
    403: ("forbidden", "api.title.forbidden"),
    404: ("missing", "api.title.missing"),
    405: ("method", "api.title.method"),
    409: ("conflict", "api.title.conflict"),
    413: ("too-large", "api.title.too_large"),
    415: ("media-type", "api.title.media"),
    422: ("invalid", "api.title.invalid"),
    500: ("broken", "api.title.broken"),
    503: ("busy", "api.title.busy"),
}
#: Pydantic's word for what is wrong → ours.
_WRONG: Final = {
    "missing": "api.invalid.missing",
    "extra_forbidden": "api.invalid.extra",
    "string_too_short": "api.invalid.short",
    "string_too_long": "desk.invalid.long",
    "greater_than_equal": "api.invalid.small",
    "greater_than": "api.invalid.small",
    "less_than_equal": "desk.invalid.large",
    "literal_error": "api.invalid.choice",
    "enum": "api.invalid.choice",
}
_LOG: Final = logging.getLogger(__name__)


class ProblemError(Exception):
    """A request that is refused.

    Attributes:
        status: of HTTP.
        key: phrase that says why.
        values: what fills its gaps.
        errors: what is wrong where: row, column, reason.
        detail: the words themselves, where they are known already.
    """

    def __init__(
        self,
        status: int,
        key: str = "",
        errors: Iterable[Mapping[str, Any]] = (),
        detail: str = "",
        **values: Any,
    ) -> None:
        super().__init__(key or detail)
        self.status = status
        self.key = key
        self.values = values
        self.errors = list(errors)
        self.detail = detail


def problem(
    lang: str, status: int, detail: str, errors: Iterable[Mapping[str, Any]] = (), **more: Any
) -> HttpResponse:
    """A problem as an answer.

    Args:
        lang: of its title.
        status: one of ``KINDS``.
        detail: what went wrong here, in that language.
        errors: row, column and reason of each thing that is wrong.
        more: members of our own.
    """
    ending, title = KINDS[status]
    told: dict[str, Any] = {
        "type": f"urn:troth:problem:{ending}",
        "title": phrase(title, lang),
        "status": status,
        "detail": detail,
        "errors": list(errors),
        **more,
    }
    answer = HttpResponse(orjson.dumps(told), content_type=MEDIA, status=status)
    answer["Content-Language"] = lang
    if status == 401:
        answer["WWW-Authenticate"] = 'Bearer realm="troth"'
    return answer


def handle_problems(api: NinjaAPI) -> None:
    """Answer every error of a route as a problem."""
    for kind, told in _HANDLERS.items():
        api.add_exception_handler(kind, _spoken(told))


def _spoken(told: Any) -> Any:
    def handle(request: Any, error: Any) -> HttpResponse:
        answer: HttpResponse = told(request.words.lang, error)
        return answer

    return handle


def _refused(lang: str, error: ProblemError) -> HttpResponse:
    detail = error.detail or phrase(error.key, lang, **error.values)
    return problem(lang, error.status, detail, error.errors)


def _said(lang: str, error: RefusedError) -> HttpResponse:
    """The deed itself refused."""
    return problem(lang, 422, error.said(lang))


def _unreadable(lang: str, error: UnreadableError) -> HttpResponse:
    return problem(lang, 422, error.line(lang))


def _invalid(lang: str, error: ValidationError) -> HttpResponse:
    errors = [
        {"row": None, "column": _column(wrong["loc"]), "reason": _reason(lang, wrong)}
        for wrong in error.errors
    ]
    return problem(lang, 422, phrase("api.problem.invalid", lang), errors)


def _column(where: tuple[Any, ...]) -> str:
    """``("body", "told", "due_us")`` → ``due_us``: where it is found in what was sent."""
    inside = where[2:] if where[0] in ("body", "form", "file") and len(where) > 2 else where[1:]
    return ".".join(str(part) for part in inside)


def _reason(lang: str, wrong: dict[str, Any]) -> str:
    key = _WRONG.get(wrong["type"], "api.invalid.value")
    told = wrong.get("ctx", {})
    limit = next((told[name] for name in ("ge", "gt", "le") if name in told), None)
    limit = told.get("max_length", told.get("min_length", told.get("expected", limit)))
    return phrase(key, lang, limit=limit)


def _http(lang: str, error: HttpError) -> HttpResponse:
    if error.status_code == 400:
        return problem(lang, 422, phrase("api.problem.unreadable", lang))
    return problem(lang, error.status_code, str(error))


def _fault(lang: str, error: Exception) -> HttpResponse:
    key = fault_of(error)
    if key is None:
        return _broken(lang, error)
    _LOG.error("the machine denied a request: %s", error)
    return problem(lang, 503, phrase(key, lang))


def _broken(lang: str, error: Exception) -> HttpResponse:
    _LOG.error("an API route failed", exc_info=error)
    return problem(lang, 500, phrase("api.problem.broken", lang))


_HANDLERS: Final[dict[type[Exception], Any]] = {
    Exception: _broken,
    DatabaseError: _fault,
    OSError: _fault,
    HttpError: _http,
    AuthenticationError: lambda lang, _: problem(lang, 401, phrase("api.problem.token", lang)),
    PermissionDenied: lambda lang, _: problem(lang, 403, phrase("api.problem.role", lang)),
    Http404: lambda lang, _: problem(lang, 404, phrase("api.problem.missing", lang)),
    RequestDataTooBig: lambda lang, _: problem(lang, 413, phrase("api.problem.large", lang)),
    ValidationError: _invalid,
    UnreadableError: _unreadable,
    RefusedError: _said,
    ProblemError: _refused,
}
