"""What is known of people, going in and coming out."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from troth.web.api.shapes.plain import Key, Told

_PLAIN = r"^[^\x00-\x1f\x7f]*$"
#: One sentence.
Sentence = Annotated[
    str,
    StringConstraints(
        min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$"
    ),
]
Called = Annotated[str, StringConstraints(max_length=60, pattern=_PLAIN)]
Matters = Annotated[str, StringConstraints(max_length=300, pattern=_PLAIN)]


class NoteIn(Told):
    """A need, motive or value, as the customer said it or as it was observed."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "subject": "need",
                "text": "睡得浅，有一点声音就醒。",
                "origin": "own_words",
            }
        }
    )

    subject: Literal["need", "motive", "value"]
    text: Sentence
    origin: Literal["own_words", "colleague_note"]
    house: Key | None = None


class StyleIn(Told):
    """How a customer comes across: quicker or steadier, the matter or the person first."""

    model_config = ConfigDict(json_schema_extra={"example": {"pace": "steady", "focus": "person"}})

    pace: Literal["quick", "steady"] | None = None
    focus: Literal["task", "person"] | None = None
    house: Key | None = None


class FormIn(Told):
    """What a customer said of how they like to be met, taken down; it replaces what they said before."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {"channel": "message", "detail": "short", "address": "陈女士"}
        }
    )

    channel: Literal["message", "phone", "email", "in_person"] | None = None
    detail: Literal["short", "full"] | None = None
    pace: Literal["quick", "steady"] | None = None
    form: Literal["formal", "first_name"] | None = None
    lang: Literal["zh", "en"] | None = None
    address: Called = ""
    matters: Matters = ""
    guess: bool = Field(default=False, description="They agree that detail is guessed from length.")
    house: Key | None = None


class KnownOut(Schema):
    """One thing known, with who said so."""

    what: str
    value: str
    origin: str
    by: str
    t_us: int
    until_us: int


class NoteOut(Schema):
    """One need, motive or value."""

    subject: str
    text: str
    origin: str
    by: str
    t_us: int
    until_us: int


class PersonOut(Schema):
    """What is known of a customer at a house; origins are never mixed."""

    party: str
    house: str
    known: list[KnownOut]
    notes: list[NoteOut]


class ResultOut(Schema):
    """One of the asker's own results; answers are not part of it."""

    questionnaire: str
    shared: str
    done_us: int
    until_us: int
    scores: dict[str, Any]


class ResultPage(Schema):
    """The asker's own results, the latest first."""

    items: list[ResultOut]
