"""Who has a login, and as what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from troth.web.accounts.access import need
from troth.web.accounts.actions.add_person import Newcomer, add_person
from troth.web.accounts.actions.change_person import change_person
from troth.web.accounts.actions.close_login import close_login, open_login
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.actions.reset_password import reset_password
from troth.web.accounts.models import User
from troth.web.accounts.permissions import called, explained
from troth.web.setup.asked import doer, done, page, refused
from troth.web.setup.forms import PersonForm, SeatForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.pages.words import Words
    from troth.web.setup.asked import Asked


def _roles(words: Words) -> list[tuple[str, str]]:
    """Each role's name and what it may do."""
    return [(called(role, words), explained(role, words)) for role in User.Role.values]


def _named(user: User, words: Words) -> str:
    """What colleagues call somebody, or their login where nothing else is known."""
    return user.first_name or (user.party.name(words.lang) if user.party else user.username)


@need("govern")
@require_safe
def people(request: Asked) -> HttpResponse:
    """Everybody with a login."""
    everybody = User.objects.select_related("house", "team", "party")
    listed = [
        (user, called(user.role, request.words), _named(user, request.words))
        for user in everybody.order_by("-is_active", "house", "username")
    ]
    return page(request, "people", "people", people=listed, roles=_roles(request.words))


@need("govern")
@require_http_methods(["GET", "POST"])
def add(request: Asked) -> HttpResponse:
    """Give somebody a login."""
    words = request.words
    start = {"lang": request.user.lang, "house": request.user.house_id}
    form = PersonForm(request.POST or None, words=words, admin=request.user, initial=start)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        newcomer = Newcomer(told["username"], told["name"], told["lang"], request.user.zone)
        try:
            user, made = add_person(doer(request), newcomer, form.seat())
        except RefusedError as error:
            form.refuse(error)
        else:
            return page(request, "password_once", "people", person=user, made=made, new=True)
    status = 422 if form.errors else 200
    return page(request, "person_add", "people", status, form=form, roles=_roles(words))


@need("govern")
@require_http_methods(["GET", "POST"])
def edit(request: Asked, person: int) -> HttpResponse:
    """One person's seat."""
    user = get_object_or_404(User.objects.select_related("house", "team", "party"), pk=person)
    words = request.words
    start = {
        "name": user.first_name, "role": user.role, "house": user.house_id, "team": user.team_id,
        "party": user.party_id,
    }  # fmt: skip
    form = SeatForm(
        request.POST or None, words=words, admin=request.user, person=user, initial=start
    )
    if request.method == "POST" and form.is_valid():
        try:
            change_person(doer(request), user, form.seat(), form.cleaned_data["name"])
        except RefusedError as error:
            form.refuse(error)
        else:
            done(request, "setup.person.saved", name=user.username)
            return redirect("settings:people")
    status = 422 if form.errors else 200
    return page(request, "person", "people", status, form=form, person=user, roles=_roles(words))


@need("govern")
@require_POST
def password(request: Asked, person: int) -> HttpResponse:
    """A new password for somebody who has forgotten theirs, shown once."""
    user = get_object_or_404(User, pk=person)
    made = reset_password(doer(request), user)
    return page(request, "password_once", "people", person=user, made=made, new=False)


@need("govern")
@require_POST
def close(request: Asked, person: int) -> HttpResponse:
    """Let somebody in no more."""
    user = get_object_or_404(User, pk=person)
    try:
        close_login(doer(request), user)
    except RefusedError as error:
        refused(request, error.said(request.words.lang))
        return redirect("settings:person", person=person)
    done(request, "setup.person.closed", name=user.username)
    return redirect("settings:people")


@need("govern")
@require_POST
def reopen(request: Asked, person: int) -> HttpResponse:
    """Let somebody in again."""
    user = get_object_or_404(User, pk=person)
    open_login(doer(request), user)
    done(request, "setup.person.opened", name=user.username)
    return redirect("settings:people")
