"""What a colleague states of themselves, from closed lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render

from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.team.actions.state_skills import state_skills
from troth.web.team.pair import colleague_or_404
from troth.web.team.stated import choices, stated_by

if TYPE_CHECKING:
    from django.http import HttpResponse


@need("see")
def own(request: Any) -> HttpResponse:
    """One's own."""
    if request.user.party_id is None:
        return redirect("team:team")
    return redirect("team:skills", request.user.party_id)


@need("see")
def skills(request: Any, colleague: int) -> HttpResponse:
    """What somebody states, to be changed by themselves and by who leads them."""
    party = colleague_or_404(colleague)
    if not Scope(request.user).sees(party):
        raise Http404
    if request.method != "POST":
        return _shown(request, party)
    sent = [(kind, value) for kind in choices() for value in request.POST.getlist(kind) if value]
    try:
        state_skills(Actor(request.user, now_us=request.now_us), party, sent)
    except RefusedError as refused:
        return _shown(request, party, refused.said(request.words.lang))
    messages.success(request, request.words.say("team.skills.saved"))
    return redirect("team:skills", party.pk)


def _shown(request: Any, party: Any, error: str = "") -> HttpResponse:
    stated, lang = stated_by([party.pk]).get(party.pk, {}), request.words.lang
    groups = []
    for kind, values in choices().items():
        mine = stated.get(kind, frozenset())
        groups.append((kind, [(key, name[lang], key in mine) for key, name in values.items()]))
    told = {
        "party": party, "own": party.pk == request.user.party_id, "groups": groups, "error": error,
        "stated": stated,
    }  # fmt: skip
    return render(request, "team/skills.html", told, status=422 if error else 200)
