"""The audit log: who did what, when, and through which door."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_POST, require_safe

from troth.web.accounts.access import need
from troth.web.accounts.actions.export_audit import export_audit
from troth.web.accounts.models import AuditRow, User
from troth.web.setup.asked import doer, page
from troth.web.setup.deeds import deed_said
from troth.web.setup.trail import Wanted, as_csv, said, turned

if TYPE_CHECKING:
    from django.http import HttpResponse

    from troth.web.setup.asked import Asked


@need("audit")
@require_safe
def audit(request: Asked) -> HttpResponse:
    """Newest first, filtered, a page at a time."""
    words = request.words
    wanted = Wanted.of(request.GET)
    rows, onward = turned(wanted.rows(words.zone), request.GET.get("before", ""))
    deeds = AuditRow.objects.order_by("deed").values_list("deed", flat=True).distinct()
    people = User.objects.order_by("username").values_list("pk", "username")
    older = {"person": wanted.person, "deed": wanted.deed, "day": wanted.day, "before": onward}
    return page(
        request, "audit", "audit", wanted=wanted, rows=said(rows, words),
        people=[(str(number), name) for number, name in people],
        deeds=sorted(((deed, deed_said(deed, words)) for deed in deeds), key=lambda one: one[1]),
        older=urlencode({key: value for key, value in older.items() if value}) if onward else "",
        turned="before" in request.GET,
        newest=urlencode({k: v for k, v in older.items() if v and k != "before"}),
    )  # fmt: skip


@need("audit")
@require_POST
def export(request: Asked) -> StreamingHttpResponse:
    """The same rows as a file; taking it away is itself written down."""
    wanted = Wanted.of(request.POST)
    export_audit(doer(request), {"person": wanted.person, "only": wanted.deed, "day": wanted.day})
    answer = StreamingHttpResponse(
        as_csv(wanted.rows(request.words.zone)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="troth-audit.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
