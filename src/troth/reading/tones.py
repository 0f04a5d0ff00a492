"""Finds how pleasant, polite and empathic the wording of messages is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.tones import empathy, politeness, valence
from troth.content.word_lists import word_lists
from troth.reading.lexicon import Hits, Lexicon, Term
from troth.reading.scope import outermost, surroundings

if TYPE_CHECKING:
    from troth.reading.acts import Seen
    from troth.reading.layout import Layout
    from troth.reading.scope import Around
    from troth.types import AnyArray, FloatArray

#: What terms are about. Those of the first line are judged by what surrounds them.
VALENCE, POLITE, REACTION, INTERPRETATION, EXPLORATION = range(5)
INTENSIFIER, TURN, DESPITE, QUIBBLE, IRONY = range(5, 10)
AXES: Final = {
    "emotional_reaction": REACTION,
    "interpretation": INTERPRETATION,
    "exploration": EXPLORATION,
}
_LISTS: Final = {"turn": TURN, "despite": DESPITE, "quibble": QUIBBLE, "irony": IRONY}


@dataclass(frozen=True)
class Tones:
    """What wording a batch of messages holds.

    Attributes:
        hits: n places by kind and start, none inside another of its kind.
        kind: (n,) what each is about.
        worth: (n,) its valence, weight, level or factor; 0 where it has none.
        around: what surrounds each of those that are judged, which come first.
    """

    hits: Hits
    kind: AnyArray
    worth: FloatArray
    around: Around

    def places(self, kind: int) -> slice:
        """Where the hits of one kind are."""
        low, high = np.searchsorted(self.kind, (kind, kind + 1)).tolist()
        return slice(low, high)


class ToneFinder:
    """Finds valence words, intensifiers, and markers of politeness, empathy and irony."""

    def __init__(self) -> None:
        entries = _entries()
        self._lexicon = Lexicon(
            Term(code, say, lang) for code, (_, lang, say, _) in enumerate(entries)
        )
        self._kind = np.array([kind for kind, *_ in entries], np.int32)
        self._worth = np.array([worth for *_, worth in entries])

    def find(self, laid: Layout, seen: Seen) -> Tones:
        """The wording of messages.

        Args:
            laid: the messages.
            seen: what the cue reader saw in them.

        Returns:
            What was found.
        """
        found = self._lexicon.find(laid.text, laid.word, laid.clause)
        # apart by more than the text is long, hits of different kinds never lie in each other
        apart = self._kind[found.code].astype(np.int64) * (len(laid.text) + 1)
        moved = outermost(Hits(found.start + apart, found.end + apart, found.code))
        kind = self._kind[moved.code]
        apart = kind.astype(np.int64) * (len(laid.text) + 1)
        hits = Hits(moved.start - apart, moved.end - apart, moved.code)
        # an intensifier such as 不太 still denies what follows, so it is not judged with the others
        judged = hits.take(slice(int(np.searchsorted(kind, INTENSIFIER))))
        around = surroundings(laid, judged, seen.signals)
        return Tones(hits, kind, self._worth[hits.code], around)


def _entries() -> list[tuple[int, str, str, float]]:
    """Kind, language, wording and worth of every term."""
    words = valence()
    entries = [
        (VALENCE, "en" if part == "en" else "zh", word, worth)
        for part in ("zh", "en", "emoji")
        for word, worth in words[part].items()
    ]
    entries += [(POLITE, m.lang, m.say, m.worth) for m in politeness()]
    for axis, markers in empathy().items():
        entries += [(AXES[axis], m.lang, m.say, m.worth) for m in markers]
    entries += [(INTENSIFIER, "zh", word, worth) for word, worth in words["intensifiers"].items()]
    for name, lists in word_lists("tones").items():
        for lang, said in lists.items():
            entries += [(_LISTS[name], lang, word, 0.0) for word in said]
    return entries


@cache
def tone_finder() -> ToneFinder:
    """The finder of the project's own wordings."""
    return ToneFinder()
