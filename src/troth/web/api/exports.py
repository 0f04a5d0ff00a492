"""Tables taken away as files, streamed while they are read."""

from __future__ import annotations

from typing import Any, Final, Literal

from django.http import StreamingHttpResponse

from troth.web.accounts.access import Scope
from troth.web.api.actions.note_export import note_export
from troth.web.api.doors import actor_of
from troth.web.api.routes import Routes, reading
from troth.web.ledger.export import MEDIA, export_rows, stamp_of, streamed

routes = Routes("exports")
What = Literal[
    "events", "beliefs", "parties", "promises", "preferences", "conversations", "edges", "advice"
]
Ending = Literal["csv", "jsonl", "parquet"]
_FILE: Final = {"schema": {"type": "string", "format": "binary"}}
_ANSWERS: Final = {200: {"content": {media.partition(";")[0]: _FILE for media in MEDIA.values()}}}


@routes.at(
    reading("/export/{what}.{ending}", "export"), None, also=(404,), extra={"responses": _ANSWERS}
)
def get_export(request: Any, what: What, ending: Ending) -> StreamingHttpResponse:
    """Take a table away as CSV, JSON lines or Parquet.

    `events` can be read again by `troth score`; `beliefs` are reckoned for this moment; `conversations`
    are one row each; `edges` are trust as `from,to,value`. What colleagues note of one another is left
    out where it is not the asker's to see; `troth export` on the machine leaves out nothing.
    """
    note_export(actor_of(request), what, ending)
    batches = export_rows(what, Scope(request.user), request.now_us)
    pieces = streamed(batches, ending, stamp_of(request.now_us))
    answer = StreamingHttpResponse(pieces, content_type=MEDIA[ending])
    answer["Content-Disposition"] = f'attachment; filename="{what}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer
