"""Bring a file in, say how to read it, see what it would come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zoneinfo import available_timezones

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import need
from troth.web.imports import quota
from troth.web.imports.actions.choose_reading import choose_reading
from troth.web.imports.actions.discard_file import discard_file
from troth.web.imports.chosen import choice_told
from troth.web.imports.running import shown
from troth.web.imports.seen import batch_or_404, batches_seen, doer, houses_of
from troth.web.imports.trial import presets_offered, try_out
from troth.web.ledger.imports import MOST_BYTES, new_batch
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from troth.web.imports.trial import Trial

LISTED: Final = 30
PASTED: Final = 400_000
#: Formats a person may choose, in the order in which they are offered.
FORMS: Final = ("events", "columns", "wecom", "chat_text", "zendesk", "chatwoot", "mail")


@need("import")
def listed(request: Any) -> HttpResponse:
    """Upload or paste; and what was brought in before."""
    if request.method == "POST":
        return _bring(request)
    return _list(request)


def _list(request: Any, problem: str = "", status: int = 200) -> HttpResponse:
    told = {
        "batches": batches_seen(request)[:LISTED], "houses": houses_of(request),
        "zone": str(request.words.zone), "problem": problem, "formats": FORMS,
        "megabytes": MOST_BYTES // (1024 * 1024),
    }  # fmt: skip
    return render(request, "imports/list.html", told, status=status)


def _bring(request: Any) -> HttpResponse:
    say = request.words.say
    file, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
    if file is None and int(request.META.get("CONTENT_LENGTH") or 0) > quota.MOST_BYTES:
        return _list(request, say("imports.problem.large"), 413)
    houses = {str(house.pk): house for house in houses_of(request)}
    house = houses.get(request.POST.get("house", "")) or (
        next(iter(houses.values())) if len(houses) == 1 else None
    )
    if house is None:
        return _list(request, say("imports.problem.house"), 422)
    zone = request.POST.get("zone", "") or str(request.words.zone)
    if zone not in available_timezones():
        return _list(request, say("imports.problem.zone", zone=zone[:60]), 422)
    told: dict[str, Any] = {"house": house.key, "zone": zone}
    if file is not None:
        if file.size > MOST_BYTES:
            return _list(request, say("imports.problem.large"), 413)
        batch = new_batch(doer(request), file.name, file.read(), told)
    elif pasted.strip():
        told["format"] = "chat_text"
        name = say("imports.pasted.name")
        batch = new_batch(doer(request), name, pasted[:PASTED].encode(), told)
    else:
        return _list(request, say("imports.problem.nothing"), 422)
    return redirect("imports:one", batch=batch.pk)


@need("import")
@require_safe
def one(request: Any, batch: int) -> HttpResponse:
    """A file that waits, or how its import went."""
    found = batch_or_404(request, batch)
    if found.state != Batch.State.WAITING:
        return shown(request, found)
    return _review(request, found)


def _review(request: Any, batch: Batch) -> HttpResponse:
    trial: Trial = try_out(batch, request.now_us, request.words.lang)
    told = {
        "batch": batch, "trial": trial, "formats": FORMS, "presets": presets_offered(),
        "staff_said": "\n".join(batch.choice.get("staff_said", [])),
        "people": [(kind, number) for kind, number in trial.people.items() if number],
    }  # fmt: skip
    part = "imports/review_body.html" if request.htmx else "imports/review.html"
    return render(request, part, told)


@need("import")
@require_POST
def choose(request: Any, batch: int) -> HttpResponse:
    """Say how the file is to be read, and look again."""
    found = batch_or_404(request, batch)
    told = choice_told(request.POST, found.choice)
    told.pop("preset_shown", None)
    found = choose_reading(doer(request), found, told)
    if request.htmx:
        return _review(request, found)
    return redirect("imports:one", batch=found.pk)


@need("import")
@require_POST
def discard(request: Any, batch: int) -> HttpResponse:
    """Throw a waiting file away."""
    if discard_file(doer(request), batch_or_404(request, batch)):
        messages.success(request, request.words.say("imports.discarded"))
    return redirect("imports:list")


@need("import")
@require_safe
def example(request: Any) -> HttpResponse:
    """A small file of the desk's own format, in the reader's language."""
    answer = HttpResponse(
        "\ufeff" + request.words.say("imports.example.csv"), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="troth-example.csv"'
    return answer
