"""Events without those that a standing correction takes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from troth.web.ledger.models import Event
from troth.web.ledger.rows import retracting

if TYPE_CHECKING:
    from django.db.models import QuerySet


def is_gone(name: str = "event_id") -> Exists:
    """Whether an event was taken back, by a correction that was not taken back itself.

    Args:
        name: where a row has the event's id.
    """
    again = Event.objects.filter(ref=OuterRef("event_id"), kind__in=retracting())
    back = Event.objects.filter(~Exists(again), ref=OuterRef(name), kind__in=retracting())
    return Exists(back)


def not_taken_back() -> QuerySet[Event]:
    """Events that stand."""
    return Event.objects.filter(~is_gone())
