"""Learners and coaches, one to one: proposals with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import Scope, need
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actor import Actor
from troth.web.parties.models import Party
from troth.web.team.actions.choose_match import choose_match
from troth.web.team.coached import coached_at
from troth.web.team.said import weighed
from troth.web.ui.numbers import number_of

if TYPE_CHECKING:
    from django.http import HttpResponse


@need("see_colleagues")
@require_safe
def coaches(request: Any) -> HttpResponse:
    """Propose a coach for each learner of a house."""
    scope, words = Scope(request.user), request.words
    houses = list(scope.houses().order_by("key"))
    asked = number_of(request.GET.get("house", "")) or request.user.house_id
    house = next((one for one in houses if one.pk == asked), houses[0] if houses else None)
    found = coached_at(house, request.now_us) if house else None
    pairings = [
        (found.people[one.learner], found.people[one.coach] if one.coach else None,
         weighed(one.reasons, words))
        for one in found.pairings
    ] if found else []  # fmt: skip
    pairings.sort(key=lambda one: one[0].name(words.lang))
    told = {
        "house": house, "houses": houses, "pairings": pairings,
        "coaches": found.coaches if found else [],
    }  # fmt: skip
    return render(request, "team/coaches.html", told)


@need("see_colleagues")
@require_POST
def choose(request: Any) -> HttpResponse:
    """Note which coach was chosen for a learner."""
    rows = Party.objects.filter(kind=Party.Kind.STAFF, merged_into=None)
    sent = {name: number_of(request.POST.get(name, "")) for name in ("learner", "coach", "first")}
    learner, coach = (get_object_or_404(rows, pk=sent[name]) for name in ("learner", "coach"))
    actor = Actor(request.user, now_us=request.now_us)
    try:
        choose_match(actor, learner, coach, proposed=sent["first"] == coach.pk)
    except RefusedError as refused:
        messages.error(request, refused.said(request.words.lang))
    else:
        lang = request.words.lang
        said = request.words.say(
            "match.coach.chosen", learner=learner.name(lang), coach=coach.name(lang)
        )
        messages.success(request, said)
    return redirect("team:coaches")
