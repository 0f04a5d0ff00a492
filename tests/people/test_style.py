"""Pace and focus: only where the circle is clear, and only in words that may be known."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.people.circumplex import ERROR, seen_from
from troth.people.known import WISHES
from troth.people.style import LEAST_SIDE, style_of


@pytest.mark.parametrize(
    ("angle", "style"),
    [
        (0, {"focus": "person"}),
        (45, {"pace": "quick", "focus": "person"}),
        (90, {"pace": "quick"}),
        (135, {"pace": "quick", "focus": "task"}),
        (180, {"focus": "task"}),
        (225, {"pace": "steady", "focus": "task"}),
        (270, {"pace": "steady"}),
        (315, {"pace": "steady", "focus": "person"}),
    ],
)
def test_each_direction_says_its_own(angle, style):
    """On an axis only that axis speaks."""
    at = math.radians(angle)
    assert style_of(seen_from(math.sin(at), math.cos(at), (0.0, 0.0))) == style


@given(st.floats(-2, 2), st.floats(-2, 2))
def test_nothing_is_said_that_is_not_clear(dominance, warmth):
    """Each side by itself beyond twice its standard error, in the words of known."""
    position = seen_from(dominance, warmth, (0.0, 0.0))
    for what, value in style_of(position).items():
        assert value in WISHES[what]
        side = {"pace": dominance, "focus": warmth}[what]
        assert position.clear
        assert abs(side) >= LEAST_SIDE >= 2 * ERROR


def test_without_a_position_nothing_is_said():
    """Too little was answered."""
    assert style_of(None) == {}
