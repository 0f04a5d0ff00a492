"""What the machine denies while a page is made: said as a page or a problem that people can act on."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final

import orjson
from django.db import DatabaseError
from django.http import HttpResponse

from troth.content.text import phrase
from troth.web.ledger.faults import fault_of
from troth.web.ui import errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

#: A busy database is mostly free again by then.
RETRY_SECONDS: Final = 5
_LOG: Final = logging.getLogger("troth")


class FaultMiddleware:
    """Answers 503 where the disk is full or the database busy, instead of a trace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as ever."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what a view could not.

        Args:
            request: of the view.
            exception: that left it.

        Returns:
            The answer, or None where it was no fault of the machine.
        """
        return told_fault(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """The last answer, to what failed outside of any view too: sessions, log-ins, this middleware."""
    error = sys.exc_info()[1]
    told = told_fault(request, error) if error is not None else None
    return told or errors.broken(request)


def told_fault(request: HttpRequest, error: BaseException) -> HttpResponse | None:
    """An answer of status 503; None where an error is no fault of the machine."""
    key = fault_of(error) if isinstance(error, DatabaseError | OSError) else None
    if key is None:
        return None
    _LOG.error("the machine denied a request: %s", error)
    answer = _problem(request, key) if _wants_problem(request) else errors.denied(request, key)
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _wants_problem(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _problem(request: HttpRequest, key: str) -> HttpResponse:
    lang = errors.spoken(request)
    told = {
        "type": "urn:troth:problem:busy",
        "title": phrase("api.title.busy", lang),
        "status": 503,
        "detail": phrase(key, lang),
        "errors": [],
    }
    answer = HttpResponse(orjson.dumps(told), content_type="application/problem+json", status=503)
    answer["Content-Language"] = lang
    return answer
