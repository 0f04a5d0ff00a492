"""Many events at once, as JSON lines or one array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson
from django.http import HttpResponse

from troth.content.text import phrase
from troth.ledger.formats.jsonl import read_jsonl
from troth.web.accounts.access import Scope
from troth.web.api.actions.record_bulk import record_bulk
from troth.web.api.doors import actor_of
from troth.web.api.problems import ProblemError, problem
from troth.web.api.routes import JSON, MEGABYTE, Routes, writing
from troth.web.api.shapes.events import BulkDone, EventIn

if TYPE_CHECKING:
    from troth.web.ledger.record import Recorded

routes = Routes("events")
MOST_ROWS: Final = 50_000
MOST_BYTES: Final = 50 * MEGABYTE
LINES: Final = ("application/x-ndjson", "application/jsonl")
_BODY: Final = {
    "required": True,
    "content": {
        JSON: {"schema": {"type": "array", "maxItems": MOST_ROWS, "items": EventIn.model_json_schema()}},
        LINES[0]: {"schema": {"type": "string", "description": "One event a line."}},
    },
}  # fmt: skip


@routes.at(
    writing("/events/bulk", "import", takes=(JSON, *LINES), most_bytes=MOST_BYTES, keyed=False),
    BulkDone,
    extra={"requestBody": _BODY},
)
def post_events(request: Any) -> HttpResponse:
    """Record many events.

    JSON lines or one array, up to 50,000 events and 50 MB. All that are good are on record once this is
    answered, in one transaction; those that are not are listed with row, column and reason. Each needs an
    `event_id`: sent again, it is counted as repeated. 422 where nothing was good.
    """
    lang = request.words.lang
    scope = Scope(request.user)
    only = None if scope.everything else scope.houses().first()
    if only is None and not scope.everything:
        raise ProblemError(422, "api.problem.no_house")
    data = request.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise ProblemError(413, "api.problem.large", most=MOST_BYTES // MEGABYTE)
    raw = read_jsonl("events", data)
    if len(raw.table) + len(raw.refused) > MOST_ROWS:
        raise ProblemError(413, "api.problem.rows", most=MOST_ROWS)
    recorded, batch = record_bulk(actor_of(request), raw, lang, only=only)
    return _answer(recorded, batch, lang)


def _answer(recorded: Recorded, batch: int | None, lang: str) -> HttpResponse:
    refused = recorded.rejected.drop_columns("file").to_pylist()
    told = {
        "taken": len(recorded.taken), "repeated": recorded.repeated, "rejected": refused,
        "batch": batch,
    }  # fmt: skip
    if refused and not recorded.taken and not recorded.repeated:
        errors = [{name: row[name] for name in ("row", "column", "reason")} for row in refused]
        return problem(lang, 422, phrase("api.problem.none_good", lang), errors, **told)
    return HttpResponse(orjson.dumps(told), content_type=JSON)
