"""Promises and what is done about them."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from troth.web.api.shapes.plain import Channel, Key, Micros, Moment, Said, Told

State = Literal["draft", "open", "kept", "broken", "dismissed", "withdrawn"]
Sentence = Annotated[
    str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00]*\S[^\x00]*$")
]


class PromiseIn(Told):
    """A promise that somebody made."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "to": "guest:chen", "by": "staff:li", "house": "hotel",
                "text": "我今天下午三点前回复您。", "due": "2026-03-02T15:00:00+08:00",
                "channel": "wechat",
            }
        }
    )  # fmt: skip

    to: Key
    by: Key
    house: Key | None = None
    text: Sentence
    due: Moment | None = Field(None, description="ISO 8601 with a zone.")
    due_us: Micros | None = None
    channel: Channel = ""


class Proof(Told):
    """How it is known."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"text": "15:02 已回电，客人说清楚了。"}}
    )

    text: Said = ""


class Move(Told):
    """A new due time that was agreed on."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"due": "2026-03-03T12:00:00+08:00", "text": "客人同意明天中午。"}
        }
    )

    due: Moment | None = None
    due_us: Micros | None = None
    text: Said = ""


class Confirmed(Told):
    """A draft taken for a promise, put right where the reading was wrong."""

    model_config = ConfigDict(json_schema_extra={"example": {"due": "2026-03-02T15:00:00+08:00"}})

    text: Sentence | None = None
    due: Moment | None = None
    due_us: Micros | None = None


class PromiseOut(Schema):
    """A promise as it stands."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "promise_id": "desk:4c1d…", "truster": "guest:chen", "trustee": "staff:li",
                "organisation": "hotel", "state": "open", "made_us": 1772413200000000,
                "due_us": 1772434800000000, "moved": 0, "ended_us": None, "overdue": False,
                "text": "我今天下午三点前回复您。",
            }
        }
    )  # fmt: skip

    promise_id: str
    truster: str
    trustee: str
    organisation: str | None
    state: str
    made_us: int
    due_us: int | None
    moved: int
    ended_us: int | None
    overdue: bool
    text: str


class PromisePage(Schema):
    """Some promises."""

    items: list[PromiseOut]
    next: str | None
