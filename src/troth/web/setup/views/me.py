"""One's own language, clock and password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import need
from troth.web.accounts.actions.choose_zone import choose_zone, zones
from troth.web.accounts.actions.refused import RefusedError
from troth.web.accounts.permissions import called, explained
from troth.web.setup.asked import doer, done, page
from troth.web.setup.forms import TONGUES

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.pages.words import Words
    from troth.web.setup.asked import Asked

#: Zones that people look for by a city's name in their own language.
CITIES: Final = {
    "Asia/Shanghai": "setup.city.shanghai",
    "Asia/Urumqi": "setup.city.urumqi",
    "Asia/Hong_Kong": "setup.city.hong_kong",
    "Asia/Macau": "setup.city.macau",
    "Asia/Taipei": "setup.city.taipei",
    "Asia/Singapore": "setup.city.singapore",
    "Asia/Kuala_Lumpur": "setup.city.kuala_lumpur",
    "Asia/Bangkok": "setup.city.bangkok",
    "Asia/Tokyo": "setup.city.tokyo",
    "Asia/Seoul": "setup.city.seoul",
    "Asia/Dubai": "setup.city.dubai",
    "Australia/Sydney": "setup.city.sydney",
    "Europe/London": "setup.city.london",
    "Europe/Paris": "setup.city.paris",
    "America/New_York": "setup.city.new_york",
    "America/Los_Angeles": "setup.city.los_angeles",
}


@need("see")
@require_safe
def home(request: Asked) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """The settings begin with oneself."""
    return redirect("settings:me")


@need("see")
@require_safe
def me(request: Asked) -> HttpResponse:
    """Who I am at the desk."""
    return _me(request, request.user.zone)


@need("see")
@require_POST
def zone(request: Asked) -> HttpResponse:
    """Set one's own clock."""
    asked = request.POST.get("zone", "").strip()
    try:
        choose_zone(doer(request), asked)
    except RefusedError as error:
        return _me(request, asked, error.said(request.words.lang))
    done(request, "setup.me.zone.saved")
    return redirect("settings:me")


def _me(request: Asked, asked: str, problem: str = "") -> HttpResponse:
    words, user = request.words, request.user
    return page(
        request, "me", "me", 422 if problem else 200, role=called(user.role, words),
        may=explained(user.role, words), tongues=TONGUES, zones=_offered(words), asked=asked,
        problem=problem,
    )  # fmt: skip


def _offered(words: Words) -> list[tuple[str, str]]:
    """Zones with what else they are found by, the best known first."""
    known = [(zone, words.say(key)) for zone, key in CITIES.items()]
    return known + [(zone, "") for zone in zones() if zone not in CITIES]
