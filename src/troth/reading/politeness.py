"""How polite messages are, 0–4, from markers of politeness and rudeness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.acts import acts
from troth.reading.acts import NAMES
from troth.reading.tones import POLITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.reading.acts import Found
    from troth.reading.layout import Layout
    from troth.reading.tones import Tones
    from troth.types import AnyArray, FloatArray

#: Acts that are rude however they are worded, by their valence.
_RUDE: Final = np.array(
    [act.valence if act.harm or act.name == "anger" else 0.0 for act in acts().values()]
)
assert _RUDE.size == len(NAMES)
_MIDDLE: Final = 2.0
#: What markers and the installed head are worth together: ridge on the head's own unseen folds.
_OF_MARKERS, _OF_HEAD = 0.33, 0.84


@dataclass(frozen=True)
class Politeness:
    """How polite m messages are.

    Attributes:
        score: (m,) 0–4; 2 where nothing was found.
        found: (m,) how many markers say so.
    """

    score: FloatArray
    found: AnyArray


def politeness_of(laid: Layout, found: Found, tones: Tones) -> Politeness:
    """Weigh markers; more of them say ever less.

    Args:
        laid: m messages.
        found: their acts.
        tones: their wording.

    Returns:
        How polite each message is.
    """
    markers = tones.places(POLITE)
    starts, code = tones.hits.start[markers], tones.hits.code[markers]
    message = np.searchsorted(laid.starts, starts, "right") - 1
    # 您 ten times is no politer than once
    _, first = np.unique(np.stack([message, code]), axis=1, return_index=True)
    kept = np.zeros(starts.size, bool)
    kept[first] = True
    kept &= ~tones.around.quoted[markers]
    weight = np.where(kept, tones.worth[markers], 0.0)
    m = laid.starts.size - 1
    total = np.bincount(message, weight, m)
    total = total + np.bincount(found.message, _RUDE[found.act] * found.strength, m)
    count = np.bincount(message[kept], minlength=m)
    count = count + np.bincount(found.message[_RUDE[found.act] < 0], minlength=m)
    return Politeness(_MIDDLE + _MIDDLE * np.tanh(total / _MIDDLE), count)


def refined(polite: Politeness, texts: Sequence[str], languages: Sequence[str]) -> Politeness:
    """Weigh in what the installed head says of English messages that have a marker.

    On politeness_holistic English val, which neither has seen, markers alone correlate .42 with
    people's ratings and both together .54 (docs/reference/data.md). There is no such head for
    Chinese, and where no marker is found the head alone is too unsure (.19).

    Args:
        polite: what the markers of m messages say.
        texts: the m messages.
        languages: their languages.

    Returns:
        The same, with other scores where the head was asked.
    """
    asked = np.flatnonzero((np.array(languages) == "en") & (polite.found > 0))
    if not asked.size:
        return polite
    from troth.reading.heads.installed import read

    said = read("politeness_en", [texts[at] for at in asked.tolist()])[:, 0]
    score = polite.score.copy()
    moved = _OF_MARKERS * (score[asked] - _MIDDLE) + _OF_HEAD * (said - _MIDDLE)
    score[asked] = np.clip(_MIDDLE + moved, 0, 2 * _MIDDLE)
    return Politeness(score, polite.found)
