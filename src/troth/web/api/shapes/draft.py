"""A draft and what is said of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from troth.web.api.shapes.plain import Key, Told
from troth.web.api.shapes.promises import Sentence  # noqa: TC001 - pydantic reads it while it runs

Asked = Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]


class DraftIn(Told):
    """A reply that has not been sent."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "text": "非常抱歉，我们会尽快处理。", "asked": "等了一个小时还没上菜！", "lang": "zh",
            }
        }
    )  # fmt: skip

    text: Sentence
    asked: Asked = Field("", description="The customer's last words, or a thread.")
    customer: Key | None = Field(
        None, description="Whom it is for; what is on record is looked at."
    )
    house: Key | None = None
    lang: Literal["zh", "en"] | None = Field(
        None, description="Of reasons; by default the reader's."
    )
    plain: bool = Field(default=False, description="Whether the reader has another first language.")
    rewrite: bool = Field(default=False, description="Ask the language model, where one is named.")


class RemarkOut(Schema):
    """One remark; spans count characters of the text from 0."""

    kind: str
    start: int
    end: int
    text: str
    label: str
    why: str
    rewrite: str | None = Field(description="What may take the span's place; empty leaves it out.")
    source: str


class DirectionOut(Schema):
    """Where trust is likely to go, and what speaks for and against."""

    way: Literal["up", "down", "unclear"]
    helping: list[str]
    harming: list[str]
    promise_at_risk: bool


class RewriteOut(Schema):
    """A language model's rewrite, with what the same rules say of it."""

    text: str
    model: str
    remarks: list[RemarkOut]


class DraftOut(Schema):
    """What is said of a draft."""

    lang: str
    remarks: list[RemarkOut] = Field(description="At most three.")
    promises: list[dict[str, Any]]
    direction: DirectionOut
    rewrite: RewriteOut | None
    rewrite_problem: str = Field(description="Why there is no rewrite although it was asked for.")
