"""The shape of a refusal."""

from __future__ import annotations

from ninja import Schema
from pydantic import ConfigDict, Field


class Wrong(Schema):
    """One thing that is wrong, and where."""

    row: int | None = Field(
        None, description="Record, counted from 1; null where only one was sent."
    )
    column: str
    reason: str


class Problem(Schema):
    """Why a request was refused (RFC 9457), in the language of Accept-Language."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "type": "urn:troth:problem:invalid",
                "title": "This cannot be taken as it is",
                "status": 422,
                "detail": "Something in the request is not as it should be.",
                "errors": [
                    {"row": None, "column": "kind", "reason": "is not in the codebook: smile"}
                ],
            }
        },
    )

    type: str
    title: str
    status: int
    detail: str
    errors: list[Wrong] = Field(default_factory=list)
