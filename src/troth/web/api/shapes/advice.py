"""The next action, going out; decisions on it, coming in."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from troth.web.api.shapes.plain import Told

Token = Annotated[
    str, StringConstraints(min_length=1, max_length=20_000, pattern=r"^[A-Za-z0-9_:.\-]+$")
]
Sentence = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]


class DecisionIn(Told):
    """What somebody makes of a proposal."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "token": "eyJh.bGw:1w",
                "decision": "declined",
                "reason": "bad_time",
                "words": "",
            }
        }
    )

    token: Token
    decision: Literal["accepted", "adapted", "declined"]
    reason: Literal["", "done", "not_true", "bad_time", "not_wanted", "other_way", "other"] = ""
    changes: list[Literal["words", "time", "channel", "person"]] = Field(default_factory=list)
    words: Sentence = ""


class ActionOut(Schema):
    """One thing that may be done next."""

    action: str
    name: str
    do: str
    why: str
    quote: str
    event_id: str
    effect: str
    source: str
    by_us: int | None
    spends: bool
    held_by: str


class BudgetOut(Schema):
    """The quiet budget: how far apart outreaches are, the last one, and from when the next may come."""

    days: int
    last_us: int | None
    free_us: int | None


class NextOut(Schema):
    """The best action, what else was considered, and the token with which it is answered."""

    truster: str
    trusted: str
    lang: str
    best: ActionOut
    others: list[ActionOut]
    budget: BudgetOut
    channel: str
    token: str


class AdviceOut(Schema):
    """One row of the log; `who` is a pseudonym."""

    advice_id: int
    truster: str
    trusted: str
    who: str
    action: str
    spends: bool
    lang: str
    first_us: int
    last_us: int
    times: int
    decision: str
    decided_us: int | None
    reason: str
    words: str
    changes: list[str]
    rules: str
    parameters: str
    propensity: float


class AdvicePage(Schema):
    """A page of the log."""

    items: list[AdviceOut]
    next: str | None
