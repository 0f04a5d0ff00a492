"""Trust over time, for the script that draws it; the same curve is in the page as SVG."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.pages.charts import Curve

_SECOND = 1_000_000


def curve_data(curve: Curve, addresses: Sequence[str] = ()) -> dict[str, Any]:
    """A curve as ``trust-chart.js`` reads it.

    Args:
        curve: what to show.
        addresses: where each mark leads, such as ``#e-12``; empty for nowhere.

    Returns:
        ``points`` of (seconds, belief, low, high), ``marks`` and ``floor``.
    """
    leads = list(addresses) or [""] * len(curve.marks)
    return {
        "floor": curve.floor,
        "points": [
            [t / _SECOND, round(p, 4), round(low, 4), round(high, 4)]
            for t, p, low, high in curve.points
        ],
        "marks": [
            {
                "t": mark.t_us / _SECOND,
                "height": round(mark.height, 4),
                "weight": round(mark.weight, 4),
                "title": mark.title,
                "href": address,
            }
            for mark, address in zip(curve.marks, leads, strict=True)
        ],
    }


def curve_json(curve: Curve, addresses: Sequence[str] = ()) -> str:
    """The same as one line of JSON, to stand in an attribute."""
    return json.dumps(curve_data(curve, addresses), ensure_ascii=False, separators=(",", ":"))
