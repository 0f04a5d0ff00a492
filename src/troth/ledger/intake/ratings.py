"""Ratings as sheets write them: 4, 4.5, 4分, 4 stars, 4/5, ★★★★☆."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NUMBER: Final = re.compile(
    r"(?P<value>[+-]?\d{1,6}(?:\.\d{1,9})?)\s*(?:分|星|颗星|stars?|points?|/\s*(?P<best>\d{1,6}))?",
    re.ASCII | re.IGNORECASE,
)
_STARS: Final = re.compile(r"(★+)☆*|(⭐+)")


def outcome_of(cell: str, scale: tuple[float, float]) -> float | None:
    """The outcome that a rating comes to.

    Args:
        cell: the rating.
        scale: the worst and the best there is; the worst may be the larger number.

    Returns:
        0 for the worst … 1 for the best; None where it is no rating of this scale.

    >>> outcome_of("4分", (1, 5)), outcome_of("★★☆☆☆", (1, 5)), outcome_of("8/10", (1, 5))
    (0.75, 0.25, None)
    """
    if len(cell) > 40:
        return None
    worst, best = scale
    stars = _STARS.fullmatch(cell.strip().replace("\ufe0f", ""))
    number = _NUMBER.fullmatch(unicodedata.normalize("NFKC", cell).strip())
    if stars:
        value = float(len(stars[1] or stars[2]))
    elif number and number["best"] in (None, f"{max(scale):g}"):
        value = float(number["value"])
    else:
        return None
    share = (value - worst) / (best - worst)
    return share if 0 <= share <= 1 else None
