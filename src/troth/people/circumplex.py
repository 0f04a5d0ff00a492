"""Where somebody stands on the interpersonal circle: how dominant, how warm, and how clearly so.

Eight octant scores become one vector. The vector is *ipsatised* by its making: cosines and sines of eight
even steps sum to nothing, so whoever agrees with everything a little more lands on the same spot. What is
reported is the angle and the length; the letter of DISC is a hint taken from them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Octant → its angle in degrees, counter-clockwise from warm; dominant is 90.
ANGLES: Final[dict[str, int]] = {
    "lm": 0, "no": 45, "pa": 90, "bc": 135, "de": 180, "fg": 225, "hi": 270, "jk": 315,
}  # fmt: skip
#: Where the mean of the one published sample lies (dominance, warmth): hardly anybody says of themselves
#: that they cut others to pieces, so without it nearly everyone would count as warm. 274 American students.
CENTRE: Final = (-0.21, 0.89)
#: Standard error of one coordinate, from the published deviations and a reliability of .70 for four items.
ERROR: Final = 0.18
#: Shorter than this there is no clear style: chance alone makes such a length in one case of twenty,
#: ``ERROR * sqrt(-2 * log(0.05))``.
LEAST_LENGTH: Final = 0.45
#: Letters of DISC by quarter of the circle, from warm on.
_QUARTERS: Final = ("I", "D", "C", "S")


@dataclass(frozen=True)
class Position:
    """Where somebody stands, seen from the centre of the published sample.

    Attributes:
        dominance: above 0 leads more than that sample's mean, in points of the answers.
        warmth: above 0 comes closer than that sample's mean, in points of the answers.
        angle: degrees from 0 up to 360, counter-clockwise; 0 warm, 90 dominant, 180 cold, 270 submissive.
        length: distance from the centre, in points of the answers.
        letters: what DISC would say: one letter, two near a border, none without a clear style.
    """

    dominance: float
    warmth: float
    angle: float
    length: float
    letters: tuple[str, ...]

    @property
    def clear(self) -> bool:
        """Whether it is long enough to be more than chance."""
        return self.length >= LEAST_LENGTH


def axes_of(octants: Mapping[str, float]) -> tuple[float, float]:
    """Dominance and warmth of eight octant scores, not yet seen from a centre.

    Args:
        octants: score by octant, all of ``ANGLES``, in points of the answers.

    Returns:
        Dominance and warmth: a quarter of the sums of scores times sine and cosine, so that scores that
        follow a cosine of height h have length h.

    Source: markey2009.

    >>> pure = {name: math.cos(math.radians(at - 90)) for name, at in ANGLES.items()}
    >>> [round(part, 6) + 0.0 for part in axes_of(pure)]
    [1.0, 0.0]
    """
    dominance = sum(octants[name] * math.sin(math.radians(at)) for name, at in ANGLES.items()) / 4
    warmth = sum(octants[name] * math.cos(math.radians(at)) for name, at in ANGLES.items()) / 4
    return dominance, warmth


def position_of(octants: Mapping[str, float | None]) -> Position | None:
    """The position of eight octant scores.

    Args:
        octants: score by octant, None where too little was answered, in points of the answers 1 to 5.

    Returns:
        The position, or None where an octant has no score: a circle with a gap would point away from it.

    Source: markey2009 for axes and centre; thresholds our choice, decision 0026.
    """
    known = {name: score for name, score in octants.items() if score is not None}
    if not ANGLES.keys() <= known.keys():
        return None
    dominance, warmth = axes_of(known)
    return seen_from(dominance, warmth)


def seen_from(dominance: float, warmth: float, centre: tuple[float, float] = CENTRE) -> Position:
    """The position of two coordinates, seen from a centre.

    Args:
        dominance: in points of the answers.
        warmth: in points of the answers.
        centre: dominance and warmth of the people one is compared with.
    """
    up, right = dominance - centre[0], warmth - centre[1]
    angle = math.degrees(math.atan2(up, right)) % 360.0 % 360.0
    length = math.hypot(up, right)
    return Position(up, right, angle, length, _letters(angle, length))


def angle_error(length: float) -> float:
    """How many degrees an angle may be off by one standard error; 90 where the length says nothing.

    >>> [round(angle_error(length)) for length in (0.0, 0.45, 0.9)]
    [90, 24, 12]
    """
    return 90.0 if length <= ERROR else math.degrees(math.asin(ERROR / length))


def _letters(angle: float, length: float) -> tuple[str, ...]:
    if length < LEAST_LENGTH:
        return ()
    quarter = min(3, int(angle // 90))
    past = angle - 90 * quarter
    beside = quarter - 1 if past < 45 else quarter + 1
    near = min(past, 90 - past) <= angle_error(length)
    own = _QUARTERS[quarter]
    return (own, _QUARTERS[beside % 4]) if near else (own,)
