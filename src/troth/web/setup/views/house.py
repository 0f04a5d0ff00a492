"""The houses, their teams, and who works in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_safe

from troth.web.accounts.access import Scope, may, need
from troth.web.accounts.actions.add_party import Body, add_party
from troth.web.accounts.actions.assign_member import assign_member
from troth.web.accounts.actions.name_party import name_party
from troth.web.accounts.actions.refused import RefusedError
from troth.web.parties.models import Party
from troth.web.setup.asked import doer, done, page
from troth.web.setup.forms import BodyForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.web.setup.asked import Asked

KINDS: Final = (Party.Kind.ORGANISATION, Party.Kind.TEAM, Party.Kind.STAFF)
#: Kind → what the page on which it is added, or changed, is called.
ADD: Final = {
    "organisation": "setup.house.add.organisation",
    "team": "setup.house.add.team",
    "staff": "setup.house.add.staff",
}
EDIT: Final = {
    "organisation": "setup.house.edit.organisation",
    "team": "setup.house.edit.team",
    "staff": "setup.house.edit.staff",
}


@need("see")
@require_safe
def house(request: Asked) -> HttpResponse:
    """Houses in scope with their teams and colleagues."""
    houses = list(Scope(request.user).houses().order_by("id"))
    inside = Party.objects.filter(house__in=houses, merged_into=None).exclude(
        kind=Party.Kind.CUSTOMER
    )
    by_house: dict[int, dict[int | None, list[Party]]] = {one.pk: {} for one in houses}
    found = list(inside.order_by("id"))
    for party in found:
        if party.kind == Party.Kind.TEAM:
            by_house[party.house_id or 0].setdefault(party.pk, [])
    for party in found:
        if party.kind == Party.Kind.STAFF:
            teams = by_house[party.house_id or 0]
            teams.setdefault(party.team_id if party.team_id in teams else None, []).append(party)
    names = {party.pk: party for party in found}
    listed = [
        (one, [(names.get(team or 0), people) for team, people in by_house[one.pk].items()])
        for one in houses
    ]
    return page(request, "house", "house", houses=listed, may_govern=may(request.user, "govern"))


@need("govern")
@require_http_methods(["GET", "POST"])
def add(request: Asked, kind: str) -> HttpResponse:
    """A new house, team or colleague."""
    if kind not in KINDS:
        raise Http404
    asked = request.GET.get("house", "")
    start = {"house": asked if asked.isdecimal() else request.user.house_id}
    form = _form(request, kind, known=False, start=start)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        team = told.get("team")
        home = told.get("house") or (team.house if team else None)
        body = Body(kind, told["name_zh"], told["name_en"], told["key"], home, team)
        try:
            party = add_party(doer(request), body)
        except RefusedError as error:
            form.refuse(error)
        else:
            done(request, "setup.house.added", name=party.name(request.words.lang))
            return redirect("settings:house")
    return _body(request, form, ADD[kind])


@need("govern")
@require_http_methods(["GET", "POST"])
def edit(request: Asked, party: int) -> HttpResponse:
    """Another name, and for a colleague another house or team."""
    inside = Party.objects.filter(kind__in=KINDS, merged_into=None)
    one = get_object_or_404(inside.select_related("house", "team"), pk=party)
    start = {
        "name_zh": one.name_zh, "name_en": one.name_en, "house": one.house_id, "team": one.team_id
    }  # fmt: skip
    form = _form(request, one.kind, known=True, start=start)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            if one.kind == Party.Kind.STAFF:
                assign_member(doer(request), one, told["house"], told["team"])
            name_party(doer(request), one, told["name_zh"], told["name_en"])
        except RefusedError as error:
            form.refuse(error)
        else:
            done(request, "setup.house.saved", name=one.name(request.words.lang))
            return redirect("settings:house")
    return _body(request, form, EDIT[one.kind], known=one)


def _form(request: Asked, kind: str, *, known: bool, start: dict[str, Any]) -> BodyForm:
    return BodyForm(
        request.POST or None, words=request.words, admin=request.user, kind=kind, known=known,
        initial=start,
    )  # fmt: skip


def _body(request: Asked, form: BodyForm, title: str, known: Party | None = None) -> HttpResponse:
    status = 422 if form.errors else 200
    return page(request, "body", "house", status, form=form, title=title, known=known)
