"""The desk's colours can be read by day and by night, and its style sheets are whole."""

from __future__ import annotations

import re

import pytest

from tests.web.ui.templates import WEB
from troth.pages import charts

STATIC = WEB / "ui" / "static" / "ui"
SHEETS = sorted(STATIC.glob("*.css"))
#: Text or mark, and what it stands on; least contrast (WCAG 2.2 AA: text 4.5, edges and graphics 3).
PAIRS = [
    *[
        ("ink", under, 4.5)
        for under in (
            "ground",
            "sheet",
            "rail",
            "hover",
            "alert",
            "good-soft",
            "bad-soft",
            "accent-soft",
        )
    ],
    *[("muted", under, 4.5) for under in ("ground", "sheet", "hover")],
    *[("good", under, 4.5) for under in ("sheet", "ground", "good-soft")],
    *[("bad", under, 4.5) for under in ("sheet", "ground", "bad-soft")],
    *[("accent", under, 4.5) for under in ("sheet", "ground", "hover", "accent-soft")],
    ("on-accent", "accent", 4.5),
    ("alert-ink", "alert", 4.5),
    *[("edge", under, 3.0) for under in ("sheet", "ground")],
    ("accent", "rail", 3.0),
    ("good", "rail", 3.0),
    ("bad", "rail", 3.0),
]


def text(name: str) -> str:
    """A style sheet."""
    return (STATIC / name).read_text(encoding="utf-8")


def colours(*, night: bool) -> dict[str, str]:
    """The colours by name."""
    day, dark = re.findall(r":root \{(.*?)\n *\}", text("desk.css"), re.DOTALL)[:2]
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


def test_every_colour_named_is_defined() -> None:
    """A variable that nobody sets draws nothing, silently."""
    known = set(re.findall(r"--([a-z-]+):", text("desk.css")))
    used = {name for sheet in SHEETS for name in re.findall(r"var\(--([a-z-]+)", sheet.read_text())}
    assert used <= known
    assert colours(night=True).keys() == colours(night=False).keys()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_are_short_balanced_and_of_our_own(sheet) -> None:
    """At most 400 lines, every brace closed, nothing fetched."""
    source = sheet.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 400
    assert source.count("{") == source.count("}")
    assert "url(" not in source
    assert "@import" not in source


def test_every_class_of_a_drawing_has_a_style() -> None:
    """A bar without a colour would be black in both schemes."""
    curve = charts.Curve(
        [(0, 0.5, 0.4, 0.6), (9, 0.6, 0.5, 0.7)],
        [charts.Mark(1, 0.5, weight, "") for weight in (-1, 0, 1)],
        [(5, "")],
        (0, 9),
    )
    drawn = charts.trust_chart(curve, 300, 200, "") + charts.step_bar([(0, 1), (1, 0)], (0, 1), 0)
    drawn += charts.share_bar(0.5, 0.4, 0.6) + charts.share_bar(0.5)
    styled = set(re.findall(r"\.([a-z][\w-]*)", text("charts.css")))
    classes = {name for names in re.findall(r'class="([^"]+)"', drawn) for name in names.split()}
    assert classes <= styled
