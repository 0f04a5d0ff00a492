"""A text cut into sentences, and these into parts that each say one thing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Generic, NamedTuple, Protocol, TypeVar

from troth.content.times import either
from troth.content.word_lists import word_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from troth.reading.due import Due

_SENTENCE: Final = re.compile(r"[。!?;\n\r\u2028\u2029\x85…]+|\.+(?![a-z0-9_])")
_CLAUSE: Final = re.compile(r"[,:~—()\[\]【】{}<>|\t]+")
_SHORT: Final = re.compile(
    r"(?:(?<![a-z])[ap]\.?m|(?<![a-z])(?:mr|mrs|ms|dr|approx|e\.g|i\.e|no))$"
)
_COUPLING: Final = re.compile(
    r"\s*(?:(?<![a-z])(?:and then|and|then|but|while)(?![a-z])|并且|并|然后|再|同时|和)"
)
_DIGIT: Final = re.compile(r"(?<=\d)[,:](?=\d)")


class _Starting(Protocol):
    @property
    def start(self) -> int: ...


T = TypeVar("T", bound=_Starting)


class Part(NamedTuple):
    """A stretch of a sentence.

    Attributes:
        start: first character.
        end: character after the last, closing marks left out.
    """

    start: int
    end: int


@cache
def words(name: str, book: str = "commitments") -> str:
    """A pattern of the words of a list, in both languages; English ones as whole words."""
    lists = word_lists(book)[name]
    found = [either(lists["zh"])] if lists["zh"] else []
    for free, bound in (("(?<![a-z0-9])", False), ("", True)):
        chosen = [w for w in lists["en"] if w.startswith(("'", "n't")) == bound]
        if chosen:
            found.append(f"{free}{either(chosen)}(?![a-z0-9])")
    return f"(?:{'|'.join(found)})"


class Placed(Generic[T]):
    """Things by where they start, and those of a stretch without a look at the others."""

    def __init__(self, things: Sequence[T]) -> None:
        self._things = things
        self._starts = [thing.start for thing in things]

    def between(self, low: int, high: int) -> Sequence[T]:
        """Those that start from ``low`` on and before ``high``."""
        return self._things[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def last(self, place: int) -> int:
        """The number of the last one that starts at or before a place; −1 where none does."""
        return bisect_right(self._starts, place) - 1

    def at(self, place: int) -> T | None:
        """The last one that starts at or before a place, or else the first; None of none."""
        return self._things[max(0, self.last(place))] if self._things else None


def sentences(spelled: str, text: str, dues: Sequence[Due]) -> list[Part]:
    """The sentences of a text.

    Args:
        spelled: the text in one spelling.
        text: as it was given, where capitals tell whether "p.m." ends a sentence.
        dues: times, which no sentence ends within.

    Returns:
        Sentences in order; marks at their ends are theirs.
    """
    inside = _Inside(dues)
    found, start = [], 0
    for match in _SENTENCE.finditer(spelled):
        if inside(match.start()) or (match[0] == "." and _abbreviated(spelled, text, match)):
            continue
        found.append(Part(start, match.end()))
        start = match.end()
    if start < len(spelled):
        found.append(Part(start, len(spelled)))
    return found


def _abbreviated(spelled: str, text: str, match: re.Match[str]) -> bool:
    """Whether a full stop belongs to "p.m." and the sentence goes on."""
    if not _SHORT.search(spelled, max(0, match.start() - 6), match.start()):
        return False
    rest = text[match.end() : match.end() + 3].lstrip()
    return rest[:1].islower() or rest[:1].isdigit() or rest[:1] in (",", "-")


class _Inside:
    """Whether a place lies within one of some stretches, given by start, without overlap."""

    def __init__(self, dues: Sequence[Due]) -> None:
        self._placed = Placed(dues)
        self._ends = [due.end for due in dues]

    def __call__(self, place: int) -> bool:
        before = self._placed.last(place)
        return before >= 0 and place < self._ends[before]


def parts_of(spelled: str, sentence: Part, dues: Sequence[Due]) -> list[Part]:
    """The parts of a sentence: its clauses, cut again where one clause names several times.

    Args:
        spelled: the text in one spelling.
        sentence: one of `sentences`.
        dues: the definite times of the sentence, by start.

    Returns:
        Parts in order, without blanks around them; none are empty.
    """
    inside, placed = _Inside(dues), Placed(dues)
    found: list[Part] = []
    start = sentence.start
    ends = [m.span() for m in _CLAUSE.finditer(spelled, sentence.start, sentence.end)]
    ends = [
        (low, high) for low, high in ends
        if not inside(low) and not (high - low == 1 and _DIGIT.match(spelled, low))
    ]  # fmt: skip
    for low, high in [*ends, (_closed(spelled, sentence), sentence.end)]:
        found.extend(_by_time(spelled, Part(start, low), placed.between(start, low)))
        start = high
    return [part for part in (_trimmed(spelled, part) for part in found) if part.start < part.end]


def _closed(spelled: str, sentence: Part) -> int:
    """Where the closing marks of a sentence begin."""
    end = sentence.end
    while end > sentence.start and (
        spelled[end - 1].isspace() or spelled[end - 1] in "。!?;….\x85"
    ):
        end -= 1
    return end


def _by_time(spelled: str, clause: Part, own: Sequence[Due]) -> Iterator[Part]:
    """Cut between two times: in English after the first, in Chinese before the second."""
    start = clause.start
    for one, other in pairwise(own):
        coupling = _COUPLING.search(spelled, one.end, other.start)
        if coupling:
            cut = coupling.start()
        elif any("\u4e00" <= c <= "\u9fff" for c in spelled[one.end : other.start]):
            cut = other.start
        else:
            continue
        yield Part(start, cut)
        start = cut
    yield Part(start, clause.end)


def _trimmed(spelled: str, part: Part) -> Part:
    start, end = part
    while start < end and spelled[start].isspace():
        start += 1
    while end > start and spelled[end - 1].isspace():
        end -= 1
    return Part(start, end)
