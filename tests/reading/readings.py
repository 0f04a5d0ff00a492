"""Readings made by hand."""

from __future__ import annotations

from troth.reading.schema import (
    EMOTIONS,
    EMPATHY,
    GRADES,
    ActSpan,
    Dialogue,
    DialogueReading,
    Empathy,
    Turn,
    TurnReading,
)

EVEN = dict.fromkeys(GRADES, 0.2)
STAMP = {"version": "0", "weights": "by hand"}


def turn_reading(text: str, **changes) -> TurnReading:
    """A reading of a message with one act over all of it."""
    fields = {
        "language": "zh", "sentiment": 0.2, "politeness": 3.0,
        "emotions": dict.fromkeys(EMOTIONS, 0.0),
        "empathy": {axis: Empathy(level=0, strength=0.0, spans=[]) for axis in EMPATHY},
        "acts": (ActSpan("greeting", 0, len(text), 0.9, text),) if text else (),
        "promises": [], "preferences": [], "satisfaction": 0.5, "unsure": [],
    }  # fmt: skip
    return TurnReading(**(fields | changes))


def reading_of(dialogue: Dialogue, **changes) -> DialogueReading:
    """A reading of every turn, with even distributions."""
    turns = tuple(turn_reading(turn.text) for turn in dialogue.turns)
    fields = {
        "id": dialogue.id, "turns": turns, "satisfaction": EVEN, "solved": EVEN,
        "effectiveness": EVEN, "turning_point": None, "reader": STAMP,
    }  # fmt: skip
    return DialogueReading(**(fields | changes))


def dialogue_of(*texts: str, speaker: str = "staff") -> Dialogue:
    """A dialogue of these messages."""
    return Dialogue("d1", tuple(Turn(speaker, text) for text in texts))
