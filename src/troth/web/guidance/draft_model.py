"""A fuller rewrite of a draft by the language model that was named; only when a button is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_POST

from troth.guidance.draft.model import fuller
from troth.reading.chat_server import NoAnswerError
from troth.web.accounts.access import need
from troth.web.guidance.draft import context_of
from troth.web.guidance.drafting import drafted, talk_of
from troth.web.guidance.model_server import server_named
from troth.web.guidance.names import names_known

if TYPE_CHECKING:
    from django.http import HttpResponse


@need("see")
@require_POST
def rewrite(request: Any) -> HttpResponse:
    """Ask for it, and show it marked as the model's, with what the rules say of it."""
    server = server_named()
    if server is None:
        raise Http404
    draft = drafted(request)
    context = context_of(request, draft)
    if not draft.text.strip():
        context["model_problem"] = request.words.say("draft.empty")
    else:
        talk = talk_of(request, draft.customer, draft.house, draft.asked, plain=draft.plain)
        try:
            names = names_known(draft.customer, draft.house)
            made = fuller(server, draft.text, talk, draft.asked, names)
        except NoAnswerError as error:
            context["model_problem"] = error.line(request.words.lang)
        else:
            lang = request.words.lang
            context["made"] = made
            context["made_remarks"] = [(r.label(lang), r.why(lang)) for r in made.review.remarks]
    return render(request, "guidance/draft.html", context)
