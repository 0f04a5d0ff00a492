"""Events: told one at a time, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
from django.http import Http404
from ninja import Query, Status
from pydantic import Field

from troth.ledger.schema import DIMENSIONS, KNOWN, plain_name
from troth.web.accounts.access import Scope
from troth.web.api.actions.record_event import record_event
from troth.web.api.beliefs import standing_after
from troth.web.api.doors import actor_of
from troth.web.api.once import key_of, once
from troth.web.api.paging import Paged, page_of
from troth.web.api.routes import Routes, reading, writing
from troth.web.api.seen import house_of, iso, micros, wrong
from troth.web.api.shapes.events import EventIn, EventMade, EventOut, EventPage
from troth.web.ledger.models import Event
from troth.web.parties.models import random_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

routes = Routes("events")


class Wanted(Paged):
    """Which events."""

    truster: str | None = Field(None, max_length=200, description="Key of who trusts.")
    trustee: str | None = Field(None, max_length=200, description="Key of who is trusted.")
    house: str | None = Field(None, max_length=200, description="Key of the organisation.")
    kind: str | None = Field(None, max_length=40)
    since: str | None = Field(None, max_length=40, description="ISO 8601 with a zone.")


@routes.at(writing("/events"), EventMade, status=201)
def post_event(request: Any, told: EventIn) -> Status[Any]:
    """Record an event.

    Its `event_id`, else the `Idempotency-Key`, is its key: the same event again gets the same answer, and
    another event under the same key is refused with 409. Where neither is sent an id is made up.
    What a colleague lived is theirs alone to tell; admins may tell it for them.
    """
    row = _row(request, told)

    def act() -> tuple[str, dict[str, Any]]:
        who = record_event(actor_of(request), row, request.words.lang)
        return row["event_id"], {"belief": standing_after(Scope(request.user), who)}

    name, more = once(request, act, orjson.loads(request.body))
    return Status(201, {"event_id": name, **more})


def _row(request: Any, told: EventIn) -> dict[str, Any]:
    row: dict[str, Any] = told.model_dump(exclude_none=True)
    if "at" in row and "t_us" in row:
        raise wrong(request, "at", "api.invalid.time_twice")
    if "due" in row and "due_us" in row:
        raise wrong(request, "due", "api.invalid.time_twice")
    key = key_of(request)
    if "event_id" not in row:
        row["event_id"] = f"api:{request.user.pk}:{key}" if key else f"api:{random_id()}"
    if not Scope(request.user).everything:
        house = house_of(request, "organisation", row.get("organisation"))
        row["organisation"] = house.key if house else None
    sent = orjson.loads(request.body)  # the shape holds the known columns alone
    return row | _extras(request, {n: v for n, v in sent.items() if n not in EventIn.model_fields})


def _extras(request: Any, sent: dict[str, Any]) -> dict[str, str]:
    """Other columns, as text; none may be a known column in another spelling."""
    found = {}
    for name, value in sent.items():
        text = value if isinstance(value, str) or value is None else orjson.dumps(value).decode()
        plain = plain_name(name)
        if not plain or plain in KNOWN or plain in found or "\0" in plain + (text or ""):
            raise wrong(request, name[:60], "api.invalid.extra")
        if text:
            found[plain] = text
    return found


@routes.at(reading("/events"), EventPage)
def list_events(request: Any, wanted: Query[Wanted]) -> dict[str, Any]:
    """List events, in the order in which the desk learned of them."""
    rows = _seen(request)
    for name, column in (("truster", "truster"), ("trustee", "trustee"), ("house", "organisation")):
        if getattr(wanted, name) is not None:
            rows = rows.filter(**{f"{column}__key": getattr(wanted, name)})
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    since = micros(request, "since", wanted.since, None)
    if since is not None:
        rows = rows.filter(t_us__gte=since)
    found, following = page_of(rows, wanted)
    return {"items": told_events(found), "next": following}


@routes.at(reading("/events/{path:event_id}"), EventOut, also=(404,))
def get_event(request: Any, event_id: str) -> dict[str, Any]:
    """Read one event."""
    event = _seen(request).filter(event_id=event_id).first()
    if event is None:
        raise Http404
    return told_events([event])[0]


def _seen(request: Any) -> QuerySet[Event]:
    rows = Event.objects.select_related("truster", "trustee", "organisation", "words")
    return Scope(request.user).of_house(rows)


def told_events(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Events as they are answered."""
    return [_told(event) for event in events]


def _told(event: Event) -> dict[str, Any]:
    words = getattr(event, "words", None)
    plain = ("event_id", "t_us", "kind", "outcome", "weight", *DIMENSIONS, "ref", "due_us",
             "channel", "source", "known_us")  # fmt: skip
    return {
        **{name: getattr(event, name) for name in plain},
        "at": iso(event.t_us),
        "truster": event.truster.key,
        "trustee": event.trustee.key,
        "organisation": event.organisation.key if event.organisation else None,
        "text": words.text if words else "",
        "extras": words.extras if words else {},
    }
