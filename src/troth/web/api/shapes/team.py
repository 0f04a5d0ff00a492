"""Between colleagues, and who suits whom."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from troth.web.api.shapes.plain import Key, Told

Words = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]


class ThanksIn(Told):
    """Thanks to a colleague; the asker thanks."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"to": "staff:wang", "text": "谢谢您替我顶了一个钟头。"}}
    )

    to: Key
    text: Words = ""


class HelpIn(Told):
    """A colleague's help; the asker was helped."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"by": "staff:wang", "text": "陪我把系统弄好了。"}}
    )

    by: Key
    text: Words = ""


class HandOverIn(Told):
    """A hand-over; the asker took over."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "by": "staff:wang", "kept": False, "text": "发票没写进交接本。",
                "customer": "guest:chen",
            }
        }
    )  # fmt: skip

    by: Key = Field(description="Who handed over.")
    kept: bool = Field(description="Whether the customer need not start again.")
    text: Words = Field("", description="What was there or missing; needed where it was not kept.")
    customer: Key | None = Field(None, description="Whose matter it was.")


class BetweenOut(Schema):
    """What was recorded."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"event_id": "desk:4c1d…", "kind": "thanks", "truster": "staff:li",
                        "trustee": "staff:wang"}
        }
    )  # fmt: skip

    event_id: str
    kind: str
    truster: str
    trustee: str


class SideOut(Schema):
    """Trust of one colleague in the other; show people words where there is not ``enough``."""

    truster: str
    trusted: str
    probability: float | None
    low: float | None
    high: float | None
    enough: bool


class AdviceOut(Schema):
    """A suggestion with its reason."""

    say: str
    why: str


class PairOut(Schema):
    """Two colleagues."""

    sides: list[SideOut]
    advice: list[AdviceOut]


class ReasonOut(Schema):
    """What was weighed: which consideration, hundredths of a point, and in words."""

    what: str
    case: str
    points: int
    said: str


class SuitOut(Schema):
    """One colleague with what speaks for and against."""

    staff: str
    reasons: list[ReasonOut]


class UnusedOut(Schema):
    """A wish that names traits nobody is chosen by."""

    text: str
    traits: list[str]


class MatchOut(Schema):
    """Who might look after a customer, whom most speaks for first."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "customer": "guest:chen", "house": "hotel",
                "proposals": [
                    {"staff": "staff:li",
                     "reasons": [{"what": "continuity", "case": "open", "points": 200,
                                  "said": "open with this customer already: 2; they need not start again"}]}
                ],
                "unused": [{"text": "要年轻的", "traits": ["age"]}],
            }
        }
    )  # fmt: skip

    customer: str
    house: str
    proposals: list[SuitOut]
    unused: list[UnusedOut]


class ChoiceIn(Told):
    """Who was chosen for a customer, or as coach of a learner."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"whom": "guest:chen", "staff": "staff:li", "proposed": True}}
    )

    whom: Key
    staff: Key
    proposed: bool = False


class PairingOut(Schema):
    """A learner and the coach proposed; null where nobody is free."""

    learner: str
    coach: str | None
    reasons: list[ReasonOut]


class CoachesOut(Schema):
    """A house's learners with their coaches."""

    house: str
    pairings: list[PairingOut]


class SkillOut(Schema):
    """One thing that a colleague states."""

    kind: Literal["language", "strength", "wanted", "wish", "learners"]
    value: str


class SkillIn(Told):
    """One thing that a colleague states, of the closed lists."""

    kind: Literal["language", "strength", "wanted", "wish", "learners"]
    value: Annotated[str, StringConstraints(min_length=1, max_length=20, pattern=r"^[a-z0-9_]+$")]


class SkillsIn(Told):
    """All that a colleague states, anew."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"stated": [{"kind": "language", "value": "en"},
                                   {"kind": "wanted", "value": "calming"}]}
        }
    )  # fmt: skip

    stated: Annotated[list[SkillIn], Field(max_length=60)]


class SkillsOut(Schema):
    """All that a colleague states."""

    party: str
    stated: list[SkillOut]
