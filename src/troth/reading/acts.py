"""Acts with spans: the cues found in messages, less those that their surroundings silence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.acts import SCOPES, SIDES, acts
from troth.content.cues import cues
from troth.content.scope_words import SIGNALS, scope_words
from troth.reading.layout import layout
from troth.reading.lexicon import Lexicon, Term
from troth.reading.schema import ActSpan
from troth.reading.scope import surroundings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.content.cues import Cue
    from troth.reading.layout import Layout
    from troth.reading.lexicon import Hits
    from troth.reading.scope import Around
    from troth.types import AnyArray, BoolArray, FloatArray

NAMES: Final = tuple(acts())
_KEEP, _DROP = -1, -2
_UNLESS: Final = tuple(
    (NAMES.index(name), [NAMES.index(other) for other in act.unless])
    for name, act in acts().items()
    if act.unless
)


@dataclass(frozen=True)
class Found:
    """n acts in a batch of messages, by message and start.

    Attributes:
        message: (n,) which message.
        act: (n,) place in ``NAMES``.
        start: (n,) first character, in the message's own text.
        end: (n,) character after the last.
        strength: (n,) 0–1.
        cue: (n,) place in `troth.content.cues.cues`.
    """

    message: AnyArray
    act: AnyArray
    start: AnyArray
    end: AnyArray
    strength: FloatArray
    cue: AnyArray

    def __len__(self) -> int:
        return int(self.message.size)

    def take(self, which: AnyArray) -> Found:
        """The acts at ``which`` places."""
        return Found(
            self.message[which], self.act[which], self.start[which], self.end[which],
            self.strength[which], self.cue[which],
        )  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What stands in a batch of messages.

    Attributes:
        hits: of cues, by start; codes are places in the reader's ``cues``.
        signals: hits of the scope words by signal, by start.
    """

    hits: Hits
    signals: dict[str, Hits]


class CueReader:
    """Finds acts by cues.

    Args:
        written: the cues; those of the project where left out.
    """

    def __init__(self, written: Sequence[Cue]) -> None:
        self.cues = tuple(written)
        terms = [Term(code, cue.say, cue.lang) for code, cue in enumerate(self.cues)]
        for code, signal in enumerate(SIGNALS, start=len(self.cues)):
            for lang, words in scope_words()[signal].items():
                terms.extend(Term(code, word, lang) for word in words)
        self._lexicon = Lexicon(terms)
        self._act = np.array([NAMES.index(cue.act) for cue in self.cues], np.int32)
        self._strength = np.array([cue.strength for cue in self.cues])
        self._negation = np.array([_after_negation(cue) for cue in self.cues], np.int32)
        self._drops = {
            around: np.array([cue.scope[around] == "drop" for cue in self.cues], bool)
            for around in SCOPES
        }
        sides = [acts()[name].sides for name in NAMES]
        self._side = {side: np.array([side in s for s in sides], bool) for side in SIDES}

    def find(self, messages: Sequence[str], speakers: Sequence[str | None]) -> Found:
        """The acts of messages.

        Args:
            messages: m texts.
            speakers: m of ``customer``, ``staff`` or None (acts of both sides are read).

        Returns:
            The acts; two of one kind never overlap in a message.
        """
        laid = layout(messages)
        return self.find_laid(laid, speakers, self.look(laid))

    def look(self, laid: Layout) -> Seen:
        """What stands in messages, before anything is silenced."""
        hits = self._lexicon.find(laid.text, laid.word, laid.clause)
        first = len(self.cues)
        own = hits.code < first
        signal = hits.take(~own)
        signal = signal.take(np.argsort(signal.code, kind="stable"))
        bounds = np.searchsorted(signal.code, np.arange(first, first + len(SIGNALS) + 1)).tolist()
        signals = {
            name: signal.take(slice(bounds[place], bounds[place + 1]))
            for place, name in enumerate(SIGNALS)
        }
        return Seen(hits.take(own), signals)

    def find_laid(self, laid: Layout, speakers: Sequence[str | None], seen: Seen) -> Found:
        """As `find`, for messages laid out and looked at already."""
        hits, signals = seen.hits, seen.signals
        message = np.searchsorted(laid.starts, hits.start, "right") - 1
        act, keep = self._silenced(hits, surroundings(laid, hits, signals))
        for side in SIDES:
            spoken = np.array([s == side for s in speakers], bool)
            keep &= ~spoken[message] | self._side[side][act]
        base = laid.starts[message]
        found = Found(
            message, act, hits.start - base, hits.end - base, self._strength[hits.code], hits.code
        ).take(keep)
        return _meant(_longest(found))

    def _silenced(self, hits: Hits, around: Around) -> tuple[AnyArray, BoolArray]:
        """The act of each hit, and whether it is read at all."""
        cue = hits.code
        negation = self._negation[cue]
        act = np.where(around.negated & (negation >= 0), negation, self._act[cue])
        staff_only = ~self._side["customer"][act]
        reported = np.where(staff_only, around.reported_sentence, around.reported)
        keep = ~(around.negated & (negation == _DROP))
        keep &= ~((around.quoted | reported) & self._drops["quotation"][cue])
        customer_only = ~self._side["staff"][act]
        question = np.where(customer_only, around.asked | around.asked_sentence, around.asked)
        keep &= ~(question & self._drops["question"][cue])
        keep &= ~(around.conditional & self._drops["condition"][cue])
        keep &= ~(around.others & self._drops["others"][cue])
        keep &= ~(around.past & self._drops["past"][cue])
        keep &= ~(around.conceded & self._drops["concession"][cue])
        keep &= ~(around.courteous & self._drops["courtesy"][cue])
        keep &= ~(around.explained & self._drops["explained"][cue])
        return act, keep


def _after_negation(cue: Cue) -> int:
    then = cue.scope["negation"]
    return {"keep": _KEEP, "drop": _DROP}.get(then) or NAMES.index(then)


def _meant(found: Found) -> Found:
    """Without acts that are taken back further on in their message."""
    keep = np.ones(len(found), bool)
    for act, others in _UNLESS:
        there, taken = found.act == act, np.isin(found.act, others)
        if there.any() and taken.any():
            last = np.full(int(found.message.max()) + 1, -1)
            np.maximum.at(last, found.message[taken], found.start[taken])
            keep &= ~(there & (last[found.message] >= found.end))
    return found.take(keep)


def _longest(found: Found) -> Found:
    """Of acts of one kind that overlap in a message, the longest; the stronger where equal."""
    order = np.lexsort(
        (-found.strength, found.start - found.end, found.start, found.act, found.message)
    )
    found = found.take(order)
    keep = np.ones(len(found), bool)
    previous = (-1, -1)
    reach, held = 0, -1
    message, act = found.message.tolist(), found.act.tolist()
    start, end = found.start.tolist(), found.end.tolist()
    for place, key in enumerate(zip(message, act, strict=True)):
        if key == previous and start[place] < reach:
            if end[place] - start[place] > end[held] - start[held]:
                keep[held] = False
                held, reach = place, end[place]
            else:
                keep[place] = False
        else:
            previous, held, reach = key, place, end[place]
    found = found.take(keep)
    return found.take(np.lexsort((found.end, found.start, found.message)))


def spans_of(found: Found, messages: Sequence[str]) -> list[tuple[ActSpan, ...]]:
    """The acts of each message, with their words.

    Args:
        found: the acts of m messages.
        messages: their texts as they were given.

    Returns:
        m tuples, by start.
    """
    spans: list[list[ActSpan]] = [[] for _ in messages]
    columns = (found.message, found.act, found.start, found.end, found.strength)
    for message, act, start, end, strength in zip(*(c.tolist() for c in columns), strict=True):
        text = messages[message][start:end]
        spans[message].append(ActSpan(NAMES[act], start, end, strength, text))
    return [tuple(own) for own in spans]


@cache
def cue_reader() -> CueReader:
    """The reader of the project's own cues."""
    return CueReader(cues())
