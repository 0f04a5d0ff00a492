"""Promises as drafts that a person confirms: what, by when, in which words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from troth.reading.due import find_dues
from troth.reading.plain import plain
from troth.reading.promise_grammar import (
    REACH,
    Timed,
    deliverable,
    of_others,
    only_pledges,
    promised,
    timed,
)
from troth.reading.sentence_parts import Part, Placed, parts_of, sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from troth.reading.due import Due

_GOES_ON: Final = re.compile(
    r"(?:and then|and|then|&)\s+(?!(?:you|your|the|it|he|she|they|this|that|there|i'm|we're|is|was)\b)[a-z]"
    r"|(?:and)\s+(?:the|your|a)\s+[a-z]+(?:\s+[a-z]+)?\s+(?:by|before|within|on|today|tomorrow)\b"
    r"|(?:并且|并|再|然后|同时|之后)"
)
_NEAR: Final = 8
_CLOSING: Final = " .。!;…~\n"
_SERVES: Final = re.compile(words("serve"))
_ASSURED: Final = re.compile(words("assured"))
#: Begins a clause about what the customer does.
THEY: Final = re.compile(
    r"\s*(?:[您你](?![^,]{0,3}的|[^,]{0,2}等|放心|别)|请(?![^,]{0,4}等|放心)|麻烦(?![^,]{0,6}等)"
    r"|your?\b|please\b(?! (?:allow|give|wait|bear)))"
)
_LATEST: Final = re.compile(r"最晚|最迟|latest")


class PromiseHit(NamedTuple):
    """Where a promise was heard.

    Attributes:
        start: first character in the text.
        end: character after the last.
        strength: 0–1, how surely the words promise.
    """

    start: int
    end: int
    strength: float


@dataclass(frozen=True, slots=True)
class PromiseDraft:
    """A promise as it was read.

    Attributes:
        start: first character in the text as it was given.
        end: character after the last.
        text: the words, ``text[start:end]``.
        deliverable: what will be done, in the text's own words.
        due_at: the latest moment, with its zone; None where none was named, or only vaguely.
        due_text: the words that say when, or None.
        strength: 0–1, how surely it is a promise.
    """

    start: int
    end: int
    text: str
    deliverable: str
    due_at: datetime | None
    due_text: str | None
    strength: float

    def to_json(self) -> dict[str, Any]:
        """As JSON's own types."""
        return {
            "start": self.start, "end": self.end, "text": self.text,
            "deliverable": self.deliverable,
            "due": self.due_at.isoformat() if self.due_at else None,
            "due_text": self.due_text, "strength": self.strength,
        }  # fmt: skip


@dataclass(slots=True)
class _Promise:
    """A promise in the making: its parts, first the one with its cue, and its time."""

    place: int
    parts: list[Timed]
    hit: PromiseHit
    due: Due | None
    sure: bool = False
    shared: bool = False


def find_promises(
    text: str, hits: Sequence[PromiseHit], said_at: datetime | None
) -> list[PromiseDraft]:
    """The promises of a message, in order.

    Args:
        text: any text.
        hits: where promises were heard, with those that are denied, quoted, asked or somebody
            else's left out.
        said_at: when it was said, with its zone; None where that is not known.

    Returns:
        One draft a promise: hits of one sentence are one, unless each has a time of its own.

    Source: our choice, the convention in docs/reference/reading.md.
    """
    if not hits:
        return []
    spelled = text.lower() if text.isascii() else plain(text)
    # a time that is over is when something happened, not when it is due
    dues = [
        due for due in find_dues(text, said_at)
        if due.due_at is None or said_at is None or due.due_at >= said_at
    ]  # fmt: skip
    drafts: list[PromiseDraft] = []
    spans, placed = sentences(spelled, text, dues), Placed(dues)
    for sentence, own in _by_sentence(spans, sorted(hits)):
        found = _promises(spelled, sentence, own, placed.between(*sentence))
        drafts.extend(_draft(text, spelled, promise, placed) for promise in found)
    drafts = [draft for draft in drafts if not _only_assures(draft)]
    return _with_afterthoughts(drafts, text, spelled, spans, placed)


def _only_assures(draft: PromiseDraft) -> bool:
    """Whether it says how things will turn out, or pledges, with no deed and no time."""
    said = plain(draft.deliverable)
    return draft.due_text is None and (bool(_ASSURED.search(said)) or only_pledges(said))


def _by_sentence(
    spans: Sequence[Part], hits: Sequence[PromiseHit]
) -> Iterator[tuple[Part, list[PromiseHit]]]:
    """The sentences that hold hits, with their hits."""
    placed = Placed(spans)
    held: dict[int, list[PromiseHit]] = {}
    for hit in hits:
        held.setdefault(max(0, placed.last(hit.start)), []).append(hit)
    for number, own in held.items():
        if number < len(spans):
            yield spans[number], own


def _promises(
    spelled: str, sentence: Part, hits: Sequence[PromiseHit], dues: Sequence[Due]
) -> list[_Promise]:
    """The promises of one sentence, in order."""
    definite = [due for due in dues if due.kind != "vague"]
    placed, heard = Placed(dues), Placed(hits)
    parts = [
        timed(spelled, part, placed.between(*part))
        for part in parts_of(spelled, sentence, definite)
    ]
    found: list[_Promise] = []
    for place, part in enumerate(parts):
        low = part.part.start
        high = sentence.end if place + 1 == len(parts) else parts[place + 1].part.start
        within = heard.between(low if place else 0, high)
        own = [hit for hit in within if promised(spelled, part.part, max(hit.start, low))]
        if own:
            found.append(_begun(place, part, own))
        elif found and found[-1].place == place - 1 and _goes_on(spelled, part):
            hit = found[-1].hit
            then = PromiseHit(low, part.part.end, hit.strength * 0.9)
            found.append(_begun(place, part, [then]))
    _share_times(spelled, found, parts)
    return _merged(found)


def _begun(place: int, part: Timed, hits: Sequence[PromiseHit]) -> _Promise:
    """A promise with the time of its own part that stands nearest to its cue."""
    hit = max(hits, key=lambda one: one.strength)

    def distance(due: Due) -> int:
        return max(due.start - hit.end, hit.start - due.end, 0)

    due = min(part.dues, key=distance) if part.dues else None
    if due:
        return _Promise(place, [part], hit, due, sure=True)
    return _Promise(place, [part], hit, min(part.loose, key=distance) if part.loose else None)


def _goes_on(spelled: str, part: Timed) -> bool:
    """Whether a part without a cue goes on with the promise before it, with a time of its own."""
    start, end = part.part
    if not part.dues or part.bare or of_others(spelled, start, end) or THEY.match(spelled, start):
        return False
    return bool(_GOES_ON.match(spelled, start) or _SERVES.search(spelled, start, end))


def _share_times(spelled: str, found: Sequence[_Promise], parts: Sequence[Timed]) -> None:
    """Give times that stand by themselves to the promise they stand beside."""
    places = [promise.place for promise in found]
    for place, part in enumerate(parts):
        behind = bisect_left(places, place)
        if not part.dues or places[behind : behind + 1] == [place]:
            continue
        # only the nearest few are asked, lest a sentence without end take for ever
        near = found[max(0, behind - _NEAR) : behind + _NEAR]
        pledged = [p for p in near if p.place == place - 1 and _pledges(spelled, p)]
        if not part.bare and not pledged:
            continue
        if of_others(spelled, *part.part) or THEY.match(spelled, part.part.start):
            continue
        latest = bool(_LATEST.search(part.dues[-1].text))
        free = [p for p in near if not p.sure or p.shared or (latest and p.place == place - 1)]
        after = [promise for promise in free if promise.place > place]
        before = [promise for promise in free if promise.place < place]
        promise = after[0] if after else before[-1] if before else None
        if promise:
            promise.due, promise.sure, promise.shared = part.dues[-1], True, True
            promise.parts.append(part)


def _pledges(spelled: str, promise: _Promise) -> bool:
    """Whether a promise names no deed in its own part."""
    start, end = promise.parts[0].part
    return only_pledges(spelled[start:end])


def _merged(found: Sequence[_Promise]) -> list[_Promise]:
    """Promises without a time belong to the next one that has one, or to the one before."""
    if not any(promise.sure for promise in found):
        if not found:
            return []
        first = max(found, key=lambda promise: promise.hit.strength)
        first.due = first.due or next((p.due for p in found if p.due), None)
        _take_in(first, found)
        return [first]
    sure = [promise for promise in found if promise.sure]
    places = [promise.place for promise in sure]
    for promise in found:
        if not promise.sure:
            later = bisect_left(places, promise.place)
            _take_in(sure[min(later, len(sure) - 1)], [promise])
    return sure


def _take_in(promise: _Promise, others: Sequence[_Promise]) -> None:
    for other in others:
        if other is not promise:
            promise.parts.extend(other.parts)
    strongest = max([promise, *others], key=lambda one: one.hit.strength)
    promise.hit = promise.hit._replace(strength=strongest.hit.strength)


def _draft(text: str, spelled: str, promise: _Promise, dues: Placed[Due]) -> PromiseDraft:
    start = min([part.part.start for part in promise.parts])
    end = max([part.part.end for part in promise.parts])
    done = Part(0, 0)
    for part in promise.parts:
        hit = max(promise.hit.start, part.part.start)
        found = deliverable(spelled, part.part, hit, dues.between(*part.part))
        if found.start < found.end and not only_pledges(spelled[found.start : found.end]):
            done = found
            break
        done = done if done.start < done.end else found
    due = promise.due
    return PromiseDraft(
        start, end, text[start:end], text[done.start : done.end] or text[start:end],
        due.due_at if due else None, due.text if due else None, round(promise.hit.strength, 3),
    )  # fmt: skip


def _with_afterthoughts(
    drafts: list[PromiseDraft], text: str, spelled: str, spans: Sequence[Part], dues: Placed[Due]
) -> list[PromiseDraft]:
    """A sentence that is no more than a time belongs to the promise before it: "… By Friday."."""
    places = {draft.end: number for number, draft in enumerate(drafts)}
    ends = sorted(places)
    for span in spans:
        before = bisect_right(ends, span.start) - 1
        if before < 0 or span.start - ends[before] > _NEAR:
            continue
        if spelled[ends[before] : span.start].strip(_CLOSING):
            continue
        number = places[ends[before]]
        held = drafts[number]
        if held.due_at is not None or span.end - span.start > REACH:
            continue
        part = timed(spelled, span, dues.between(*span))
        if part.dues and part.bare and "?" not in spelled[span.start : span.end]:
            due = part.dues[-1]
            drafts[number] = PromiseDraft(
                held.start, due.end, text[held.start : due.end], held.deliverable,
                due.due_at, due.text, held.strength,
            )  # fmt: skip
    return drafts
