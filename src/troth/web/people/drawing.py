"""The circumplex as SVG: dominance upward, warmth to the right; colours come from the style sheet."""

from __future__ import annotations

from math import cos, hypot, pi, sin
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Octants counter-clockwise from warmth (0°), each 45° further.
OCTANTS: Final = ("LM", "NO", "PA", "BC", "DE", "FG", "HI", "JK")
_SIZE, _MIDDLE, _RIM = 360, 180, 118


def _at(angle: float, length: float) -> tuple[float, float]:
    """The place of a direction (radians from warmth, counter-clockwise) and a length in pixels."""
    return _MIDDLE + length * cos(angle), _MIDDLE - length * sin(angle)


def circumplex(
    dominance: float, warmth: float, reach: float, names: Sequence[str], label: str
) -> Markup:
    """Draw somebody's place on the circumplex.

    Args:
        dominance: upward.
        warmth: to the right.
        reach: what lies on the rim, in the same unit; a point beyond it is drawn there.
        names: of the octants, in the order of ``OCTANTS``.
        label: what a screen reader says.
    """
    parts = [
        Markup('<svg class="circumplex" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">').format(
            _SIZE, label
        )
    ]
    parts += [
        Markup('<circle class="{}" cx="{}" cy="{}" r="{:g}"/>').format(kind, _MIDDLE, _MIDDLE, r)
        for kind, r in (("rim", _RIM), ("ring", _RIM * 2 / 3), ("ring", _RIM / 3))
    ]
    for step in range(8):
        x, y = _at(step * pi / 4, _RIM)
        kind = "axis" if step % 2 == 0 else "spoke"
        parts.append(
            Markup('<line class="{}" x1="{}" y1="{}" x2="{:.1f}" y2="{:.1f}"/>').format(
                kind, _MIDDLE, _MIDDLE, x, y
            )
        )
    parts += [_name(step, name) for step, name in enumerate(names)]
    length = hypot(dominance, warmth)
    share = min(1.0, reach / length) if length else 1.0
    x = _MIDDLE + _RIM * warmth * share / reach
    y = _MIDDLE - _RIM * dominance * share / reach
    parts.append(
        Markup('<line class="arm" x1="{}" y1="{}" x2="{:.1f}" y2="{:.1f}"/>').format(
            _MIDDLE, _MIDDLE, x, y
        )
    )
    parts.append(Markup('<circle class="point" cx="{:.1f}" cy="{:.1f}" r="8"/></svg>').format(x, y))
    return Markup("").join(parts)


def _name(step: int, name: str) -> Markup:
    """An octant's name outside the rim, its edge turned to the circle."""
    x, y = _at(step * pi / 4, _RIM + 12)
    anchor = "middle" if step in (2, 6) else "start" if step in (0, 1, 7) else "end"
    drop = {2: -2, 6: 12}.get(step, 5)
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        x, y + drop, anchor, escape(name)
    )
