"""Charts as plain SVG text: no script, no fonts of their own, colours from the page's style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

#: Space around the plot of a chart over time: left, right, top, bottom.
MARGIN: Final = (44, 18, 14, 30)


@dataclass(frozen=True)
class Mark:
    """One event on a chart: when, where (0–1), signed weight (−1 to 1), and what to say about it."""

    t_us: int
    height: float
    weight: float
    title: str


@dataclass(frozen=True)
class Curve:
    """What a chart over time shows.

    Attributes:
        points: (t_us, value, low, high), in order of time; may be empty.
        marks: the events.
        ticks: (t_us, label) of the time axis.
        span: first and last time shown, microseconds UTC.
        floor: value at the foot of the chart, 0–1.
    """

    points: Sequence[tuple[int, float, float, float]]
    marks: Sequence[Mark]
    ticks: Sequence[tuple[int, str]]
    span: tuple[int, int]
    floor: float = 0.0


@dataclass(frozen=True)
class Frame:
    """Maps time and value to places in a drawing of ``width`` × ``height``."""

    width: int
    height: int
    span: tuple[int, int]
    floor: float = 0.0

    def x(self, t_us: float) -> float:
        """Place of a time."""
        first, last = self.span
        share = (t_us - first) / max(1, last - first)
        left, right = MARGIN[0], self.width - MARGIN[1]
        return left + min(1.0, max(0.0, share)) * (right - left)

    def y(self, value: float) -> float:
        """Place of a value from ``floor`` to 1; whatever lies below stands at the foot."""
        top, bottom = MARGIN[2], self.height - MARGIN[3]
        return bottom - max(0.0, value - self.floor) / (1.0 - self.floor) * (bottom - top)


def trust_chart(curve: Curve, width: int, height: int, label: str) -> Markup:
    """Belief over time with its band, and a mark for each event.

    Args:
        curve: what to show; without points the marks alone, on a line of their own.
        width: of the drawing.
        height: of the drawing.
        label: what a screen reader says.
    """
    frame = Frame(width, height, curve.span, curve.floor)
    parts = _grid(frame, bool(curve.points)) + _time_axis(frame, curve.ticks)
    if curve.points:
        upper = [(frame.x(t), frame.y(high)) for t, _, _, high in curve.points]
        lower = [(frame.x(t), frame.y(low)) for t, _, low, _ in curve.points]
        parts.append(f'<polygon class="band" points="{_path([*upper, *reversed(lower)])}"/>')
        line = [(frame.x(t), frame.y(p)) for t, p, _, _ in curve.points]
        parts.append(f'<polyline class="line" points="{_path(line)}"/>')
        end = line[-1]
        parts.append(f'<circle class="end" cx="{end[0]:.1f}" cy="{end[1]:.1f}" r="3.5"/>')
    parts += [_mark(frame, mark) for mark in curve.marks]
    return _svg(width, height, parts, label)


def _grid(frame: Frame, numbered: bool) -> list[str]:
    left, right = MARGIN[0], frame.width - MARGIN[1]
    found = []
    levels = range(round(frame.floor * 100), 101, 25 if frame.floor < 0.5 else 10)
    for percent in levels if numbered else (50,):
        y = frame.y(percent / 100)
        found.append(f'<line class="grid" x1="{left}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}"/>')
        if numbered:
            found.append(f'<text class="tick" x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{percent}%</text>')
    return found


def _time_axis(frame: Frame, ticks: Sequence[tuple[int, str]]) -> list[str]:
    found = []
    bottom = frame.height - MARGIN[3]
    for t_us, label in ticks:
        x = frame.x(t_us)
        anchor = "end" if x > frame.width - 60 else "start" if x < MARGIN[0] + 20 else "middle"
        found.append(
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{bottom}" y2="{bottom + 5}"/>'
            f'<text class="tick" x="{x:.1f}" y="{frame.height - 8}" text-anchor="{anchor}">{escape(label)}</text>'
        )
    return found


def _mark(frame: Frame, mark: Mark) -> str:
    side = "good" if mark.weight > 0 else "bad" if mark.weight < 0 else "still"
    radius = 2.0 if side == "still" else 3.0 + 5.0 * min(1.0, abs(mark.weight)) ** 0.5
    return (
        f'<circle class="mark {side}" cx="{frame.x(mark.t_us):.1f}" cy="{frame.y(mark.height):.1f}" '
        f'r="{radius:.1f}"><title>{escape(mark.title)}</title></circle>'
    )


def step_bar(runs: Sequence[tuple[float, float]], bounds: tuple[float, float], guide: float) -> Markup:
    """One row of a waterfall: each run a bar from where the sum stood to where it then stands.

    Args:
        runs: (start, end) of each run; upwards is for trust, downwards against.
        bounds: least and greatest value that the rows share.
        guide: where a line is drawn through all rows.
    """
    low, high = bounds
    scale = 100.0 / ((high - low) or 1.0)
    at = (guide - low) * scale
    parts = [f'<line class="guide" x1="{at:.2f}" x2="{at:.2f}" y1="-20" y2="40"/>']
    depth = 20.0 / max(1, len(runs))
    for place, (start, end) in enumerate(runs):
        side = "good" if end > start else "bad"
        x, width = (min(start, end) - low) * scale, max(0.6, abs(end - start) * scale)
        parts.append(
            f'<rect class="{side}" x="{x:.2f}" width="{width:.2f}" y="{place * depth + 2:.1f}" height="{depth - 4:.1f}"/>'
        )
    return _stretched(parts, 20)


def share_bar(value: float, low: float | None = None, high: float | None = None) -> Markup:
    """A value 0–1 on a line, with its interval where there is one."""
    parts = ['<rect class="rail" x="0" width="100" y="7" height="6"/>']
    if low is None or high is None:
        parts.append(f'<rect class="fill" x="0" width="{value * 100:.2f}" y="7" height="6"/>')
    else:
        parts.append(f'<rect class="range" x="{low * 100:.2f}" width="{(high - low) * 100:.2f}" y="4" height="12"/>')
        parts.append(f'<rect class="point" x="{value * 100 - 0.5:.2f}" width="1" y="0" height="20"/>')
    return _stretched(parts, 20)


def _stretched(parts: Sequence[str], height: int) -> Markup:
    """A drawing without text that fills whatever width it is given; the words stand beside it."""
    inner = "".join(parts)
    return Markup(  # noqa: S704 - numbers and our own class names alone
        f'<svg class="bar" viewBox="0 0 100 {height}" preserveAspectRatio="none" aria-hidden="true">{inner}</svg>'
    )


def _svg(width: int, height: int, parts: Sequence[str], label: str) -> Markup:
    inner = "".join(parts)
    return Markup(  # noqa: S704 - whatever people wrote was escaped above
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}">{inner}</svg>'
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
