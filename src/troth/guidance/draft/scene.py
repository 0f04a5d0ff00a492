"""A draft beside what it answers, both read: what the finders of remarks look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from troth.reading.message import read_messages
from troth.reading.plain import plain
from troth.reading.schema import CUSTOMER, STAFF
from troth.reading.sentence_parts import Part, sentences, words

if TYPE_CHECKING:
    from datetime import datetime

    from troth.guidance.draft.talk import Talk
    from troth.reading.schema import ActSpan, TurnReading

BOOK: Final = "draft_words"
HURT: Final = frozenset(
    {"anger", "disappointment", "complaint", "repeat_contact", "distrust", "threat", "unsolved"}
)
GLAD: Final = frozenset({"thanks", "praise", "solved", "trust"})
WARM: Final = frozenset({"apology", "acknowledge_feeling", "ownership", "reassurance", "thanks"})
STEPS: Final = frozenset(
    {"solution", "choice", "promise", "progress_update", "follow_up", "explanation", "transparency"}
)
#: How a gap for what is not known is written.
GAP: Final = re.compile(
    r"［[^［］\n]{1,24}］|\[(?:time|the answer|the cause|the next step|first name|do what|done what|"
    r"which item|what went wrong|in everyday words)\]"
)
#: 你 as a form of address: not in 迷你, not where it is several people, nor in a set phrase with 我.
YOU: Final = re.compile(r"(?<!迷)你(?![们我方]|[追来死争情]我)")
_UPSET: Final = -0.3
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_LATIN: Final = re.compile(r"[a-z]{3,}")


@cache
def listed(name: str) -> re.Pattern[str]:
    """A list of ``content/draft_words.yaml`` as a pattern on plain text."""
    return re.compile(words(name, BOOK))


@lru_cache(maxsize=8192)
def read_said(text: str, speaker: str) -> TurnReading:
    """An earlier message, read without its time."""
    return read_messages([text], [speaker], [None])[0]


@dataclass(frozen=True)
class Scene:
    """A draft and what it answers.

    Attributes:
        text: the draft.
        spelled: the same in one spelling, character for character.
        lang: ``zh`` or ``en``.
        reading: of the draft.
        sentences: of the draft.
        talk: what it stands in.
        asked: the customer's words that it answers, in one spelling; empty where not known.
        felt: what the customer did in them.
        upset: whether the customer is hurt, angry or let down in them.
        before: earlier replies of the staff, in one spelling, oldest first.
    """

    text: str
    spelled: str
    lang: str
    reading: TurnReading
    sentences: tuple[Part, ...]
    talk: Talk
    asked: str
    felt: frozenset[str]
    upset: bool
    before: tuple[str, ...]

    @property
    def acts(self) -> tuple[ActSpan, ...]:
        """Of the draft."""
        return self.reading.acts

    @property
    def names(self) -> frozenset[str]:
        """Names of the acts of the draft."""
        return frozenset(act.act for act in self.acts)

    @property
    def is_casual(self) -> bool:
        """Whether the draft addresses somebody as 你."""
        return bool(YOU.search(self.text))

    def has(self, name: str) -> bool:
        """Whether the draft has a wording of a list."""
        return bool(listed(name).search(self.spelled))

    def heard(self, name: str) -> bool:
        """Whether the customer's words have a wording of a list."""
        return bool(listed(name).search(self.asked))

    def closed(self, end: int) -> int:
        """An end without the blanks before it."""
        return len(self.text[:end].rstrip())

    def sentence_at(self, place: int) -> Part:
        """The sentence that a character stands in."""
        for part in self.sentences:
            if part.start <= place < part.end:
                return part
        return Part(0, len(self.text))


def scene_of(text: str, talk: Talk) -> Scene:
    """Read a draft in its place.

    Args:
        text: the draft.
        talk: what it stands in.
    """
    reading = _draft(text, talk.now)
    spelled = text.lower() if text.isascii() else plain(text)
    last = _unanswered(talk)
    heard = [read_said(said, CUSTOMER) for said in last]
    felt = frozenset(act.act for told in heard for act in told.acts)
    tones = [told.sentiment for told in heard if told.sentiment is not None]
    upset = bool(felt & HURT) or any(tone < _UPSET for tone in tones)
    return Scene(
        text=text, spelled=spelled, lang=written_in(text), reading=reading,
        sentences=tuple(sentences(spelled, text, [])), talk=talk,
        asked="\n".join(plain(said) for said in last), felt=felt,
        upset=upset and not (felt & GLAD and not felt & HURT),
        before=tuple(plain(turn.text) for turn in talk.said if turn.speaker == STAFF),
    )  # fmt: skip


def written_in(text: str) -> str:
    """``zh`` or ``en``, whichever has more of a text; ``zh`` where neither has any.

    >>> written_in("您的WiFi密码是 hotel2026")
    'zh'
    """
    latin = len(_LATIN.findall(text.lower()))
    return "en" if latin > len(_HAN.findall(text)) else "zh"


@lru_cache(maxsize=512)
def _draft(text: str, now: datetime | None) -> TurnReading:
    return read_messages([text], [STAFF], [now])[0]


def _unanswered(talk: Talk) -> list[str]:
    """The customer's messages since the last reply."""
    found: list[str] = []
    for turn in reversed(talk.said):
        if turn.speaker == STAFF:
            break
        if turn.text.strip():
            found.append(turn.text)
    return found[::-1]
