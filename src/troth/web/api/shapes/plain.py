"""Kinds of value that many shapes share."""

from __future__ import annotations

from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from troth.ledger.schema import FIRST_US, LAST_US, LONGEST_CELL

#: One line, such as a name; no control characters.
Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
#: Where something was said.
Channel = Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]
#: An id in the team's own systems.
Key = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")
]
#: What somebody said.
Said = Annotated[str, StringConstraints(max_length=LONGEST_CELL, pattern=r"^[^\x00]*$")]
#: Microseconds since 1970, UTC.
Micros = Annotated[int, Field(ge=FIRST_US, le=LAST_US)]
#: ISO 8601 with a zone.
Moment = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Share = Annotated[float, Field(ge=0, le=1)]


class Told(Schema):
    """What a program tells: exactly these fields, of exactly these types."""

    model_config = ConfigDict(extra="forbid", strict=True)
