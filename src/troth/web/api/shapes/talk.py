"""Messages, readings, cards, imports."""

from __future__ import annotations

from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

from troth.web.api.shapes.plain import Channel, Key, Line, Micros, Moment, Told
from troth.web.api.shapes.promises import (
    PromiseOut,  # noqa: TC001 - pydantic reads it while it runs
    Sentence,  # noqa: TC001 - pydantic reads it while it runs
)

Speaker = Literal["customer", "staff"]


class ReadIn(Told):
    """A message that is only read."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"text": "非常抱歉，我今天下午三点前回复您。", "speaker": "staff"}
        }
    )

    text: Sentence
    speaker: Speaker
    at: Moment | None = None
    t_us: Micros | None = None


class ReadingOut(Schema):
    """What a message says; spans count characters from 0. See docs/reference/reading.md."""

    language: str
    sentiment: float | None
    politeness: float | None
    emotions: dict[str, float]
    empathy: dict[str, Any]
    acts: list[dict[str, Any]]
    promises: list[dict[str, Any]]
    preferences: list[dict[str, Any]]
    satisfaction: float
    unsure: list[str]


class MessageIn(Told):
    """A message that was said."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "customer": "guest:chen", "staff": "staff:li", "house": "hotel",
                "speaker": "staff", "text": "我今天下午三点前回复您。", "channel": "wechat",
            }
        }
    )  # fmt: skip

    customer: Key
    staff: Key
    house: Key | None = None
    text: Sentence
    speaker: Speaker
    channel: Channel = ""
    at: Moment | None = None
    t_us: Micros | None = None


class PreferenceOut(Schema):
    """How a party likes things."""

    what: str
    wanted: bool
    source: str
    t_us: int
    draft: bool


class MessageMade(Schema):
    """A message is on record, and has been read."""

    event_id: str
    reading: ReadingOut
    drafts: list[PromiseOut] = Field(description="Promises that wait for a person.")
    preferences: list[PreferenceOut] = Field(description="Likewise.")


class BecauseOut(Schema):
    """Why a line stands on a card, or what an entry of the empathy map was seen in."""

    text: str
    quote: str
    event_id: str


class LineOut(Schema):
    """One line of a card: what to do or say, and why."""

    rule: str = Field(description="Name of the rule in the content.")
    part: str
    text: str
    avoid: str = Field(description="What not to say, or empty.")
    reasons: list[BecauseOut]
    origin: str = Field(
        description="Who said so of the person: own_words, self_report, colleague_note, inferred; "
        "empty where the ledger shows it."
    )
    over: str = Field(description="What it goes before for now, because of harm; or empty.")
    source: str


class EmpathyMapOut(Schema):
    """What they say, think, feel and do, from evidence alone."""

    says: list[BecauseOut]
    thinks: list[BecauseOut]
    feels: list[BecauseOut]
    does: list[BecauseOut]


class HurtOut(Schema):
    """What weighs most against trust of late."""

    event_id: str
    kind: str
    t_us: int
    text: str


class MatterOut(Schema):
    """What matters to them, word for word: a need, a motive or a value, and who said so when."""

    what: str
    text: str
    said_by: str
    since: str


class CardOut(Schema):
    """How to speak with this person now, and why; in one language."""

    truster: str
    trusted: str
    lang: str
    name: str
    address: str
    stage: str
    stage_name: str
    repair: bool
    enough: bool
    preferences: list[PreferenceOut]
    promises: list[PromiseOut]
    hurt: HurtOut | None
    channel: str
    matters: list[MatterOut]
    lines: list[LineOut]
    empathy_map: EmpathyMapOut


class ChoiceIn(Told):
    """How a file is to be read."""

    house: Key
    zone: Line | None = None
    format: Line | None = None
    preset: Line | None = None
    mapping: dict[str, Any] | None = None
    staff: list[Key] = Field(default_factory=list)


class BatchOut(Schema):
    """An import and how far it is."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "batch": 7, "name": "march.csv", "source": "file", "state": "done", "house": "hotel",
                "total": 1200, "done": 1200, "taken": 1180, "repeated": 15, "rejected": 5,
                "started_us": 1772413200000000, "ended_us": 1772413209000000, "problem": "",
            }
        }
    )  # fmt: skip

    batch: int
    name: str
    source: str
    state: str
    house: str | None
    total: int
    done: int
    taken: int
    repeated: int
    rejected: int
    started_us: int
    ended_us: int | None
    problem: str
