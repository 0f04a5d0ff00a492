"""How pleasant messages are, from what they do and how they are worded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.acts import acts
from troth.reading.tones import DESPITE, INTENSIFIER, QUIBBLE, TURN, VALENCE

if TYPE_CHECKING:
    from troth.reading.acts import Found
    from troth.reading.layout import Layout
    from troth.reading.tones import Tones
    from troth.types import AnyArray, BoolArray, FloatArray

_VALENCE: Final = np.array([act.valence for act in acts().values()])
_HARM: Final = np.array([act.harm for act in acts().values()])
#: What "not" makes of a word: "not good" is less bad than "bad".
DENIED: Final = -0.6
#: Weak words are worth less than in proportion: people use them in passing.
STEEP: Final = 1.5
#: What is asked or supposed is not said.
SUPPOSED: Final = 0.4
#: After "but" comes what is meant; after "although" what is conceded.
AFTER_TURN, BEFORE_TURN, CONCEDED = 1.3, 0.7, 0.5
#: Mass at which a message is as pleasant as .7.
_HALF: Final = 1.0
#: Where the lesser side has this share of all, the message says both.
_BOTH: Final = 0.42


@dataclass(frozen=True)
class Sentiments:
    """How pleasant m messages are.

    Attributes:
        score: (m,) −1..1; 0 where nothing was found.
        found: (m,) how many words and acts say so.
        mixed: (m,) whether pleasant and unpleasant things hold each other.
    """

    score: FloatArray
    found: AnyArray
    mixed: BoolArray


def sentiments(laid: Layout, found: Found, ironic: BoolArray, tones: Tones) -> Sentiments:
    """Weigh acts and words.

    Args:
        laid: m messages.
        found: their acts.
        ironic: which of those are meant the other way round.
        tones: their wording.

    Returns:
        How pleasant each message is.
    """
    at = found.start + laid.starts[found.message]
    act = np.where(ironic, DENIED, 1.0) * _VALENCE[found.act] * found.strength
    words = tones.places(VALENCE)
    place, said = tones.hits.start[words], _worded(laid, tones)
    said[_covered(place, at[_spoken(found)], (at + found.end - found.start)[_spoken(found)])] = 0
    said[_bitter(laid, place, at[ironic]) & (said > 0)] *= DENIED
    places = np.concatenate([at, place])
    values = np.concatenate([act, said]) * _turned(laid, places, tones)
    message = np.searchsorted(laid.starts, places, "right") - 1
    m = laid.starts.size - 1
    up = np.bincount(message, np.maximum(values, 0), m)
    down = np.bincount(message, np.maximum(-values, 0), m)
    count = np.bincount(message[values != 0], minlength=m)
    total = up - down
    lesser = np.minimum(up, down) > _BOTH * (up + down)
    return Sentiments(total / np.sqrt(total**2 + _HALF), count, lesser & (count > 0))


def _spoken(found: Found) -> BoolArray:
    """Acts that say how pleasant their own words are."""
    spoken: BoolArray = np.abs(_VALENCE[found.act]) >= 0.3
    return spoken


def _covered(place: AnyArray, start: AnyArray, end: AnyArray) -> BoolArray:
    """Which places lie inside one of the spans."""
    order = np.argsort(start, kind="stable")
    reach = np.maximum.accumulate(end[order]) if start.size else end
    before = np.searchsorted(start[order], place, "right") - 1
    inside: BoolArray = before >= 0
    if start.size:
        inside &= reach[np.maximum(before, 0)] > place
    return inside


def _bitter(laid: Layout, place: AnyArray, ironic: AnyArray) -> BoolArray:
    """Which places lie in a sentence with irony."""
    bitter: BoolArray = np.isin(laid.sentence[place], laid.sentence[ironic])
    return bitter


def _worded(laid: Layout, tones: Tones) -> FloatArray:
    """What valence words are worth where they stand."""
    words, boosts = tones.places(VALENCE), tones.places(INTENSIFIER)
    start, worth = tones.hits.start[words], tones.worth[words]
    value = np.sign(worth) * np.abs(worth) ** STEEP
    ends, factor = tones.hits.end[boosts], tones.worth[boosts]
    if ends.size:
        order = np.argsort(ends, kind="stable")
        ends, factor = ends[order], factor[order]
        before = np.maximum(np.searchsorted(ends, start, "right") - 1, 0)
        near = (ends[before] <= start) & (laid.clause[ends[before] - 1] == laid.clause[start])
        near &= laid.token[start] - laid.token[ends[before]] <= 1
        value = np.where(near, value * factor[before], value)
    around = tones.around
    value = np.where(around.negated[words], DENIED * value, value)
    supposed = around.asked[words] | around.conditional[words]
    return np.where(supposed, SUPPOSED * value, value)


def _turned(laid: Layout, places: AnyArray, tones: Tones) -> FloatArray:
    """How much each place counts for standing before or after a "but" and the like."""
    sentence, clause = laid.sentence[places], laid.clause[places]
    factor = np.ones(places.size)
    turns = np.sort(tones.hits.start[tones.places(TURN)])
    if turns.size:
        last = np.searchsorted(turns, np.searchsorted(laid.sentence, sentence, "right")) - 1
        turn = turns[np.maximum(last, 0)]
        has = (last >= 0) & (laid.sentence[turn] == sentence)
        factor = np.where(has, np.where(places > turn, AFTER_TURN, BEFORE_TURN), factor)
    for kind in (DESPITE, QUIBBLE):
        there = np.isin(clause, laid.clause[tones.hits.start[tones.places(kind)]])
        factor = np.where(there, CONCEDED, factor)
    return factor
