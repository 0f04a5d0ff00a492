"""What the writer of a message feels, from what the message does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from troth.content.tones import feelings
from troth.reading.acts import NAMES
from troth.reading.schema import EMOTIONS

if TYPE_CHECKING:
    from troth.reading.acts import Found
    from troth.types import FloatArray

#: A message this pleasant or unpleasant shows joy or disappointment by itself, to this share.
_FELT: Final = 0.6
_SHARE: Final = 0.5


def emotions_of(found: Found, sentiment: FloatArray) -> list[dict[str, float]]:
    """The emotions of messages.

    Args:
        found: the acts of m messages.
        sentiment: (m,) −1..1, how pleasant each is.

    Returns:
        m mappings of 0–1 by emotion, without those not found.
    """
    shares = np.array([[feelings().get(name, {}).get(e, 0.0) for e in EMOTIONS] for name in NAMES])
    felt = np.zeros((sentiment.size, len(EMOTIONS)))
    np.maximum.at(felt, found.message, shares[found.act] * found.strength[:, None])
    for emotion, size in (("joy", sentiment), ("disappointment", -sentiment)):
        place = EMOTIONS.index(emotion)
        own = np.where(size >= _FELT, size * _SHARE, 0.0)
        felt[:, place] = np.maximum(felt[:, place], own)
    said: list[dict[str, float]] = [{} for _ in range(sentiment.size)]
    messages, places = np.nonzero(felt)
    for message, place in zip(messages.tolist(), places.tolist(), strict=True):
        said[message][EMOTIONS[place]] = round(float(felt[message, place]), 3)
    return said
