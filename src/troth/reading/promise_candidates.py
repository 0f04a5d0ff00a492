"""Promises found by grammar, where no cue was heard: our own deed, and a time for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from troth.reading.due import find_dues
from troth.reading.plain import plain
from troth.reading.promise_grammar import CONDITION, SELF, of_others, promised, reported
from troth.reading.promises import PromiseHit
from troth.reading.quotations import quotations
from troth.reading.sentence_parts import Part, parts_of, sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from troth.reading.due import Due

_WILL: Final = re.compile(rf"{words('self')}[^,]{{0,24}}?(?P<will>{words('will')})")
_WITHOUT_DOER: Final = (
    (re.compile(words("offer")), 0.6),
    (re.compile(words("have")), 0.65),
    (re.compile(rf"{words('thing')}[^,]{{0,40}}?(?P<will>{words('thing_will')})"), 0.6),
    (re.compile(words("serve")), 0.7),
    (re.compile(words("surely")), 0.6),
)
_OPENING: Final = re.compile(rf"(?:{words('lead')}[\s,]*)*?(?P<will>{words('opening')})")
_DENIED: Final = re.compile(words("denied"))
_STILL: Final = re.compile(words("still"))
_IDLE: Final = re.compile(words("idle"))
_ASKED: Final = re.compile(words("asked"))
_ASKS: Final = re.compile(
    rf"(?:{words('lead')}[\s,]*)*?{words('asking')}\s+(?:i|we|you|it|that|your|the)(?![a-z])"
)
_TAG: Final = re.compile(words("tag"))
#: How far behind what commits a deed is looked for that is none.
_DEED: Final = 14


def promise_candidates(text: str) -> list[PromiseHit]:
    """Commitments that the grammar shows: we, shall, and a time in the same sentence.

    Denied ones, questions, conditions, quotations, what others said or will do, habits, wishes and
    guesses are left out.

    Args:
        text: any text, as staff wrote it.

    Returns:
        Hits by start, at most one a clause.
    """
    spelled = text.lower() if text.isascii() else plain(text)
    dues = find_dues(text, None)
    if not dues:
        return []
    quoted = quotations(spelled)
    found: list[PromiseHit] = []
    spans = sentences(spelled, text, dues)
    place = 0
    for number, sentence in enumerate(spans):
        own: list[Due] = []
        while place < len(dues) and dues[place].start < sentence.end:
            own.append(dues[place])
            place += 1
        if own or _followed_by_time(spans, number, dues[place : place + 1]):
            hits = _in_sentence(spelled, sentence, own)
            found.extend(h for h in hits if not any(a <= h.start < b for a, b in quoted))
    return found


def _followed_by_time(spans: Sequence[Part], number: int, dues: Sequence[Due]) -> bool:
    """Whether the next sentence is little more than a time."""
    if number + 1 >= len(spans) or not dues:
        return False
    start, end = spans[number + 1]
    return start <= dues[0].start < end and end - start - (dues[0].end - dues[0].start) <= 12


def _in_sentence(spelled: str, sentence: Part, dues: Sequence[Due]) -> list[PromiseHit]:
    definite = [due for due in dues if due.kind != "vague"]
    parts = parts_of(spelled, sentence, definite)
    found = []
    conditional = False
    for number, part in enumerate(parts):
        follows = parts[number + 1].start if number + 1 < len(parts) else sentence.end
        hit = None if _is_asked(spelled, part, follows) else _in_part(spelled, part)
        if hit and not conditional and not reported(spelled, sentence.start, hit.start):
            found.append(hit if definite else hit._replace(strength=hit.strength - 0.2))
        conditional = conditional or bool(CONDITION.search(spelled, part.start, part.end))
    return found


def _is_asked(spelled: str, part: Part, follows: int) -> bool:
    """Whether a part is a question; a tag behind it ("OK?") leaves it a promise."""
    if _ASKED.search(spelled, part.start, part.end):
        return not _TAG.match(spelled, part.start)
    if _ASKS.match(spelled, part.start, part.end):
        return True
    return "?" in spelled[part.end : follows]


def _in_part(spelled: str, part: Part) -> PromiseHit | None:
    """The commitment of a part, if it makes one."""
    for start, core, end, strength in _cores(spelled, part):
        deed = min(part.end, end + _DEED)
        if not promised(spelled, part, core) or _IDLE.search(spelled, core, deed):
            continue
        if _is_denied(spelled, part, end):
            continue
        doer = SELF.search(spelled, part.start, core)
        if not of_others(spelled, part.start, doer.start() if doer else core):
            return PromiseHit(start, end, strength)
    return None


def _cores(spelled: str, part: Part) -> Iterator[tuple[int, int, int, float]]:
    """Start of the doer, start and end of what commits, and how surely."""
    match = _WILL.search(spelled, part.start, part.end)
    if match:
        yield match.start(), match.start("will"), match.end(), 0.8
        return
    match = _OPENING.match(spelled, part.start, part.end)
    if match:
        yield match.start(), match.start("will"), match.end(), 0.7
        return
    for pattern, strength in _WITHOUT_DOER:
        match = pattern.search(spelled, part.start, part.end)
        if match:
            yield match.start(), match.end() - 1, match.end(), strength


def _is_denied(spelled: str, part: Part, end: int) -> bool:
    """Whether a negation stands before what commits, or right behind it."""
    high = min(part.end, end + 5)
    kept = [match.span() for match in _STILL.finditer(spelled, part.start, min(part.end, high + 6))]
    return any(
        not any(low <= match.start() < behind for low, behind in kept)
        for match in _DENIED.finditer(spelled, part.start, high)
    )
