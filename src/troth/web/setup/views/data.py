"""The desk's data as a whole: out of it, and the demo away from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import may, need
from troth.web.ledger.demo import NotOnlyDemoError, remove_demo
from troth.web.parties.models import Party
from troth.web.setup.asked import doer, done, page, refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.web.setup.asked import Asked


@need("export")
@require_safe
def data(request: Asked) -> HttpResponse:
    """What can be done with all of it."""
    demo = may(request.user, "govern") and Party.objects.filter(demo=True).exists()
    return page(request, "data", "data", demo=demo)


@need("govern")
@require_POST
def demo_off(request: Asked) -> HttpResponse:
    """Take the demo out, once somebody has said that they mean it."""
    if "sure" not in request.POST:
        refused(request, request.words.say("setup.demo.sure"))
        return redirect("settings:data")
    try:
        remove_demo(doer(request))
    except NotOnlyDemoError:
        refused(request, request.words.say("setup.demo.mixed"))
    else:
        done(request, "setup.demo.gone")
    return redirect("settings:data")
