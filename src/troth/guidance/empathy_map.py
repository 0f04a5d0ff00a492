"""The empathy map: what a customer says, thinks, feels and does, from evidence alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.content.card_facts import EMOTIONS
from troth.content.kinds import codebook
from troth.guidance.facts_of_messages import FELT, sentence_with
from troth.guidance.relationship import taken_back

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from troth.guidance.facts import Message, Situation

MOST: Final = 3
#: Acts that tell what somebody holds to be so, the graver first.
THOUGHTS: Final = (
    "threat", "distrust", "unsolved", "repeat_contact", "complaint", "question", "trust", "solved",
    "praise",
)  # fmt: skip
#: What a customer does, as the codebook has it; what they merely say stands elsewhere.
DEEDS: Final = (
    "return", "referral", "cancellation", "complaint_opened", "complaint_reopened", "review",
    "survey", "preference_stated",
)  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """One entry.

    Attributes:
        quarter: ``says``, ``thinks``, ``feels`` or ``does``.
        what: the act, the emotion or the kind of event; ``words`` for what was merely said.
        text: the words quoted; "" for a deed that has none.
        t_us: when, microseconds UTC.
        event_id: the event behind it, or "" where a silence is meant.
    """

    quarter: str
    what: str
    text: str
    t_us: int
    event_id: str


@dataclass(frozen=True)
class EmpathyMap:
    """Four quarters, each newest first; one without evidence stays empty and is never filled by guessing."""

    says: tuple[Seen, ...]
    thinks: tuple[Seen, ...]
    feels: tuple[Seen, ...]
    does: tuple[Seen, ...]


def empathy_map(situation: Situation) -> EmpathyMap:
    """Fill the map.

    Args:
        situation: its messages are the customer's own words, as read.

    Returns:
        At most ``MOST`` entries a quarter.
    """
    told = [message for message in situation.messages if message.text]
    return EmpathyMap(
        tuple(Seen("says", "words", m.text, m.t_us, m.event_id) for m in told[:MOST]),
        tuple(_once(_thoughts(told))[:MOST]),
        tuple(_once(_feelings(told))[:MOST]),
        tuple(_deeds(situation)[:MOST]),
    )


def _thoughts(told: Sequence[Message]) -> Iterator[Seen]:
    for message in told:
        said = sorted(
            (THOUGHTS.index(act), place) for place, (act, _) in enumerate(message.acts)
            if act in THOUGHTS
        )  # fmt: skip
        for _, place in said:
            act, words = message.acts[place]
            sentence = sentence_with(words, message.text)
            yield Seen("thinks", act, sentence, message.t_us, message.event_id)


def _feelings(told: Sequence[Message]) -> Iterator[Seen]:
    for message in told:
        felt = [name for name in EMOTIONS if message.emotions.get(name, 0.0) >= FELT]
        for name in sorted(felt, key=lambda name: -message.emotions[name]):
            yield Seen("feels", name, message.text, message.t_us, message.event_id)


def _once(entries: Iterator[Seen]) -> list[Seen]:
    """Of each sort the newest, and of each sentence the gravest; a feeling may share its words."""
    found: dict[str, Seen] = {}
    quoted: set[str] = set()
    for entry in entries:
        if entry.what in found or (entry.quarter == "thinks" and entry.text in quoted):
            continue
        found[entry.what] = entry
        quoted.add(entry.text)
    return list(found.values())


def _deeds(situation: Situation) -> list[Seen]:
    gone = taken_back(situation.rows)
    kinds = codebook()
    found = [
        Seen("does", row["kind"], row["text"] or "", row["t_us"], row["event_id"])
        for row in reversed(situation.rows)
        if row["kind"] in DEEDS and row["kind"] in kinds and row["event_id"] not in gone
    ]
    if situation.quiet:
        found.insert(0, Seen("does", "quiet", "", situation.told.last_us, ""))
    return found
