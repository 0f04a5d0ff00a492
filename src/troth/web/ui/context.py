"""What every template knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest


def reader(request: HttpRequest) -> dict[str, Any]:
    """The reader's words and language."""
    words = request.words  # type: ignore[attr-defined] # set by ReaderMiddleware
    return {"words": words, "lang": words.lang, "now_us": request.now_us}  # type: ignore[attr-defined] # ours
