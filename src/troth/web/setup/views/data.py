"""The desk's data as a whole: out of it, and the demo away from it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.http import FileResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import may, need
from troth.web.ledger.demo import NotOnlyDemoError, remove_demo
from troth.web.ledger.doctor import checks
from troth.web.ledger.export import export_all
from troth.web.parties.models import Party
from troth.web.setup.asked import doer, done, page, refused

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.web.setup.asked import Asked

_ENDING: Final = {True: "well", False: "ill"}


@need("export")
@require_safe
def data(request: Asked) -> HttpResponse:
    """What can be done with all of it."""
    govern = may(request.user, "govern")
    demo = govern and Party.objects.filter(demo=True).exists()
    return page(request, "data", "data", demo=demo, govern=govern)


@need("export")
@require_POST
def export(request: Asked) -> FileResponse:
    """Everything on record as one archive, gone from the disk once it is sent."""
    with TemporaryDirectory(dir=settings.HOME.uploads) as folder:
        path = Path(folder) / "troth.zip"
        export_all(doer(request), path)
        file = path.open("rb")  # stays readable though its name goes with the folder
    return FileResponse(file, as_attachment=True, filename="troth-export.zip")


@need("govern")
@require_POST
def health(request: Asked) -> HttpResponse:
    """What the doctor finds; it walks the whole chain, so only where it is asked for."""
    found = [
        (
            check.well,
            request.words.say(f"doctor.{check.name}.{_ENDING[check.well]}", **check.values),
        )
        for check in checks()
    ]
    return page(request, "health", "data", found=found, well=all(well for well, _ in found))


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
