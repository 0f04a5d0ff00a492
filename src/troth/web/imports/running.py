"""An import under way: started, watched, finished, undone; and the rows it refused."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from troth.ledger.errors import UnreadableError
from troth.web.accounts.access import need
from troth.web.imports.cells import csv_lines
from troth.web.imports.outcome import drafts_of, progress_of, relationships_of
from troth.web.imports.seen import batch_or_404, doer
from troth.web.imports.trial import forget, refused_path, settled
from troth.web.ledger.actions.batches import start_batch, start_undo
from troth.web.ledger.imports import rejected_path
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.http import HttpResponse

    from troth.web.imports.outcome import Progress

State = Batch.State
_HEADER: Final = ("file", "row", "column", "reason", "record")
#: An import that has not moved for so long has lost whoever worked on it.
STILL_US: Final = 90 * 1_000_000


def shown(request: Any, batch: Batch) -> HttpResponse:
    """How an import goes or went."""
    progress = progress_of(batch)
    say = request.words.say
    told: dict[str, Any] = {
        "batch": batch, "progress": progress, "done": f"{progress.done:,}",
        "total": f"{progress.total:,}",
        "tally": [
            (say("imports.taken"), f"{batch.taken:,}"),
            (say("imports.repeated"), f"{batch.repeated:,}"),
            (say("imports.rejected"), f"{batch.rejected:,}"),
        ],
    }  # fmt: skip
    if progress.busy:
        told |= _watched(request, progress)
        told["stuck"] |= bool(batch.problem)
    else:
        told |= {
            "relationships": relationships_of(request, batch) if batch.state == State.DONE else [],
            "drafts": drafts_of(batch) if batch.state == State.DONE else 0,
        }
    part = "imports/progress.html" if request.htmx else "imports/result.html"
    return render(request, part, told)


def _watched(request: Any, progress: Progress) -> dict[str, Any]:
    """Since when the count stands where it stands; each question carries what the last one was told."""
    here = f"{progress.phase}-{progress.done}"
    since = request.GET.get("since", "")
    still = request.GET.get("at") == here and since.isascii() and since.isdigit()
    since_us = min(int(since[:18]), request.now_us) if still else request.now_us
    return {"at": here, "since": since_us, "stuck": request.now_us - since_us > STILL_US}


@need("import")
@require_POST
def start(request: Any, batch: int) -> HttpResponse:
    """Import a waiting file, or go on with one that stopped half-way."""
    found = batch_or_404(request, batch)
    told = found.choice
    if found.state == State.WAITING:
        try:
            told = settled(found)
        except (UnreadableError, OSError):
            return redirect("imports:one", batch=found.pk)
    if not found.file or not start_batch(doer(request), found, told):
        messages.error(request, request.words.say("imports.problem.under_way"))
    else:
        forget(found)
    return redirect("imports:one", batch=found.pk)


@need("import")
@require_safe
def progress(request: Any, batch: int) -> HttpResponse:
    """The part of the page that asks again until the import is done."""
    return shown(request, batch_or_404(request, batch))


@need("import")
@require_POST
def undo(request: Any, batch: int) -> HttpResponse:
    """Take back everything an import brought, or go on with that."""
    found = batch_or_404(request, batch)
    if found.state not in (State.DONE, State.FAILED, State.UNDOING):
        messages.error(request, request.words.say("imports.problem.no_undo"))
    elif "sure" not in request.POST:
        messages.error(request, request.words.say("imports.problem.undo"))
    else:
        start_undo(doer(request), found)
    return redirect("imports:one", batch=found.pk)


@need("import")
@require_safe
def refused(request: Any, batch: int) -> StreamingHttpResponse:
    """Refused rows with row, column and reason: of the last trial, or as the import left them."""
    found = batch_or_404(request, batch)
    path = refused_path(found) if found.state == State.WAITING else rejected_path(found)
    rows = _kept(path) if path is not None and path.is_file() else iter(())
    answer = StreamingHttpResponse(csv_lines(_HEADER, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="refused-{found.pk}.csv"'
    return answer


def _kept(path: Path) -> Iterator[list[Any]]:
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        yield from reader
