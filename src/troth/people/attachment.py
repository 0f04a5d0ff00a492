"""Whether somebody would rather hear more or be left more room, from their own answers alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: From "somewhat agree" on, on the mean of the three items: a whole step over the middle, more than the
#: standard error of so short a scale (.76 on the nearest items at hand, benchmarks/truth/questionnaires.md).
ANXIOUS: Final = 5.0
#: Above this. Who confides nothing to somebody who serves them, which is quite usual, reaches 6.0 by the
#: four reversed items and a neutral answer to the two others; only agreeing with those two goes further.
AVOIDANT: Final = 6.0


def attachment_of(scores: Mapping[str, float | None]) -> str:
    """The attachment that clearly shows, in the words of ``troth.people.known.WISHES``.

    Args:
        scores: ``avoidance`` and ``anxiety`` from 1 to 7, None where too little was answered.

    Returns:
        ``anxious``, ``avoidant``, or "" where neither is clear, or both are: what would help the one
        would press the other.

    Source: fraley2011 for the scales; thresholds our choice, decision 0026.

    >>> attachment_of({"avoidance": 2.0, "anxiety": 5.3}), attachment_of({"avoidance": 5.5, "anxiety": 2.0})
    ('anxious', '')
    """
    anxiety, avoidance = scores.get("anxiety"), scores.get("avoidance")
    anxious = anxiety is not None and anxiety >= ANXIOUS
    avoidant = avoidance is not None and avoidance > AVOIDANT
    if anxious == avoidant:
        return ""
    return "anxious" if anxious else "avoidant"
