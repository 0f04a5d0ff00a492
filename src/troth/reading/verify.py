"""Hold a language model to the text: spans are found again or dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from troth.content.acts import acts
from troth.reading.schema import ActSpan, Empathy, TurnReading

if TYPE_CHECKING:
    from collections.abc import Iterable


def span_of(said: dict[str, Any], text: str) -> tuple[int, int] | None:
    """Where the words that are said to stand in a text do stand.

    Models count characters badly, so the words decide, and the place only between equal words.

    Args:
        said: ``start``, ``end`` and ``text``.
        text: the message as the model saw it.

    Returns:
        (start, end), or None where the words are not there.

    >>> span_of({"start": 9, "end": 11, "text": "好的"}, "好的,稍等,好的")
    (6, 8)
    """
    words, start = said["text"], said["start"]
    if not words.strip():
        return None
    if text[start : said["end"]] == words:
        return start, said["end"]
    before = text.rfind(words, 0, min(start, len(text)) + len(words))
    after = text.find(words, min(start, len(text)))
    places = [place for place in (before, after) if place >= 0]
    if not places:
        return None
    place = min(places, key=lambda found: abs(found - start))
    return place, place + len(words)


def verified_turn(
    told: dict[str, Any], texts: tuple[str, str], speaker: str, own: TurnReading
) -> TurnReading:
    """A turn as the model told it, as far as the text bears it out.

    Args:
        told: of ``json_schema.opinion_schema``.
        texts: the message as it was given, and as the model saw it, character by character.
        speaker: ``customer``, ``staff``, or empty where that is not known.
        own: the installed reading, whose due times are kept: they follow from the calendar.

    Returns:
        The turn; every span indexes the message as it was given.
    """
    text, seen = texts
    found = (
        (act, span)
        for act in told["acts"]
        if not speaker or speaker in acts()[act["act"]].sides
        if (span := span_of(act, seen))
    )
    spans = sorted(
        (
            ActSpan(act["act"], *span, float(act["strength"]), text[slice(*span)])
            for act, span in found
        ),
        key=lambda act: (act.start, act.end, act.act),
    )
    promises = [_dated(promise, own) for promise in _placed(told["promises"], texts, "deliverable")]
    return TurnReading(
        told["language"], told["sentiment"], told["politeness"], dict(told["emotions"]),
        {axis: _empathy(told["empathy"][axis], len(text)) for axis in told["empathy"]},
        tuple(dict.fromkeys(spans)), promises, list(_placed(told["preferences"], texts, "what")),
        float(told["satisfaction"]), list(dict.fromkeys(told["unsure"])),
    )  # fmt: skip


def _placed(
    drafts: list[dict[str, Any]], texts: tuple[str, str], matter: str
) -> Iterable[dict[str, Any]]:
    """Drafts whose words are there, with those of the message as it was given."""
    text, seen = texts
    for draft in drafts:
        span = span_of(draft, seen)
        if span:
            words = {"start": span[0], "end": span[1], "text": text[slice(*span)]}
            yield draft | words | {matter: _uncovered(draft[matter], texts)}


def _uncovered(words: str, texts: tuple[str, str]) -> str:
    """The words as they were given, where they stand in the message."""
    place = texts[1].find(words)
    return words if place < 0 else texts[0][place : place + len(words)]


def _dated(promise: dict[str, Any], own: TurnReading) -> dict[str, Any]:
    """A promise with the due time of the installed reading, where that has it too."""
    same = max(own.promises, key=lambda mine: _shared(mine, promise), default=None)
    due = same["due"] if same is not None and _shared(same, promise) > 0 else None
    return promise | {"due": due}


def _shared(one: dict[str, Any], other: dict[str, Any]) -> int:
    shared: int = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return shared


def _empathy(told: dict[str, Any], length: int) -> Empathy:
    inside = [(s, e) for s, e in told["spans"] if 0 <= s < e <= length]
    return Empathy(level=told["level"], strength=float(told["strength"]), spans=inside)
