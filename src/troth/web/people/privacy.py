"""What is kept of people, for whom and for how long, as they read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from troth.content.privacy import privacy_sections
from troth.web.accounts.access import need

if TYPE_CHECKING:
    from django.http import HttpResponse


def sections(reader: str, lang: str) -> list[tuple[str, str]]:
    """(title, text) for a reader: ``staff`` or ``customer``."""
    return [(one.title[lang], one.text[lang]) for one in privacy_sections() if one.reader == reader]


@need("see")
@require_safe
def privacy(request: Any) -> HttpResponse:
    """For colleagues."""
    told = {
        "staff": sections("staff", request.words.lang),
        "customer": sections("customer", request.words.lang),
    }
    return render(request, "people/privacy.html", told)
