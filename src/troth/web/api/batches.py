"""Imports: a file handed over, and how far it is."""

from __future__ import annotations

from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import orjson
from django.http import Http404
from ninja import File, Form, Status
from ninja.files import UploadedFile  # noqa: TC002 - ninja reads it while it runs
from pydantic import Field, ValidationError

from troth.web.accounts.access import Scope
from troth.web.api.doors import actor_of
from troth.web.api.once import once
from troth.web.api.problems import ProblemError
from troth.web.api.routes import MEGABYTE, Routes, reading, writing
from troth.web.api.seen import house_of, wrong
from troth.web.api.shapes.talk import BatchOut, ChoiceIn
from troth.web.ledger.actions.batches import start_import
from troth.web.ledger.imports import MOST_BYTES
from troth.web.ledger.models import Batch

routes = Routes("imports")
#: What a form has around its file.
_AROUND: Final = MEGABYTE
_CHOICE: Final = '{"house": "hotel", "zone": "Asia/Shanghai"}'
_Choice = Annotated[str, Field(max_length=100_000, examples=[_CHOICE])]


@routes.at(
    writing("/import", "import", takes=("multipart/form-data",), most_bytes=MOST_BYTES + _AROUND),
    BatchOut,
    status=202,
)
def post_import(request: Any, file: File[UploadedFile], choice: Form[_Choice]) -> Status[Any]:
    """Hand over a file to be imported in the background.

    `choice` is JSON: `house` (needed), and where they are not found by themselves `zone`, `format`,
    `preset`, `mapping` and `staff`. Ask `/api/batches/{number}` how far it is.
    """
    told = _choice(request, choice)
    if (file.size or 0) > MOST_BYTES:
        raise ProblemError(413, "api.problem.large", most=MOST_BYTES // MEGABYTE)
    data, name = file.read(), (file.name or "file")[:255]

    def act() -> tuple[str, dict[str, Any]]:
        return str(start_import(actor_of(request), name, data, told).pk), {}

    number, _ = once(request, act, [name, told, _digest(data)])
    return Status(202, _told(Batch.objects.select_related("house").get(pk=int(number))))


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def _choice(request: Any, sent: str) -> dict[str, Any]:
    try:
        told = ChoiceIn.model_validate(orjson.loads(sent)).model_dump(exclude_none=True)
        ZoneInfo(told.get("zone") or "UTC")
    except (orjson.JSONDecodeError, ValidationError, ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong(request, "choice", "api.invalid.choice_of_file", example=_CHOICE) from None
    house_of(request, "choice.house", told["house"])
    return told


@routes.at(reading("/batches/{int:number}", "import"), BatchOut, also=(404,))
def get_batch(request: Any, number: int) -> dict[str, Any]:
    """Read how far an import is, and what came of it."""
    rows = Batch.objects.select_related("house")
    scope = Scope(request.user)
    if not scope.everything:
        rows = rows.filter(house__in=scope.houses().values("pk"))
    batch = rows.filter(pk=number).first()
    if batch is None:
        raise Http404
    return _told(batch)


def _told(batch: Batch) -> dict[str, Any]:
    plain = ("name", "source", "state", "total", "done", "taken", "repeated", "rejected",
             "started_us", "ended_us", "problem")  # fmt: skip
    return {
        **{name: getattr(batch, name) for name in plain},
        "batch": batch.pk,
        "house": batch.house.key if batch.house else None,
    }
