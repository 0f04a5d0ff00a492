"""Everything that is looked for in a text, in one automaton."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

import ahocorasick_rs
import numpy as np

from troth.reading.plain import plain
from troth.reading.wording import Wording, compile_plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from troth.types import AnyArray, BoolArray, CodeArray


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for.

    Attributes:
        code: what its hits are called.
        say: its wording, in the small language.
        lang: ``zh`` or ``en``.
    """

    code: int
    say: str
    lang: str


@dataclass(frozen=True, slots=True)
class Hits:
    """n places where terms stand, by (start, end).

    Attributes:
        start: (n,) first character.
        end: (n,) character after the last.
        code: (n,) the term's code.
    """

    start: CodeArray
    end: CodeArray
    code: CodeArray

    def __len__(self) -> int:
        return int(self.start.size)

    def take(self, which: AnyArray | slice) -> Hits:
        """The hits at ``which`` places (or where a mask is true)."""
        return Hits(self.start[which], self.end[which], self.code[which])


def is_word(character: str) -> bool:
    """Whether a character is part of a word that is spelled with letters."""
    return character.isalnum() and ord(character) < _FIRST_CJK


_FIRST_CJK: Final = 0x2E80
#: A wording that is its own only literal.
_PLAINLY: Final = re.compile(r"[^\s()|~#]+(?: [^\s()|~#]+)*")
_LITERAL: Final = Wording((), None)
_WINDOW: Final = 160


@dataclass
class Lexicon:
    """An automaton over the literals of terms, with the patterns that some of them need.

    Args:
        terms: what to look for.
    """

    terms: Iterable[Term]
    _code: CodeArray = field(init=False, repr=False)
    _pattern: list[str | None] = field(init=False, repr=False)
    _term: AnyArray = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Compile the terms."""
        terms = list(self.terms)
        literals: list[str] = []
        counts: list[int] = []
        patterns: list[str | None] = []
        for term, said in zip(terms, _in_one_spelling([t.say for t in terms]), strict=True):
            wording = _LITERAL if _PLAINLY.fullmatch(said) else compile_plain(said, term.lang)
            own = wording.literals or (said,)
            literals += own
            counts.append(len(own))
            patterns.append(wording.pattern)
        self._code = np.repeat(np.array([term.code for term in terms], np.int32), counts)
        self._code_of = [term.code for term in terms]
        self._pattern = patterns
        self._compiled: list[re.Pattern[str] | None] = [None] * len(patterns)
        self._term = np.repeat(np.arange(len(terms)), counts)
        self._has_pattern: BoolArray = np.array([p is not None for p in patterns], bool)[self._term]
        first, last = "".join([w[0] for w in literals]), "".join([w[-1] for w in literals])
        wordy = {c: is_word(c) for c in {*first, *last}}
        self._word_start: BoolArray = np.array([wordy[c] for c in first], bool)
        self._word_end: BoolArray = np.array([wordy[c] for c in last], bool)
        # this kind is the fastest to build and to search; a literal of two terms is there twice
        self._automaton = ahocorasick_rs.AhoCorasick(
            literals,
            implementation=ahocorasick_rs.Implementation.ContiguousNFA,
            store_patterns=False,
        )

    def find(self, text: str, word: BoolArray, clause: CodeArray) -> Hits:
        """All hits, overlapping ones too.

        Args:
            text: in one spelling.
            word: (n + 1,) whether character i is part of a word spelled with letters; False at n.
            clause: (n + 1,) the number of the clause that character i belongs to.

        Returns:
            Hits at word boundaries; those of patterns lie within one clause.
        """
        found = self._automaton.find_matches_as_indexes(text, overlapping=True)
        flat = np.fromiter(chain.from_iterable(found), np.int32, 3 * len(found)).reshape(-1, 3)
        entry, start, end = flat[:, 0], flat[:, 1], flat[:, 2]
        whole = ~(self._word_start[entry] & word[start - 1] & (start > 0))
        whole &= ~(self._word_end[entry] & word[end])
        plainly = whole & ~self._has_pattern[entry]
        hits = Hits(start[plainly], end[plainly], self._code[entry[plainly]])
        # an anchor may begin or end inside a word; its pattern sees to the whole
        anchored = np.flatnonzero(self._has_pattern[entry])
        if anchored.size:
            hits = _joined(hits, self._matches(text, start, entry, anchored, word, clause))
        order = np.lexsort((hits.end, hits.start))
        return hits.take(order)

    def _matches(
        self, text: str, start: CodeArray, entry: AnyArray, anchored: AnyArray,
        word: BoolArray, clause: CodeArray,
    ) -> Hits:  # fmt: skip
        """Hits of patterns around their anchors, each once."""
        places, term = start[anchored], self._term[entry[anchored]]
        low = np.maximum(np.searchsorted(clause, clause[places], "left"), places - _WINDOW)
        high = np.minimum(np.searchsorted(clause, clause[places], "right"), places + _WINDOW)
        high = np.minimum(high, len(text))
        seen: set[tuple[int, int, int]] = set()
        for which, first, last in zip(term.tolist(), low.tolist(), high.tolist(), strict=True):
            pattern = self._compiled[which] or self._compile(which)
            match = pattern.search(text, first, last)
            while match:
                begin, end = match.span()
                if not _splits_word(word, begin, end):
                    seen.add((begin, end, self._code_of[which]))
                match = pattern.search(text, end, last)
        flat = np.array(sorted(seen), np.int32).reshape(-1, 3)
        return Hits(flat[:, 0], flat[:, 1], flat[:, 2])

    def _compile(self, which: int) -> re.Pattern[str]:
        """When it is first needed: to compile them all takes a fifth of a second."""
        pattern = self._compiled[which] = re.compile(self._pattern[which] or "")
        return pattern


def _in_one_spelling(said: list[str]) -> list[str]:
    """Wordings in one spelling, all at once: one by one takes ten times as long."""
    return plain("\n".join(said)).split("\n") if said else []


def _splits_word(word: BoolArray, begin: int, end: int) -> bool:
    return bool((begin and word[begin] and word[begin - 1]) or (word[end] and word[end - 1]))


def _joined(one: Hits, other: Hits) -> Hits:
    return Hits(
        np.concatenate([one.start, other.start]),
        np.concatenate([one.end, other.end]),
        np.concatenate([one.code, other.code]),
    )
