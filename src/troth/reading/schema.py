"""What goes into the reader and what comes out of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Self, TypedDict

import orjson

if TYPE_CHECKING:
    from datetime import datetime

CUSTOMER: Final = "customer"
STAFF: Final = "staff"
#: What a message is written in; ``other`` is a language that is not read, ``none`` is no words.
LANGUAGES: Final = ("zh", "en", "mixed", "other", "none")
EMOTIONS: Final = ("anger", "disappointment", "anxiety", "confusion", "gratitude", "joy")
#: The EPITOME axes, each with a level 0, 1 or 2.
EMPATHY: Final = ("emotional_reaction", "interpretation", "exploration")
#: The five grades of a dialogue, as keys of its distributions.
GRADES: Final = ("-2", "-1", "0", "1", "2")
#: What is forecast of a dialogue, each as a distribution over ``GRADES``.
TARGETS: Final = ("satisfaction", "solved", "effectiveness")


class Empathy(TypedDict):
    """One axis of empathy: level 0–2, strength 0–1, and the (start, end) that show it."""

    level: int
    strength: float
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class ActSpan:
    """One act and the words that show it.

    Attributes:
        act: a name in ``content/acts.yaml``.
        start: first character in the message as it was given.
        end: character after the last.
        strength: 0–1, how surely the words show the act.
        text: the words, ``message[start:end]``.
    """

    act: str
    start: int
    end: int
    strength: float
    text: str

    def to_json(self) -> dict[str, Any]:
        """As JSON's own types."""
        return {
            "act": self.act, "start": self.start, "end": self.end,
            "strength": self.strength, "text": self.text,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a dialogue.

    Attributes:
        speaker: ``customer`` or ``staff``.
        text: any text; empty is data.
        at: when it was sent, with a zone; None where that is not known.
    """

    speaker: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Messages between a customer and staff, in order.

    Attributes:
        id: unique.
        turns: may be empty.
        labels: for training: by target of ``TARGETS`` a distribution over ``GRADES`` that sums to 1,
            and under ``turns`` one mapping a turn, with ``satisfaction`` 0–1 and ``acts`` (names)
            where they were rated. What was not rated is absent.
        customer: any id of the customer, such as the one in the ledger; None where not known.
        staff: likewise of who served them.
        organisation: likewise of the house that staff acted for.
    """

    id: str
    turns: tuple[Turn, ...]
    labels: dict[str, Any] = field(default_factory=dict)
    customer: str | None = None
    staff: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class TurnReading:
    """What one message says.

    Attributes:
        language: one of ``LANGUAGES``.
        sentiment: −1..1; None where the reader abstains.
        politeness: 0–4; None where the reader abstains.
        emotions: 0–1 by emotion of ``EMOTIONS``; those not found are absent or 0.
        empathy: by axis of ``EMPATHY``.
        acts: by (start, end).
        promises: drafts that a person confirms, in order: ``deliverable`` (what, in the message's
            words), ``due`` (ISO 8601 with its zone, or None), ``start``, ``end``, ``text``.
        preferences: likewise: ``what``, ``wanted`` (False for a dislike), ``start``, ``end``, ``text``.
        satisfaction: 0–1, the customer's as forecast after this turn.
        unsure: names of what the reader abstains from or doubts, such as ``sentiment``.
    """

    language: str
    sentiment: float | None
    politeness: float | None
    emotions: dict[str, float]
    empathy: dict[str, Empathy]
    acts: tuple[ActSpan, ...]
    promises: list[dict[str, Any]]
    preferences: list[dict[str, Any]]
    satisfaction: float
    unsure: list[str]

    def to_json(self) -> dict[str, Any]:
        """As JSON's own types, fit for ``from_json``."""
        return {
            "language": self.language, "sentiment": self.sentiment,
            "politeness": self.politeness, "emotions": self.emotions, "empathy": self.empathy,
            "acts": [act.to_json() for act in self.acts], "promises": self.promises,
            "preferences": self.preferences, "satisfaction": self.satisfaction,
            "unsure": self.unsure,
        }  # fmt: skip

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """The reading that ``to_json`` wrote.

        Args:
            value: an object that ``json_schema.turn_schema()`` describes.

        Raises:
            KeyError: a field is missing.
        """
        acts = tuple(
            ActSpan(a["act"], a["start"], a["end"], a["strength"], a["text"]) for a in value["acts"]
        )
        empathy = {
            axis: Empathy(
                level=found["level"],
                strength=found["strength"],
                spans=[(start, end) for start, end in found["spans"]],
            )
            for axis, found in value["empathy"].items()
        }
        return cls(
            value["language"], value["sentiment"], value["politeness"], dict(value["emotions"]),
            empathy, acts, list(value["promises"]), list(value["preferences"]),
            value["satisfaction"], list(value["unsure"]),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DialogueReading:
    """What a dialogue says.

    Attributes:
        id: of the dialogue.
        turns: one a turn.
        satisfaction: probability by grade of ``GRADES``, summing to 1.
        solved: likewise.
        effectiveness: likewise.
        turning_point: the turn, counted from 0, after which the forecast fell most; None where it
            did not fall.
        reader: what read it: ``version`` of troth, ``weights`` by name, and what else a reader adds.
    """

    id: str
    turns: tuple[TurnReading, ...]
    satisfaction: dict[str, float]
    solved: dict[str, float]
    effectiveness: dict[str, float]
    turning_point: int | None
    reader: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        """As JSON's own types, fit for ``from_json``."""
        return {
            "id": self.id, "turns": [turn.to_json() for turn in self.turns],
            "satisfaction": self.satisfaction, "solved": self.solved,
            "effectiveness": self.effectiveness, "turning_point": self.turning_point,
            "reader": self.reader,
        }  # fmt: skip

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """The reading that ``to_json`` wrote.

        Args:
            value: an object that ``json_schema.output_schema()`` describes.

        Raises:
            KeyError: a field is missing.
        """
        return cls(
            value["id"], tuple(TurnReading.from_json(turn) for turn in value["turns"]),
            dict(value["satisfaction"]), dict(value["solved"]), dict(value["effectiveness"]),
            value["turning_point"], dict(value["reader"]),
        )  # fmt: skip


def line_of(value: dict[str, Any]) -> bytes:
    r"""One line of JSON with its line break.

    Half a surrogate pair, which UTF-8 cannot hold, leaves as it came in: as an escape.

    >>> line_of({"text": "\ud83d"})
    b'{"text": "\\ud83d"}\n'
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        return (json.dumps(value) + "\n").encode()
