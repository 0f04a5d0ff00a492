"""Charts as plain SVG text: no script, no fonts, colours from the page's style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Space around the plot of a chart over time: left, right, top, bottom.
MARGIN: Final = (44, 18, 14, 30)


@dataclass(frozen=True)
class Mark:
    """One event: when, how high (0–1), signed weight (−1 to 1), and what to say about it."""

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
    parts = _grid(frame, numbered=bool(curve.points)) + _time_axis(frame, curve.ticks)
    if curve.points:
        upper = [(frame.x(t), frame.y(high)) for t, _, _, high in curve.points]
        lower = [(frame.x(t), frame.y(low)) for t, _, low, _ in curve.points]
        parts.append(_tag("polygon", class_="band", points=_path([*upper, *reversed(lower)])))
        line = [(frame.x(t), frame.y(p)) for t, p, _, _ in curve.points]
        parts.append(_tag("polyline", class_="line", points=_path(line)))
        parts.append(_tag("circle", class_="end", cx=line[-1][0], cy=line[-1][1], r=3.5))
    parts += [_mark(frame, mark) for mark in curve.marks]
    return _svg(width, height, parts, label)


def _tag(name: str, inside: str = "", **attributes: str | float) -> str:
    """One element; a trailing underscore spares a Python word, others become hyphens."""
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_number(value)}"'
        for key, value in attributes.items()
    )
    return f"<{name}{told}>{inside}</{name}>" if inside else f"<{name}{told}/>"


def _number(value: str | float) -> str:
    return str(escape(value)) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def _grid(frame: Frame, *, numbered: bool) -> list[str]:
    left, right = MARGIN[0], frame.width - MARGIN[1]
    found = []
    levels = range(round(frame.floor * 100), 101, 25 if frame.floor < 0.5 else 10)
    for percent in levels if numbered else (50,):
        y = frame.y(percent / 100)
        found.append(_tag("line", class_="grid", x1=left, x2=right, y1=y, y2=y))
        if numbered:
            label = f"{percent}%"
            found.append(_tag("text", label, class_="tick", x=left - 8, y=y + 4, text_anchor="end"))
    return found


def _time_axis(frame: Frame, ticks: Sequence[tuple[int, str]]) -> list[str]:
    found = []
    foot = frame.height - MARGIN[3]
    for t_us, label in ticks:
        x = frame.x(t_us)
        anchor = "end" if x > frame.width - 60 else "start" if x < MARGIN[0] + 20 else "middle"
        found.append(_tag("line", class_="grid", x1=x, x2=x, y1=foot, y2=foot + 5))
        y = frame.height - 8
        found.append(_tag("text", str(escape(label)), class_="tick", x=x, y=y, text_anchor=anchor))
    return found


def _mark(frame: Frame, mark: Mark) -> str:
    side = "good" if mark.weight > 0 else "bad" if mark.weight < 0 else "still"
    radius = 2.0 if side == "still" else 3.0 + 5.0 * min(1.0, abs(mark.weight)) ** 0.5
    place = {"cx": frame.x(mark.t_us), "cy": frame.y(mark.height), "r": radius}
    return _tag("circle", _tag("title", str(escape(mark.title))), class_=f"mark {side}", **place)


def step_bar(
    runs: Sequence[tuple[float, float]], bounds: tuple[float, float], guide: float
) -> Markup:
    """One row of a waterfall: each run a bar from where the sum stood to where it then stands.

    Args:
        runs: (start, end) of each run; upwards is for trust, downwards against.
        bounds: least and greatest value that the rows share.
        guide: where a line is drawn through all rows.
    """
    low, high = bounds
    scale = 100.0 / ((high - low) or 1.0)
    at = (guide - low) * scale
    parts = [_tag("line", class_="guide", x1=at, x2=at, y1=-20, y2=40)]
    depth = 20.0 / max(1, len(runs))
    for place, (start, end) in enumerate(runs):
        side = "good" if end > start else "bad"
        x, width = (min(start, end) - low) * scale, max(0.6, abs(end - start) * scale)
        y, height = place * depth + 2, depth - 4
        parts.append(_tag("rect", class_=side, x=x, y=y, width=width, height=height))
    return _stretched(parts)


def share_bar(value: float, low: float | None = None, high: float | None = None) -> Markup:
    """A value 0–1 on a line, with its interval where there is one."""
    parts = [_tag("rect", class_="rail", x=0, y=7, width=100, height=6)]
    if low is None or high is None:
        parts.append(_tag("rect", class_="fill", x=0, y=7, width=value * 100, height=6))
    else:
        width = (high - low) * 100
        parts.append(_tag("rect", class_="range", x=low * 100, y=4, width=width, height=12))
        parts.append(_tag("rect", class_="point", x=value * 100 - 0.5, y=0, width=1, height=20))
    return _stretched(parts)


def _stretched(parts: Sequence[str]) -> Markup:
    """A drawing without text that fills whatever width it is given; the words stand beside it."""
    drawn = {"viewBox": "0 0 100 20", "preserveAspectRatio": "none", "aria_hidden": "true"}
    return Markup(_tag("svg", "".join(parts), class_="bar", **drawn))


def _svg(width: int, height: int, parts: Sequence[str], label: str) -> Markup:
    drawn = {"viewBox": f"0 0 {width} {height}", "role": "img", "aria_label": label}
    return Markup(_tag("svg", "".join(parts), class_="chart", **drawn))


def _path(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
