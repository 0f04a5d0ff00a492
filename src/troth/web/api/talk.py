"""Messages: only read, or recorded and read."""

from __future__ import annotations

from typing import Any

from ninja import Status

from troth.web.accounts.access import Scope
from troth.web.api.doors import READ, actor_of
from troth.web.api.once import once
from troth.web.api.promises import told_promises
from troth.web.api.routes import Route, Routes, writing
from troth.web.api.seen import house_of, micros, named
from troth.web.api.shapes.talk import MessageIn, MessageMade, ReadIn, ReadingOut
from troth.web.ledger.actions.messages import read_only, record_message
from troth.web.ledger.models import Event, Promise
from troth.web.parties.models import Preference

routes = Routes("messages")


@routes.at(Route("POST", "/read", "see", READ), ReadingOut)
def read_message(request: Any, told: ReadIn) -> dict[str, Any]:
    """Read a message; nothing is kept of it.

    Promises in it are due by the clock of `at` and of the asker's time zone.
    """
    at = micros(request, "at", told.at, told.t_us)
    at_us = request.now_us if at is None else at
    return read_only(told.text, told.speaker, at_us, request.user.zone).to_json()


@routes.at(writing("/messages"), MessageMade, status=201)
def post_message(request: Any, told: MessageIn) -> Status[Any]:
    """Record a message; what it promises or wishes waits as drafts for a person."""
    customer = named(request, "customer", told.customer)
    staff = named(request, "staff", told.staff)
    house = house_of(request, "house", told.house)
    at = micros(request, "at", told.at, told.t_us)

    def act() -> tuple[str, dict[str, Any]]:
        said = record_message(
            actor_of(request), customer=customer, staff=staff, house=house, text=told.text,
            speaker=told.speaker, channel=told.channel, at_us=at,
        )  # fmt: skip
        return said.event_id, {}

    name, _ = once(request, act, told.model_dump(exclude_unset=True))
    return Status(201, _told(request, name))


def _told(request: Any, name: str) -> dict[str, Any]:
    event = Event.objects.select_related("words").get(event_id=name)
    rows = Promise.objects.select_related("truster", "trustee", "organisation")
    drafts = Scope(request.user).of_house(rows.filter(said_in=name, state=Promise.State.DRAFT))
    return {
        "event_id": name,
        "reading": event.words.reading,
        "drafts": told_promises(list(drafts), request.now_us),
        "preferences": told_preferences(Preference.objects.filter(event_id=name)),
    }


def told_preferences(preferences: Any) -> list[dict[str, Any]]:
    """Preferences as they are answered."""
    plain = ("what", "wanted", "source", "t_us", "draft")
    return [{name: getattr(row, name) for name in plain} for row in preferences]
