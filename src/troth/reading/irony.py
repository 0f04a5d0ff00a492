"""Thanks and praise that are meant the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.acts import acts
from troth.reading.acts import NAMES
from troth.reading.tones import IRONY, TURN, VALENCE

if TYPE_CHECKING:
    from troth.reading.acts import Found
    from troth.reading.layout import Layout
    from troth.reading.tones import Tones
    from troth.types import AnyArray, BoolArray

_KIND: Final = np.array([name in ("thanks", "praise", "trust") for name in NAMES])
_THANKS: Final = NAMES.index("thanks")
_HARSH: Final = np.array(
    [act.sides == ("customer",) and act.valence <= -0.6 for act in acts().values()]
)
#: Words at most this pleasant are strongly negative.
_STRONG: Final = -0.7
_MARKED, _STRAIGHT = 2, 1


def ironic(found: Found, laid: Layout, tones: Tones, customer: BoolArray) -> BoolArray:
    """Which acts are kind words meant the other way round.

    A customer's thanks or praise is ironic where its sentence has an ironic marker, or a complaint,
    anger or strongly negative words with no "but" between. Thanks alone in a closing clause is
    courtesy, whatever came before.

    Args:
        found: n acts.
        laid: the messages.
        tones: their wording.
        customer: (m,) whether each message may be a customer's.

    Returns:
        (n,) True where the act is not to be read.
    """
    start, end = found.start + laid.starts[found.message], found.end + laid.starts[found.message]
    kind = _KIND[found.act] & customer[found.message]
    if not kind.any():
        return kind
    marks = tones.hits.start[tones.places(IRONY)]
    words = tones.places(VALENCE)
    value = np.where(tones.around.negated[words], 0, tones.worth[words])
    harsh = np.concatenate([
        start[_HARSH[found.act] & (found.strength >= 0.6)],
        tones.hits.start[words][value <= _STRONG],
    ])  # fmt: skip
    turned = np.sort(tones.hits.start[tones.places(TURN)])
    sentence, marked = laid.sentence[start], np.isin(laid.sentence[start], laid.sentence[marks])
    bitter = _beside(sentence, start, laid.sentence[harsh], harsh, turned)
    return kind & (marked | (bitter & ~_closing(found, laid, start, end)))


def _beside(
    sentence: AnyArray, start: AnyArray, theirs: AnyArray, harsh: AnyArray, turned: AnyArray
) -> BoolArray:
    """Whether a harsh word stands in the same sentence with no turn between."""
    beside = np.zeros(start.size, bool)
    order = np.argsort(harsh, kind="stable")
    harsh, theirs = harsh[order], theirs[order]
    for step in (0, -1):
        place = np.searchsorted(harsh, start) + step
        inside = (place >= 0) & (place < harsh.size)
        place = np.where(inside, place, 0)
        if not harsh.size:
            continue
        low, high = np.minimum(harsh[place], start), np.maximum(harsh[place], start)
        between = np.searchsorted(turned, high) > np.searchsorted(turned, low)
        beside |= inside & (theirs[place] == sentence) & ~between
    return beside


def _closing(found: Found, laid: Layout, start: AnyArray, end: AnyArray) -> BoolArray:
    """Thanks that fill the last clause of their sentence, but for a word or two."""
    clause = laid.clause[start]
    first = np.searchsorted(laid.clause, clause, "left")
    last = np.searchsorted(laid.clause, clause, "right")
    tokens = laid.token[np.minimum(last, laid.token.size - 1)] - laid.token[first]
    own = laid.token[end] - laid.token[start]
    final = laid.sentence[np.minimum(last, laid.sentence.size - 1)] != laid.sentence[start]
    closing: BoolArray = (found.act == _THANKS) & (tokens - own <= 2) & final
    return closing
