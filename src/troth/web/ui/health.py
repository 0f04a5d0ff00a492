"""Whether the server answers: for whoever watches it, and the floor that speeds are measured from."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def health(request: HttpRequest) -> HttpResponse:
    """Say ``ok``; nothing is read and nothing is told."""
    del request
    return HttpResponse("ok", content_type="text/plain")
