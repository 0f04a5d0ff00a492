"""Two styles on one circumplex as SVG: dominance upward, warmth to the right; the sheet has colours."""

from __future__ import annotations

from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

from troth.web.people.shown import REACH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.web.team.styles import Shared

_WIDE, _HIGH, _MIDDLE, _RIM = 360, 300, (180, 148), 112
#: Where the names of the four sides stand: right, top, left, bottom.
_SIDES: Final = ((300, 153, "start"), (180, 26, "middle"), (60, 153, "end"), (180, 282, "middle"))


def two_styles(styles: Sequence[Shared], sides: Sequence[str], label: str) -> Markup:
    """Draw one or two points on one circle.

    Args:
        styles: of the two, in order.
        sides: names of warm, firm, reserved and yielding, as the circle goes from the right.
        label: what a screen reader says.
    """
    x, y = _MIDDLE
    parts = [
        Markup('<svg class="two-styles" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            _WIDE, _HIGH, label
        )
    ]
    parts += [
        Markup('<circle class="{}" cx="{}" cy="{}" r="{:g}"/>').format(kind, x, y, r)
        for kind, r in (("rim", _RIM), ("ring", _RIM / 2))
    ]
    for step in range(4):
        far = (x + _RIM * cos(step * pi / 2), y - _RIM * sin(step * pi / 2))
        parts.append(
            Markup('<line class="axis" x1="{}" y1="{}" x2="{:.1f}" y2="{:.1f}"/>').format(
                x, y, *far
            )
        )
    for (left, top, anchor), name in zip(_SIDES, sides, strict=True):
        parts.append(
            Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(
                left, top, anchor, escape(name)
            )
        )
    for shape, style in zip(("first", "second"), styles, strict=False):
        parts.append(_point(shape, *_place(style)))
    return Markup("").join([*parts, Markup("</svg>")])


def _place(style: Shared) -> tuple[float, float]:
    length = hypot(style.dominance, style.warmth)
    share = min(1.0, REACH / length) if length else 1.0
    x, y = _MIDDLE
    return x + _RIM * style.warmth * share / REACH, y - _RIM * style.dominance * share / REACH


def _point(shape: str, x: float, y: float) -> Markup:
    """A disc for the first, a square for the second: not by colour alone."""
    if shape == "first":
        return Markup('<circle class="first" cx="{:.1f}" cy="{:.1f}" r="8"/>').format(x, y)
    return Markup('<rect class="second" x="{:.1f}" y="{:.1f}" width="15" height="15"/>').format(
        x - 7.5, y - 7.5
    )
