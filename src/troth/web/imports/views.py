"""Bring a file in, and see what was brought in before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zoneinfo import available_timezones

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from troth.web.accounts.access import need
from troth.web.imports import quota
from troth.web.imports.actions.discard_file import discard_old_files
from troth.web.imports.seen import batches_seen, doer, houses_of
from troth.web.ledger.imports import MOST_BYTES, new_batch

if TYPE_CHECKING:
    from troth.web.parties.models import Party

LISTED: Final = 30
#: What a file of the desk's own format must tell, in the order in which a person thinks of it.
FIVE: Final = ("event_id", "at", "truster", "trustee", "kind")
PASTED: Final = 400_000
#: Formats that a person may choose, in the order in which they are offered.
FORMS: Final = ("columns", "chat_text", "wecom", "zendesk", "chatwoot", "mail", "events")


@need("import")
def listed(request: Any) -> HttpResponse:
    """Upload or paste; and what was brought in before."""
    if request.method == "POST":
        return _bring(request)
    return _list(request)


def _list(request: Any, problem: str = "", status: int = 200) -> HttpResponse:
    before = request.GET.get("before", "")
    rows = batches_seen(request)
    if before.isascii() and before.isdigit():
        rows = rows.filter(pk__lt=int(before[:18]))
    batches = list(rows[: LISTED + 1])
    say = request.words.say
    told = {
        "batches": batches[:LISTED], "older": batches[LISTED - 1].pk if len(batches) > LISTED else 0,
        "houses": houses_of(request), "problem": problem, "said": request.POST,
        "zone": request.POST.get("zone", "") or str(request.words.zone),
        "zones": sorted(available_timezones()), "most_bytes": MOST_BYTES,
        "formats": [(say(f"imports.form.{one}"), say(f"imports.where.{one}")) for one in FORMS],
        "five": [(one, say(f"imports.five.{one}")) for one in FIVE],
        "megabytes": MOST_BYTES // (1024 * 1024),
    }  # fmt: skip
    return render(request, "imports/list.html", told, status=status)


def _bring(request: Any) -> HttpResponse:
    say = request.words.say
    file, pasted = request.FILES.get("file"), request.POST.get("pasted", "")
    if file is None and int(request.META.get("CONTENT_LENGTH") or 0) > quota.MOST_BYTES:
        return _list(request, say("imports.problem.large", megabytes=MOST_BYTES >> 20), 413)
    house = _house(request)
    if house is None:
        return _list(request, say("imports.problem.house"), 422)
    zone = request.POST.get("zone", "").strip() or str(request.words.zone)
    if zone not in available_timezones():
        return _list(request, say("imports.problem.zone", zone=zone[:60]), 422)
    told: dict[str, Any] = {"house": house.key, "zone": zone}
    if file is not None:
        name, data = file.name, file.read()
    elif not pasted.strip():
        return _list(request, say("imports.problem.nothing"), 422)
    elif len(pasted) > PASTED:
        return _list(request, say("imports.problem.long", most=f"{PASTED:,}"), 413)
    else:
        told["format"] = "chat_text"
        name, data = say("imports.pasted.name"), pasted.encode("utf-8", "replace")
    discard_old_files(doer(request))
    batch = new_batch(doer(request), name, data, told)
    return redirect("imports:one", batch=batch.pk)


def _house(request: Any) -> Party | None:
    """The house named, or the only one there is."""
    houses = {str(house.pk): house for house in houses_of(request)}
    named = houses.get(request.POST.get("house", ""))
    return named or (next(iter(houses.values())) if len(houses) == 1 else None)


@need("import")
@require_safe
def example(request: Any) -> HttpResponse:
    """A small file of the desk's own format, in the reader's language."""
    answer = HttpResponse(
        "\ufeff" + request.words.say("imports.example.csv"), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'attachment; filename="troth-example.csv"'
    return answer
