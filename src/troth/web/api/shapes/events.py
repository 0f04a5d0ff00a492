"""Events, going in and coming out."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field

from troth.web.api.shapes.plain import (
    Channel,  # noqa: TC001 - pydantic reads it while it runs
    Key,  # noqa: TC001 - pydantic reads it while it runs
    Micros,  # noqa: TC001 - pydantic reads it while it runs
    Moment,  # noqa: TC001 - pydantic reads it while it runs
    Said,  # noqa: TC001 - pydantic reads it while it runs
    Share,  # noqa: TC001 - pydantic reads it while it runs
)
from troth.web.ledger.bounds import MOST

_EVENT: dict[str, Any] = {
    "event_id": "pms-20260302-17",
    "at": "2026-03-02T09:00:00+08:00",
    "truster": "guest:chen",
    "trustee": "staff:li",
    "organisation": "hotel",
    "kind": "survey",
    "outcome": 0.9,
    "text": "住得很舒服。",
}
Weight = Annotated[float, Field(ge=0, le=MOST)]


class EventIn(Schema):
    """An event: the columns of docs/reference/events.md; any other column is kept as text."""

    model_config = ConfigDict(extra="allow", strict=True, json_schema_extra={"example": _EVENT})

    event_id: Key | None = Field(None, description="Its idempotency key, unique for ever.")
    at: Moment | None = Field(None, description="ISO 8601 with a zone; now where no time is told.")
    t_us: Micros | None = None
    truster: Key
    trustee: Key
    organisation: Key | None = None
    kind: Key
    outcome: Share | None = Field(None, description="0 trust let down … 1 trust honoured.")
    weight: Weight | None = None
    ability: Weight | None = None
    reliability: Weight | None = None
    integrity: Weight | None = None
    benevolence: Weight | None = None
    ref: Key | None = None
    due: Moment | None = None
    due_us: Micros | None = None
    text: Said | None = None
    channel: Channel | None = None
    source: Annotated[str, Field(max_length=60, pattern=r"^[^\x00-\x1f\x7f]*$")] | None = None


class EventOut(Schema):
    """An event on record; it never changes."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                **_EVENT, "t_us": 1772413200000000, "at": "2026-03-02T01:00:00Z", "weight": 1.0,
                "ability": 0.25, "reliability": 0.25, "integrity": 0.25, "benevolence": 0.25,
                "ref": None, "due_us": None, "channel": "", "source": "", "extras": {"room": "1203"},
                "known_us": 1772413260000000,
            }
        }
    )  # fmt: skip

    event_id: str
    t_us: int
    at: str
    truster: str
    trustee: str
    organisation: str | None
    kind: str
    outcome: float
    weight: float
    ability: float
    reliability: float
    integrity: float
    benevolence: float
    ref: str | None
    due_us: int | None
    channel: str
    source: str
    text: str
    extras: dict[str, Any]
    known_us: int = Field(description="When the desk learned of it.")


class EventPage(Schema):
    """Some events, in the order in which the desk learned of them."""

    items: list[EventOut]
    next: str | None


class Standing(Schema):
    """Where a relationship stands once an event is known."""

    truster: str
    trusted: str
    probability: float
    low: float
    high: float
    enough: bool = Field(description="False where it is too early to tell.")
    stage: str


class EventMade(Schema):
    """An event is on record."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "event_id": "pms-20260302-17",
                "belief": {
                    "truster": "guest:chen", "trusted": "hotel", "probability": 0.81, "low": 0.62,
                    "high": 0.93, "enough": True, "stage": "building",
                },
            }
        }
    )  # fmt: skip

    event_id: str
    belief: Standing | None = Field(description="Null where you may see none.")


class RejectedRow(Schema):
    """A record that was refused, and why."""

    row: int
    column: str
    reason: str
    record: str


class BulkDone(Schema):
    """What came of many events."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "taken": 2, "repeated": 1, "batch": 7,
                "rejected": [{
                    "row": 3, "column": "kind", "reason": "is not in the codebook: smile",
                    "record": '{"event_id": "x3", "kind": "smile"}',
                }],
            }
        }
    )  # fmt: skip

    taken: int
    repeated: int = Field(description="On record already, word for word.")
    rejected: list[RejectedRow]
    batch: int | None = Field(
        description="By which they can be undone at once; null where none was taken."
    )
