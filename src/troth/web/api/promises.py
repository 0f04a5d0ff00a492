"""Promises: listed, made, kept, broken, moved, taken from a draft or set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from ninja import Body, Query, Schema, Status
from pydantic import Field

from troth.web.accounts.access import Scope
from troth.web.api.doors import actor_of
from troth.web.api.once import once
from troth.web.api.paging import Paged, page_of
from troth.web.api.routes import Routes, reading, writing
from troth.web.api.seen import house_of, micros, named, wrong
from troth.web.api.shapes.promises import (
    Confirmed,
    Move,
    PromiseIn,
    PromiseOut,
    PromisePage,
    Proof,
    State,
)
from troth.web.ledger.actions import promises as deeds
from troth.web.ledger.models import Promise
from troth.web.ledger.rows import words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import QuerySet

routes = Routes("promises")


class Wanted(Paged):
    """Which promises."""

    state: State | None = None
    due_before: str | None = Field(None, max_length=40, description="ISO 8601 with a zone.")
    truster: str | None = Field(None, max_length=200, description="Key of whom it was made to.")
    trustee: str | None = Field(None, max_length=200, description="Key of who made it.")


@routes.at(reading("/promises"), PromisePage)
def list_promises(request: Any, wanted: Query[Wanted]) -> dict[str, Any]:
    """List promises, drafts found in messages too."""
    rows = _seen(request)
    if wanted.state is not None:
        rows = rows.filter(state=wanted.state)
    due = micros(request, "due_before", wanted.due_before, None)
    if due is not None:
        rows = rows.filter(due_us__lt=due)
    for name in ("truster", "trustee"):
        if getattr(wanted, name) is not None:
            rows = rows.filter(**{f"{name}__key": getattr(wanted, name)})
    found, following = page_of(rows, wanted)
    return {"items": told_promises(found, request.now_us), "next": following}


@routes.at(writing("/promises"), PromiseOut, status=201)
def post_promise(request: Any, told: PromiseIn) -> Status[Any]:
    """Record a promise."""
    to, by = named(request, "to", told.to), named(request, "by", told.by)
    house = house_of(request, "house", told.house)
    due = micros(request, "due", told.due, told.due_us)

    def act() -> tuple[str, dict[str, Any]]:
        made = deeds.make_promise(
            actor_of(request), to=to, by=by, house=house, text=told.text, due_us=due,
            channel=told.channel,
        )  # fmt: skip
        return made.event_id, {}

    return Status(201, _done(request, act, told))


@routes.at(writing("/promises/{path:promise_id}/keep"), PromiseOut, also=(404,))
def keep_promise(request: Any, promise_id: str, told: Body[Proof | None] = None) -> dict[str, Any]:
    """Say that a promise was kept, with the proof."""
    proof = told or Proof()
    return _about(
        request, promise_id, proof, lambda p: deeds.keep_promise(actor_of(request), p, proof.text)
    )


@routes.at(writing("/promises/{path:promise_id}/break"), PromiseOut, also=(404,))
def break_promise(request: Any, promise_id: str, told: Body[Proof | None] = None) -> dict[str, Any]:
    """Say that a promise was broken, and why; the ledger then waits for repair."""
    why = told or Proof()
    return _about(
        request, promise_id, why, lambda p: deeds.break_promise(actor_of(request), p, why.text)
    )


@routes.at(writing("/promises/{path:promise_id}/move"), PromiseOut, also=(404,))
def move_promise(request: Any, promise_id: str, told: Move) -> dict[str, Any]:
    """Agree on a new due time."""
    due = micros(request, "due", told.due, told.due_us)
    if due is None:
        raise wrong(request, "due", "api.invalid.missing")
    return _about(
        request, promise_id, told,
        lambda p: deeds.move_promise(actor_of(request), p, due, told.text),
    )  # fmt: skip


@routes.at(writing("/promises/{path:promise_id}/confirm"), PromiseOut, also=(404,))
def confirm_promise(
    request: Any,
    promise_id: str,
    told: Body[Confirmed | None] = None,
) -> dict[str, Any]:
    """Take a draft for a promise; the answer has its new id."""
    sent = told or Confirmed()
    due = micros(request, "due", sent.due, sent.due_us)
    return _about(
        request, promise_id, sent,
        lambda p: deeds.confirm_promise(actor_of(request), p, text=sent.text, due_us=due),
    )  # fmt: skip


@routes.at(writing("/promises/{path:promise_id}/dismiss"), PromiseOut, also=(404,))
def dismiss_promise(request: Any, promise_id: str) -> dict[str, Any]:
    """Set a draft aside: it was no promise."""
    return _about(request, promise_id, None, lambda p: deeds.dismiss_promise(actor_of(request), p))


def _about(
    request: Any, name: str, told: Schema | None, deed: Callable[[Promise], Promise | None]
) -> dict[str, Any]:
    def act() -> tuple[str, dict[str, Any]]:
        promise = _seen(request).filter(event_id=name).first()
        if promise is None:
            raise Http404
        changed = deed(promise)
        return (changed or promise).event_id, {}

    return _done(request, act, told)


def _done(
    request: Any, act: Callable[[], tuple[str, dict[str, Any]]], told: Schema | None
) -> dict[str, Any]:
    body = told.model_dump(exclude_unset=True) if told else None
    name, _ = once(request, act, body)
    found = list(_seen(request).filter(event_id=name))
    if not found:
        raise Http404
    return told_promises(found, request.now_us)[0]


def _seen(request: Any) -> QuerySet[Promise]:
    rows = Promise.objects.select_related("truster", "trustee", "organisation")
    return Scope(request.user).of_house(rows)


def told_promises(promises: Sequence[Promise], now_us: int) -> list[dict[str, Any]]:
    """Promises as they are answered, with their words."""
    words = words_of(promise.said_in for promise in promises)
    found = []
    for promise in promises:
        said = words.get(promise.said_in, "")
        part = said[promise.start : promise.end] if promise.start is not None else said
        late = promise.due_us is not None and promise.due_us < now_us
        plain = ("state", "made_us", "due_us", "moved", "ended_us")
        found.append(
            {
                **{name: getattr(promise, name) for name in plain},
                "promise_id": promise.event_id,
                "truster": promise.truster.key,
                "trustee": promise.trustee.key,
                "organisation": promise.organisation.key if promise.organisation else None,
                "overdue": late and promise.state == Promise.State.OPEN,
                "text": part,
            }
        )
    return found
