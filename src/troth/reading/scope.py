"""What stands around a hit: negation, quotation, report, condition, question, another doer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from troth.reading.layout import Layout
    from troth.reading.lexicon import Hits
    from troth.types import AnyArray, BoolArray

#: How far a negation reaches: Chinese characters, or English words.
REACH_ZH: Final = 6
REACH_EN: Final = 4
REACH_PAST: Final = 5
#: Characters from a cue to the words that refute it.
REACH_REFUTED: Final = 3


@dataclass(frozen=True)
class Around:
    """For each of n hits, what surrounds it (all (n,))."""

    negated: BoolArray
    quoted: BoolArray
    reported: BoolArray
    reported_sentence: BoolArray
    conditional: BoolArray
    asked: BoolArray
    asked_sentence: BoolArray
    others: BoolArray
    past: BoolArray
    conceded: BoolArray
    courteous: BoolArray
    explained: BoolArray


def surroundings(laid: Layout, hits: Hits, signals: dict[str, Hits]) -> Around:
    """Look around hits.

    Args:
        laid: the batch.
        hits: n hits of cues, by start.
        signals: hits of the scope words by signal, by start.

    Returns:
        What surrounds each hit.
    """
    clause = laid.clause[hits.start]
    clause_start = np.searchsorted(laid.clause, clause, "left")
    clause_end = np.searchsorted(laid.clause, clause, "right")
    sentence_start = np.searchsorted(laid.sentence, laid.sentence[hits.start], "left")
    sentence_end = np.searchsorted(laid.sentence, laid.sentence[hits.start], "right")
    report = free(signals["report"], outermost(signals["not_report"]))
    return Around(
        negated=_negated(laid, hits, signals, clause_start),
        quoted=laid.quoted[hits.start]
        | _between(signals["refuted"].start, hits.end, hits.end + REACH_REFUTED),
        reported=_between(report.end - 1, clause_start, hits.start),
        reported_sentence=_between(report.end - 1, sentence_start, hits.start),
        conditional=_between(signals["condition"].end - 1, sentence_start, hits.start),
        asked=asked(laid, signals, hits),
        asked_sentence=_asked_sentence(laid, hits),
        others=_others(laid, hits, signals, clause_start),
        past=_past(laid, hits, signals, clause_start),
        conceded=_between(signals["concession"].start, clause_start, hits.start),
        courteous=_between(signals["courtesy"].start, clause_start, hits.start)
        | _between(signals["courtesy"].start, hits.end, clause_end),
        explained=_between(signals["explained"].start, hits.end, sentence_end),
    )


def _asked_sentence(laid: Layout, hits: Hits) -> BoolArray:
    """Whether a question mark stands behind each hit in its sentence."""
    sentence = laid.sentence[hits.start]
    last = np.searchsorted(laid.sentence, sentence, "right") - 1
    question: BoolArray = laid.asked[laid.clause[last]]
    return question


def _between(places: AnyArray, low: AnyArray, high: AnyArray) -> BoolArray:
    """Whether one of the places is at least ``low`` and below ``high``."""
    ordered = np.sort(places)
    inside: BoolArray = np.searchsorted(ordered, high, "left") > np.searchsorted(
        ordered, low, "left"
    )
    return inside


def free(one: Hits, other: Hits) -> Hits:
    """The hits of ``one`` that lie in none of ``other``."""
    if not len(one) or not len(other):
        return one
    reach = np.maximum.accumulate(other.end)
    before = np.searchsorted(other.start, one.start, "right") - 1
    inside = (before >= 0) & (reach[np.maximum(before, 0)] >= one.end)
    return one.take(~inside)


def outermost(hits: Hits) -> Hits:
    """The hits that lie in no other hit, the longest of those with one start."""
    if not len(hits):
        return hits
    ordered = hits.take(np.lexsort((-hits.end, hits.start)))
    reach = np.maximum.accumulate(ordered.end)
    inside = np.concatenate([[False], ordered.end[1:] <= reach[:-1]])
    return ordered.take(~inside)


def _negated(laid: Layout, hits: Hits, signals: dict[str, Hits], low: AnyArray) -> BoolArray:
    """An odd number of negations before the hit, near enough, in its clause, after any 'but'."""
    negations = outermost(free(signals["negation"], outermost(signals["not_negation"])))
    # 退不退 leaves it open
    negations = negations.take(~laid.open_choice[negations.start])
    # 绝不 and 不是 of 绝不是 deny once
    negations = negations.take(negations.start >= np.concatenate([[0], negations.end[:-1]]))
    rhetorical = np.isin(negations.start, signals["rhetorical"].start)
    negations = negations.take(~(rhetorical & asked(laid, signals, negations)))
    # what a cue itself holds, such as the 不 of 不好意思, denies nothing behind that cue
    cues = outermost(hits)
    held = _held(negations, cues, hits, low)
    negations = free(negations, cues)
    denied = held | _between(signals["denial"].start, low, hits.start)
    if not len(negations):
        return denied
    contrast = np.sort(signals["contrast"].end)
    last = np.searchsorted(contrast, hits.start, "right") - 1
    low = np.where(
        last >= 0, np.maximum(low, contrast[np.maximum(last, 0)] if contrast.size else 0), low
    )
    reach = np.where(laid.cjk[hits.start], REACH_ZH, REACH_EN)
    nearest = np.searchsorted(laid.token, laid.token[hits.start] - reach, "right") - 1
    low = np.maximum(low, nearest)
    # by where they start: the 不是 of 不是您的问题 reaches into the cue
    starts = negations.start
    count = np.searchsorted(starts, hits.start, "left") - np.searchsorted(starts, low, "left")
    odd: BoolArray = (count % 2 == 1) | denied
    return odd


def _held(negations: Hits, cues: Hits, hits: Hits, low: AnyArray) -> BoolArray:
    """A longer cue begins with a negation and goes on over the hit: the 不敢 of 不敢保证."""
    if not len(negations) or not len(cues):
        return np.zeros(len(hits), bool)
    around = np.maximum(np.searchsorted(cues.start, hits.start, "right") - 1, 0)
    inside = (cues.start[around] <= hits.start) & (cues.end[around] > hits.start)
    inside &= hits.start > cues.start[around]
    return inside & _between(negations.start, np.maximum(low, cues.start[around]), hits.start)


def _past(laid: Layout, hits: Hits, signals: dict[str, Hits], low: AnyArray) -> BoolArray:
    """A word of the past shortly before the hit, or a 了 or 过 right behind it."""
    nearest = np.searchsorted(laid.token, laid.token[hits.start] - REACH_PAST, "right") - 1
    before = _between(signals["past"].start, np.maximum(low, nearest), hits.start)
    over: BoolArray = before | laid.over[hits.end]
    return over


def asked(laid: Layout, signals: dict[str, Hits], hits: Hits) -> BoolArray:
    """Whether the clause of each hit is a question, by its mark or by a particle."""
    clause = laid.clause[hits.start]
    first = np.searchsorted(laid.clause, clause, "left")
    last = np.searchsorted(laid.clause, clause, "right")
    question: BoolArray = laid.asked[clause] | _between(signals["question"].start, first, last)
    return question


def _others(laid: Layout, hits: Hits, signals: dict[str, Hits], low: AnyArray) -> BoolArray:
    """Somebody else is the doer: the first one named in a Chinese clause, the nearest in an English one.

    In Chinese 我 may be the one it is done to; "I" and "we" never are.
    """
    doers = outermost(free(signals["others"], outermost(signals["not_others"])))
    if not len(doers):
        return np.zeros(len(hits), bool)
    never = np.iinfo(np.int32).max
    speakers = np.append(np.sort(free(signals["first"], doers).start), never)
    starts = np.append(doers.start, never)
    first_other = starts[np.searchsorted(doers.start, low, "left")]
    first_self = speakers[np.searchsorted(speakers[:-1], low, "left")]
    last_self = np.append(-1, speakers[:-1])[np.searchsorted(speakers[:-1], hits.start, "right")]
    last_other = np.append(-1, doers.start)[np.searchsorted(doers.start, hits.start, "left")]
    spoken_for = np.where(laid.cjk[hits.start], first_self < first_other, last_self > last_other)
    other: BoolArray = (first_other < hits.start) & ~spoken_for & ~np.isin(hits.start, speakers)
    return other
