"""Bars and lines from block characters, which every terminal font has."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

#: A sparkline spans at least so much, lest a change of a percent look like a fall.
LEAST_SPAN: Final = 0.2
_HEIGHTS: Final = "▁▂▃▄▅▆▇█"


def heading(text: str) -> Text:
    """A section's title."""
    return Text(text, style="bold")


def signed_bar(value: float, widest: float, width: int) -> str:
    """A bar to the right of the middle for a gain, to the left of it for a loss.

    >>> signed_bar(2, 2, 9), signed_bar(-1, 2, 9)
    ('    │████', '  ██│    ')
    """
    half = (width - 1) // 2
    cells = round(abs(value) / widest * half)
    cells = max(cells, 1) if value else 0
    if value < 0:
        return f"{'█' * cells:>{half}}│{'':{half}}"
    return f"{'':{half}}│{'█' * cells:<{half}}"


def step_blocks(run: tuple[float, float], bounds: tuple[float, float], width: int) -> str:
    """One step of a waterfall, from where the sum stood to where it then stands.

    >>> step_blocks((0, 5), (0, 10), 10), step_blocks((10, 5), (0, 10), 10)
    ('█████     ', '     ░░░░░')
    """
    low, high = bounds
    scale = width / ((high - low) or 1.0)
    first = min(width - 1, round((min(run) - low) * scale))
    last = min(width, max(first + 1, round((max(run) - low) * scale)))
    # Losses are drawn lighter, so that the sign shows without colour.
    cell = "█" if run[1] > run[0] else "░"
    return " " * first + cell * (last - first) + " " * (width - last)


def level(value: float, width: int, interval: tuple[float, float] | None = None) -> str:
    """A value 0–1 on a line, filled up to it, or with its interval and a mark.

    >>> level(0.5, 10), level(0.5, 10, (0.2, 0.8))
    ('█████·····', '··▒▒▒█▒▒··')
    """
    if interval is None:
        filled = round(value * width)
        return "█" * filled + "·" * (width - filled)
    low, high = (round(end * width) for end in interval)
    cells = ["▒" if low <= i < high else "·" for i in range(width)]
    cells[min(width - 1, int(value * width))] = "█"
    return "".join(cells)


def sparkline(points: Sequence[tuple[int, float]], width: int) -> tuple[str, float, float]:
    """A belief over time, one cell an equal stretch of it.

    Args:
        points: (t_us, value 0–1) in order of time.
        width: cells.

    Returns:
        The cells, and the values of the lowest and of the highest block.
    """
    times = [t_us for t_us, _ in points]
    first, last = times[0], times[-1]
    ends = [first + (last - first) * (i + 1) // width for i in range(width)]
    shown = [points[max(0, bisect_right(times, end) - 1)][1] for end in ends]
    least, most = min(shown), max(shown)
    if most - least < LEAST_SPAN:
        middle = min(1 - LEAST_SPAN / 2, max(LEAST_SPAN / 2, (least + most) / 2))
        least, most = middle - LEAST_SPAN / 2, middle + LEAST_SPAN / 2
    scale = len(_HEIGHTS) - 1
    cells = (_HEIGHTS[round((value - least) / (most - least) * scale)] for value in shown)
    return "".join(cells), least, most
