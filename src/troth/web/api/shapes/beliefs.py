"""Beliefs, with and without their reasons."""

from __future__ import annotations

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field

_BELIEF: dict[str, Any] = {
    "truster": "guest:chen", "trusted": "hotel", "inside": False, "probability": 0.81, "low": 0.62,
    "high": 0.93, "enough": True, "evidence": 6.5, "trend": -0.04, "stage": "building",
    "repair": False, "open_breaches": 0, "last_us": 1772413200000000, "at_us": 1772413260000000,
}  # fmt: skip


class BeliefOut(Schema):
    """Where one relationship stands. Programs get the probability even where ``enough`` is false."""

    model_config = ConfigDict(json_schema_extra={"example": _BELIEF})

    truster: str
    trusted: str
    inside: bool = Field(description="Whether the truster is staff or a team.")
    probability: float
    low: float = Field(description="Of the 90% interval.")
    high: float
    enough: bool = Field(description="False where it is too early to tell.")
    evidence: float
    trend: float = Field(description="Change of the probability over 30 days.")
    stage: str
    repair: bool
    open_breaches: int
    last_us: int
    at_us: int = Field(description="The moment these figures stand at.")


class BeliefPage(Schema):
    """Some relationships."""

    items: list[BeliefOut]
    next: str | None


class ContributionOut(Schema):
    """What one event adds, in log-odds."""

    event_id: str
    kind: str
    t_us: int
    text: str | None
    truster: str
    trustee: str
    origin: str
    phi: float
    own: bool


class PointOut(Schema):
    """The belief once an event was known."""

    t_us: int
    probability: float
    low: float
    high: float


class ChangeOut(Schema):
    """So many events of a kind would bring about that stage."""

    kind: str
    count: int
    days: float
    stage: str
    repair: bool


class ReasonsOut(Schema):
    """One belief, reckoned for this moment, and all that is behind it.

    ``eta`` is ``baseline`` plus all of ``by_origin``, exactly. Of other people's events only the sum by
    origin is told; ``contributions`` are the truster's own events.
    """

    truster: str
    trusted: str
    level: str
    at_us: int
    probability: float
    low: float
    high: float
    enough: bool
    evidence: float
    eta: float
    baseline: float
    by_origin: dict[str, dict[str, float]]
    contributions: list[ContributionOut]
    by_staff: dict[str, float] = Field(description="Log-odds that events with each trustee add.")
    dimensions: dict[str, float]
    opinion: dict[str, float]
    stage: str
    stage_since_us: int | None
    repair: bool
    open_breaches: int
    changes: list[ChangeOut]
    timeline: list[PointOut]
    last_us: int
    version: str
    parameters: dict[str, Any]
