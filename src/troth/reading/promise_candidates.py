"""Promises found by grammar, where no cue was heard: our own deed, and a time for it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from troth.reading.due import find_dues
from troth.reading.plain import plain
from troth.reading.promise_grammar import (
    CONDITION,
    DOER,
    REACH,
    SELF,
    of_others,
    promised,
    reported,
)
from troth.reading.promises import THEY, PromiseHit
from troth.reading.quotations import quotations
from troth.reading.sentence_parts import Part, Placed, parts_of, sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from troth.reading.due import Due

_WILL: Final = re.compile(rf"{DOER}[^,]{{0,48}}?(?P<will>{words('will')})")
_WITHOUT_DOER: Final = (
    (re.compile(words("offer")), 0.6),
    (re.compile(words("have")), 0.65),
    (re.compile(rf"{words('thing')}[^,]{{0,40}}?(?P<will>{words('thing_will')})"), 0.6),
    (re.compile(words("serve")), 0.7),
    (re.compile(words("surely")), 0.6),
)
_OPENING: Final = re.compile(
    rf"(?:{words('own_words')}[\s,]+|{words('lead')}[\s,]+){{0,3}}?(?P<will>{words('opening')})"
)
_DEED_AT_TIME: Final = re.compile(rf"[^,]{{0,6}}?(?P<will>{words('deed')}|[^,]{{0,8}}[您你])")
_DEED_NEXT: Final = re.compile(rf"[^,可须请]{{0,2}}?(?P<will>{words('deed')})")
_OUR_DEED: Final = re.compile(rf"{DOER}(?P<will>[^,]{{0,6}}?{words('deed')})")
_PLEDGING: Final = re.compile(rf"(?:{words('lead')})??(?P<will>{words('pledging')})\s?$")
_OVER: Final = re.compile(words("over"))
_DONE: Final = re.compile(
    rf"{words('done')}(?!来|去)|[给帮为替跟向与][您你][^,的]{{1,4}}了(?!再|就|$)|[给帮为替跟向与][您你][^,的]{{0,2}}好了$"
)
_COMING: Final = re.compile(words("coming"))
_OWN_WORDS: Final = re.compile(words("own_words"))
_CONFIRM: Final = re.compile(rf"\W*{words('confirm')}\W*$")
_DEADLINE: Final = re.compile(r"[前内]$")
_NOT_WILL: Final = re.compile(words("not_will"))
_COUPLED: Final = re.compile(r"(?<![a-z])(?:and|but|so|then)(?![a-z])")
_DENIED: Final = re.compile(words("denied"))
_STILL: Final = re.compile(words("still"))
_IDLE: Final = re.compile(words("idle"))
_ASKED: Final = re.compile(words("asked"))
_ASKS: Final = re.compile(
    rf"(?:(?:and|so|but|ok|okay|then)[\s,]+)*{words('asking')}\s+(?:i|we|you|it|that|your|the)(?![a-z])"
)
_TAG: Final = re.compile(words("tag"))
#: How far behind what commits a deed is looked for that is none.
_DEED: Final = 14
#: So many times of one part are looked at.
_MANY: Final = 8
_LONGEST_TAG: Final = 8


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
    spelled = _NOT_WILL.sub(lambda match: "□" * len(match[0]), spelled)
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
            found.extend(hit for hit in hits if not _within(quoted, hit.start))
    return found


def _within(quoted: Sequence[tuple[int, int]], place: int) -> bool:
    before = bisect_right(quoted, (place, len(quoted) + place)) - 1
    return before >= 0 and place < quoted[before][1]


def _followed_by_time(spans: Sequence[Part], number: int, dues: Sequence[Due]) -> bool:
    """Whether the next sentence is little more than a time."""
    if number + 1 >= len(spans) or not dues:
        return False
    start, end = spans[number + 1]
    return start <= dues[0].start < end and end - start - (dues[0].end - dues[0].start) <= 12


def _in_sentence(spelled: str, sentence: Part, dues: Sequence[Due]) -> list[PromiseHit]:
    definite = [due for due in dues if due.kind != "vague"]
    parts, placed = parts_of(spelled, sentence, definite), Placed(definite)
    found = []
    conditional = False
    for number, part in enumerate(parts):
        follows = parts[number + 1].start if number + 1 < len(parts) else sentence.end
        hit = None if _is_asked(spelled, part, follows) else _in_part(spelled, part, placed)
        told = part.start if _OWN_WORDS.match(spelled, part.start) else sentence.start
        if hit and not conditional and not reported(spelled, told, hit.start):
            found.append(hit if definite else hit._replace(strength=hit.strength - 0.2))
        conditional = conditional or bool(CONDITION.search(spelled, part.start, part.end))
    return found


def _is_asked(spelled: str, part: Part, follows: int) -> bool:
    """Whether a part is a question; a tag behind it ("OK?") leaves it a promise."""
    if _ASKED.search(spelled, part.start, part.end):
        return part.end - part.start > _LONGEST_TAG or not _TAG.match(spelled, part.start)
    if _ASKS.match(spelled, part.start, part.end):
        return True
    if "?" in spelled[part.end : follows]:
        return True
    behind = spelled[follows : follows + _DEED + 4]
    return "?" in behind and bool(_CONFIRM.match(spelled, follows, follows + behind.index("?")))


def _in_part(spelled: str, part: Part, dues: Placed[Due]) -> PromiseHit | None:
    """The commitment of a part, if it makes one."""
    for start, core, end, strength in _cores(spelled, part, dues):
        deed = min(part.end, end + _DEED)
        if not promised(spelled, part, core) or _IDLE.search(
            spelled, max(part.start, core - 1), deed
        ):
            continue
        if not _is_denied(spelled, part, end) and not _of_others(spelled, part, core):
            return PromiseHit(start, end, strength)
    return None


def _of_others(spelled: str, part: Part, core: int) -> bool:
    """Whether somebody else is named before us as the doer of a commitment."""
    doer = SELF.search(spelled, part.start, core)
    last = doer.start() if doer else core
    low = max((m.end() for m in _COUPLED.finditer(spelled, part.start, last)), default=part.start)
    return of_others(spelled, low, last)


def _cores(spelled: str, part: Part, dues: Placed[Due]) -> Iterator[tuple[int, int, int, float]]:
    """Start of the doer, start and end of what commits, and how surely."""
    if _DONE.search(spelled, *part) and not _COMING.search(spelled, *part):
        return
    for pattern, strength in ((_WILL, 0.8), (_OPENING, 0.7)):
        search = pattern.search if pattern is _WILL else pattern.match
        match = search(spelled, part.start, part.end)
        if match:
            yield match.start(), match.start("will"), match.end(), strength
            return
    for pattern, strength in _WITHOUT_DOER:
        match = pattern.search(spelled, part.start, part.end)
        if match:
            yield match.start(), match.end() - 1, match.end(), strength
    if _OVER.search(spelled, part.start, part.end):
        return
    own = dues.between(*part)
    for due in own[:_MANY]:
        yield from _at_time(spelled, part, due)
    deed = _OUR_DEED.search(spelled, part.start, part.end)
    before = dues.between(part.start - REACH, part.start)
    if deed and not own and before and before[-1].end >= part.start - 2:
        yield deed.start(), deed.start("will"), deed.end(), 0.6


def _at_time(spelled: str, part: Part, due: Due) -> Iterator[tuple[int, int, int, float]]:
    """A deed right behind us and a time, as in 我们明天发货; or a pledge right before a time."""
    low = max(part.start, due.start - REACH)
    doers = [
        m
        for m in SELF.finditer(spelled, low, min(due.end + 12, part.end))
        if m.start() <= due.end + 2
    ]
    if doers:
        behind = max(due.end, doers[-1].end())
        deed = _DEED_AT_TIME.match(spelled, behind, part.end)
        if deed:
            yield doers[-1].start(), deed.start("will"), deed.end(), 0.6
        elif _DEADLINE.search(spelled, due.start, due.end) and part.end - behind > 1:
            yield doers[-1].start(), behind, behind + 1, 0.5
    elif _DEADLINE.search(spelled, due.start, due.end) and not THEY.match(spelled, part.start):
        deed = _DEED_NEXT.match(spelled, due.end, part.end)
        if deed:
            yield due.end, deed.start("will"), deed.end(), 0.5
    pledge = _PLEDGING.search(spelled, low, due.start)
    if pledge:
        yield pledge.start(), pledge.start("will"), pledge.end(), 0.6


def _is_denied(spelled: str, part: Part, end: int) -> bool:
    """Whether a negation stands before what commits, or right behind it."""
    high = min(part.end, end + 5)
    kept = [match.span() for match in _STILL.finditer(spelled, part.start, min(part.end, high + 6))]
    return any(
        not any(low <= match.start() < behind for low, behind in kept)
        for match in _DENIED.finditer(spelled, part.start, high)
    )
