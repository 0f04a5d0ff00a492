"""The style sheet's colours can be read, by day and by night."""

from __future__ import annotations

import re

import pytest

from troth.pages.templating import style

#: Text or mark, and what it stands on; least contrast (WCAG 2.2 AA: text 4.5, graphics 3).
PAIRS = [
    ("ink", "ground", 4.5), ("ink", "sheet", 4.5), ("ink", "rail", 4.5), ("ink", "alert", 4.5),
    ("muted", "ground", 4.5), ("muted", "sheet", 4.5),
    ("good", "sheet", 4.5), ("bad", "sheet", 4.5),
    ("accent", "sheet", 4.5), ("accent", "ground", 4.5),
    ("alert-ink", "alert", 4.5), ("accent", "rail", 3.0), ("good", "rail", 3.0),
]  # fmt: skip


def colours(*, night: bool) -> dict[str, str]:
    """The colours by name."""
    day, dark = re.findall(r":root \{(.*?)\n *\}", style(), re.DOTALL)[:2]
    found = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", day))
    return found | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", dark)) if night else found


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("when", ["day", "night"])
@pytest.mark.parametrize(("over", "under", "least"), PAIRS)
def test_colours_keep_their_contrast(over: str, under: str, least: float, when: str) -> None:
    """As WCAG AA asks."""
    named = colours(night=when == "night")
    light, dark = sorted((luminance(named[over]), luminance(named[under])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= least
