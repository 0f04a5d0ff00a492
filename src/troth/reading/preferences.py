"""A customer's standing likes, dislikes and needs, as drafts that a person confirms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from troth.reading.plain import plain
from troth.reading.sentence_parts import Part, Placed, parts_of, sentences, words

if TYPE_CHECKING:
    from collections.abc import Sequence

WANTS: Final = "wants"
AVOIDS: Final = "avoids"
_AVOIDS: Final = re.compile(words("avoids", "wishes"))
_WANTS: Final = re.compile(words("wants", "wishes"))
_LEAD: Final = re.compile(rf"(?:{words('lead', 'wishes')}|[\s,.!。])+")
_TAIL: Final = re.compile(rf"(?:{words('tail', 'wishes')}|[\s,.!。~])+$")
_THAN: Final = re.compile(rf"\s*{words('rather_than', 'wishes')}")
_LONGEST_GAP: Final = 12


class PreferenceHit(NamedTuple):
    """Where a preference was heard.

    Attributes:
        start: first character in the text.
        end: character after the last.
        strength: 0–1, how surely the words are a preference.
    """

    start: int
    end: int
    strength: float


@dataclass(frozen=True, slots=True)
class PreferenceDraft:
    """A preference as it was read.

    Attributes:
        start: first character in the text as it was given.
        end: character after the last.
        text: the words, ``text[start:end]``.
        wish: ``wants`` or ``avoids``.
        what: what is liked or not, in the text's own words.
        strength: 0–1, how surely it is a preference.
    """

    start: int
    end: int
    text: str
    wish: str
    what: str
    strength: float

    def to_json(self) -> dict[str, Any]:
        """As JSON's own types."""
        return {
            "start": self.start, "end": self.end, "text": self.text, "what": self.what,
            "wanted": self.wish == WANTS, "strength": self.strength,
        }  # fmt: skip


def find_preferences(text: str, hits: Sequence[PreferenceHit]) -> list[PreferenceDraft]:
    """The preferences of a message, in order.

    Args:
        text: any text, of a customer.
        hits: where preferences were heard, with those that are asked or quoted left out.

    Returns:
        One draft a clause; the strongest hit of a clause counts.

    >>> [d.to_json()["what"] for d in find_preferences("我不要高楼层,谢谢", [PreferenceHit(1, 3, 0.9)])]
    ['高楼层']
    """
    if not hits:
        return []
    spelled = text.lower() if text.isascii() else plain(text)
    spans = Placed(sentences(spelled, text, ()))
    parted: dict[Part, Placed[Part]] = {}
    held: dict[Part, list[PreferenceHit]] = {}
    for hit in sorted(hits):
        sentence = spans.at(hit.start)
        if sentence is None:
            continue
        if sentence not in parted:
            parted[sentence] = Placed(parts_of(spelled, sentence, ()))
        part = parted[sentence].at(hit.start)
        if part is not None:
            held.setdefault(part, []).append(hit)
    return [_draft(text, spelled, part, own) for part, own in held.items()]


def _draft(text: str, spelled: str, part: Part, hits: Sequence[PreferenceHit]) -> PreferenceDraft:
    hit = max(hits, key=lambda one: one.strength)
    avoids = _avoidance(spelled, part, hit)
    what = _what(spelled, part, avoids or hit, avoided=avoids is not None)
    start, end = part
    return PreferenceDraft(
        start, end, text[start:end], AVOIDS if avoids else WANTS,
        text[what.start : what.end] or text[start:end], round(hit.strength, 3),
    )  # fmt: skip


def _avoidance(spelled: str, part: Part, hit: PreferenceHit) -> Part | None:
    """The words that turn the wish around, in the cue or shortly before it; None where none do."""
    low, high = max(part.start, hit.start - _LONGEST_GAP), max(hit.end, hit.start)
    for match in _AVOIDS.finditer(spelled, low, min(part.end, high)):
        # "rather tea than coffee" avoids nothing that it names first
        if match.start() <= hit.start or not _THAN.match(spelled, match.start()):
            return Part(match.start(), match.end())
    return None


def _what(spelled: str, part: Part, wish: Part | PreferenceHit, *, avoided: bool) -> Part:
    """What is spoken of: behind the wish, or before it where nothing follows."""
    start = wish.end if avoided else wish.start
    wanted = _WANTS.search(spelled, start, part.end)
    if wanted and wanted.start() <= start + 2:
        start = wanted.end()
    behind = _trimmed(spelled, start, part.end, cut=not avoided)
    return behind if behind.end - behind.start > 1 else _trimmed(spelled, part.start, wish.start)


def _trimmed(spelled: str, low: int, high: int, *, cut: bool = False) -> Part:
    lead = _LEAD.match(spelled, low, high)
    start = lead.end() if lead else low
    than = _THAN.search(spelled, start + 1, high) if cut else None
    end = than.start() if than else high
    tail = _TAIL.search(spelled, start, end)
    return Part(start, tail.start() if tail else end)
