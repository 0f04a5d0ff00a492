"""What the installed reading finds in texts, as columns for learned heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from troth.reading.acts import NAMES, cue_reader
from troth.reading.empathy import empathy_of
from troth.reading.irony import ironic
from troth.reading.language import languages_of
from troth.reading.layout import layout
from troth.reading.politeness import politeness_of
from troth.reading.schema import EMPATHY
from troth.reading.sentiment import sentiments
from troth.reading.tones import DESPITE, INTENSIFIER, QUIBBLE, TURN, VALENCE, tone_finder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.reading.layout import Layout
    from troth.reading.schema import Empathy
    from troth.reading.tones import Tones
    from troth.types import AnyArray, FloatArray

_BATCH: Final = 1_000
_KINDS: Final = {
    "intensifiers": INTENSIFIER, "turns": TURN, "despites": DESPITE, "quibbles": QUIBBLE,
}  # fmt: skip
_PLACES: Final = ("all", "first_sentence", "last_sentence", "last_clause", "after_turn")
_SIDES: Final = ("good", "bad", "good_denied", "bad_denied")
_LANGUAGES: Final = ("zh", "en", "mixed")
#: The columns, in order.
COLUMNS: Final = (
    "sentiment", "sentiment_found", "sentiment_mixed", "politeness", "politeness_found",
    *(f"{place}.{side}" for place in _PLACES for side in _SIDES),
    *(f"{place}.balance" for place in _PLACES),
    *_KINDS,
    *(f"{axis}.{part}" for axis in EMPATHY for part in ("level", "strength", "places")),
    *_LANGUAGES, "exclaimed", "asked", "length",
    *(f"act.{name}" for name in NAMES),
)  # fmt: skip


def cue_features(texts: Sequence[str]) -> FloatArray:
    """Read texts without anything learned.

    Args:
        texts: n texts, any; each is read as if either side might have said it.

    Returns:
        (n, len(COLUMNS)): scores as they are, counts and sums damped by ln(1 + x), for each act its
        strongest wording.
    """
    parts = [_part(texts[low : low + _BATCH]) for low in range(0, len(texts), _BATCH)]
    return np.concatenate(parts) if parts else np.zeros((0, len(COLUMNS)))


def _part(texts: Sequence[str]) -> FloatArray:
    laid, m = layout(texts), len(texts)
    reader = cue_reader()
    seen = reader.look(laid)
    found = reader.find_laid(laid, [None] * m, seen)
    tones = tone_finder().find(laid, seen)
    turned = ironic(found, laid, tones, np.ones(m, bool))
    felt = sentiments(laid, found, turned, tones)
    meant = found.take(~turned)
    polite = politeness_of(laid, meant, tones)
    shown = np.zeros((m, len(NAMES)))
    np.maximum.at(shown, (meant.message, meant.act), meant.strength)
    empathy = [
        [value for axis in EMPATHY for value in _axis(one[axis])]
        for one in empathy_of(laid, tones, np.ones(m, bool))
    ]
    languages = np.array(languages_of(laid))
    length = np.diff(laid.starts) - 1
    marks = [
        [text.count("!") + text.count("!"), text.count("?") + text.count("?")] for text in texts
    ]
    return np.column_stack([
        felt.score, np.log1p(felt.found), felt.mixed, polite.score, np.log1p(polite.found),
        _valence(laid, tones), _counted(laid, tones), empathy,
        *(languages == language for language in _LANGUAGES),
        np.log1p(marks), np.log1p(length), shown,
    ]).astype(float)  # fmt: skip


def _axis(shown: Empathy) -> tuple[float, float, float]:
    return float(shown["level"]), shown["strength"], float(np.log1p(len(shown["spans"])))


def _of(laid: Layout, places: AnyArray) -> AnyArray:
    """The message each place lies in."""
    return np.searchsorted(laid.starts, places, "right") - 1


def _counted(laid: Layout, tones: Tones) -> FloatArray:
    """(m, kinds) damped counts of words that turn or raise what is said."""
    m = laid.starts.size - 1
    places = (tones.hits.start[tones.places(kind)] for kind in _KINDS.values())
    return np.column_stack([np.log1p(np.bincount(_of(laid, at), minlength=m)) for at in places])


def _valence(laid: Layout, tones: Tones) -> FloatArray:
    """(m, 25) damped sums of good and bad words by where they stand and whether they are denied."""
    m = laid.starts.size - 1
    words = tones.places(VALENCE)
    at, worth = tones.hits.start[words], tones.worth[words]
    message, denied = _of(laid, at), tones.around.negated[words]
    sides = (worth > 0) & ~denied, (worth < 0) & ~denied, (worth > 0) & denied, (worth < 0) & denied
    sums, balances = [], []
    for inside in _where(laid, tones, at, message):
        each = [np.bincount(message, np.abs(worth) * (side & inside), m) for side in sides]
        total = each[0] - each[1] - 0.6 * each[2] + 0.6 * each[3]
        sums += [np.log1p(one) for one in each]
        balances.append(total / np.sqrt(1 + total**2))
    return np.column_stack([*sums, *balances])


def _where(laid: Layout, tones: Tones, at: AnyArray, message: AnyArray) -> list[AnyArray]:
    """For each of ``_PLACES``, which places lie there."""
    said = np.flatnonzero(laid.word[:-1] | laid.cjk[:-1])
    start, end = laid.starts[message], laid.starts[message + 1] - 1
    # a text of signs alone is its own first and last clause
    first, last = start.copy(), np.maximum(end - 1, start)
    if said.size:
        after = said[np.minimum(np.searchsorted(said, start), said.size - 1)]
        before = said[np.maximum(np.searchsorted(said, end) - 1, 0)]
        first = np.where((start <= after) & (after < end), after, first)
        last = np.where((start <= before) & (before < end), before, last)
    turns = np.sort(tones.hits.start[tones.places(TURN)])
    turn = np.searchsorted(turns, at) - 1
    turned = turn >= 0
    if turns.size:
        turned &= turns[np.maximum(turn, 0)] >= start
    return [
        np.ones(at.size, bool),
        laid.sentence[at] == laid.sentence[first],
        laid.sentence[at] == laid.sentence[last],
        laid.clause[at] == laid.clause[last],
        turned,
    ]
