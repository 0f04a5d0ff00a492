"""An import under way: started, watched, finished, undone; and the rows it refused."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import need
from troth.web.imports.cells import csv_lines
from troth.web.imports.seen import batch_or_404, doer
from troth.web.imports.trial import settled, try_out
from troth.web.ledger.actions.batches import start_batch, start_undo
from troth.web.ledger.imports import rejected_path
from troth.web.ledger.models import Batch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

State = Batch.State
_HEADER: Final = ("file", "row", "column", "reason", "record")


def shown(request: Any, batch: Batch) -> HttpResponse:
    """How an import goes or went."""
    part = "imports/progress.html" if request.htmx else "imports/result.html"
    busy = batch.state in (State.RUNNING, State.UNDOING)
    return render(request, part, {"batch": batch, "busy": busy, "share": _share(batch)})


def _share(batch: Batch) -> int:
    """Percent done; one hundred where there is nothing to do."""
    return 100 if not batch.total else min(100, 100 * batch.done // batch.total)


@need("import")
@require_POST
def start(request: Any, batch: int) -> HttpResponse:
    """Import a waiting file, or go on with one that stopped half-way."""
    found = batch_or_404(request, batch)
    waiting = found.state == State.WAITING
    told = settled(found, request.now_us, request.words.lang) if waiting else found.choice
    if not start_batch(doer(request), found, told):
        messages.error(request, request.words.say("imports.problem.under_way"))
    return redirect("imports:one", batch=found.pk)


@need("import")
@require_safe
def progress(request: Any, batch: int) -> HttpResponse:
    """The part of the page that asks again until the import is done."""
    return shown(request, batch_or_404(request, batch))


@need("import")
@require_POST
def undo(request: Any, batch: int) -> HttpResponse:
    """Take back everything an import brought."""
    found = batch_or_404(request, batch)
    if found.state not in (State.DONE, State.FAILED, State.UNDOING) or "sure" not in request.POST:
        messages.error(request, request.words.say("imports.problem.undo"))
    else:
        start_undo(doer(request), found)
    return redirect("imports:one", batch=found.pk)


@need("import")
@require_safe
def refused(request: Any, batch: int) -> StreamingHttpResponse:
    """Refused rows with row, column and reason: of a trial, or as the import left them."""
    found = batch_or_404(request, batch)
    rows: Iterator[list[Any]] = iter(())
    path = rejected_path(found)
    if found.state == State.WAITING:
        reading = try_out(found, request.now_us, request.words.lang).reading
        told = reading.rejected.to_pylist() if reading else []
        rows = ([row[name] for name in _HEADER] for row in told)
    elif path is not None and path.is_file():
        rows = _kept(path)
    answer = StreamingHttpResponse(csv_lines(_HEADER, rows), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="refused-{found.pk}.csv"'
    return answer


def _kept(path: Any) -> Iterator[list[Any]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader, None)
        yield from reader
