"""The steadying routine: for whoever is about to meet somebody who is hard to meet. Nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from troth.content.steady import routines
from troth.web.accounts.access import need

if TYPE_CHECKING:
    from django.http import HttpResponse


@need("see")
@require_safe
def page(request: Any) -> HttpResponse:
    """One routine, chosen by what is hard; reading it leaves no trace in the desk."""
    known, lang = routines(), request.words.lang
    chosen = known.get(request.GET.get("for", ""), next(iter(known.values())))
    steps = [(step.seconds, step.name[lang], step.do[lang]) for step in chosen.steps]
    context = {
        "names": [(one.key, one.name[lang]) for one in known.values()], "chosen": chosen.key,
        "lead": chosen.lead[lang], "steps": steps, "seconds": chosen.seconds,
    }  # fmt: skip
    return render(request, "guidance/steady.html", context)
