"""The circle: turned it turns, agreed to as a whole it stays, and it names only a clear style."""

from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.oracles.questionnaires import SHEETS
from troth.people.circumplex import (
    ANGLES,
    CENTRE,
    ERROR,
    LEAST_LENGTH,
    angle_error,
    axes_of,
    position_of,
    seen_from,
)

NAMES = list(ANGLES)
octants = st.lists(st.floats(1, 5), min_size=8, max_size=8).map(
    lambda v: dict(zip(NAMES, v, strict=True))
)


def polar(dominance: float, warmth: float) -> tuple[float, float]:
    """Angle in degrees and length."""
    return math.degrees(math.atan2(dominance, warmth)) % 360, math.hypot(dominance, warmth)


def test_the_position_is_that_worked_by_hand():
    """From the sheet of answers."""
    worked = SHEETS["ipip_ipc"]
    found = position_of(worked["scores"])
    expected = worked["position"]
    assert list(found.letters) == expected["letters"]
    for name in ("dominance", "warmth", "length"):
        assert getattr(found, name) == pytest.approx(expected[name], abs=1e-4)
    assert found.angle == pytest.approx(expected["angle"], abs=0.01)


@given(octants)
def test_turning_the_octants_turns_the_angle(scores):
    """By 45 degrees a step, the length staying."""
    turned = {NAMES[(i + 1) % 8]: scores[name] for i, name in enumerate(NAMES)}
    (angle, length), (after, still) = polar(*axes_of(scores)), polar(*axes_of(turned))
    assume(length > 1e-6)
    assert still == pytest.approx(length)
    assert math.cos(math.radians(after - angle - 45)) == pytest.approx(1)


@given(octants, st.floats(-2, 2))
def test_agreeing_with_everything_moves_nothing(scores, more):
    """Ipsatised: the same added to every octant leaves the position where it was."""
    shifted = {name: score + more for name, score in scores.items()}
    assert axes_of(shifted) == pytest.approx(axes_of(scores), abs=1e-9)


@given(octants)
def test_angle_and_length_say_what_the_sides_say(scores):
    """The angle lies in [0, 360) and the letters fit its quarter."""
    found = position_of(scores)
    assert 0 <= found.angle < 360
    back = found.length * math.sin(math.radians(found.angle))
    assert back == pytest.approx(found.dominance, abs=1e-9)
    assert found.clear == (found.length >= LEAST_LENGTH) == bool(found.letters)
    if found.clear and found.dominance and found.warmth:
        quarter = {(1, 1): "I", (1, -1): "D", (-1, -1): "C", (-1, 1): "S"}
        side = math.copysign(1, found.dominance), math.copysign(1, found.warmth)
        assert found.letters[0] == quarter[side]


@pytest.mark.parametrize(
    ("angle", "letters"),
    [
        (45, ("I",)), (135, ("D",)), (225, ("C",)), (315, ("S",)),
        (85, ("I", "D")), (95, ("D", "I")), (178, ("D", "C")), (182, ("C", "D")),
        (269, ("C", "S")), (272, ("S", "C")), (355, ("S", "I")), (3, ("I", "S")),
    ],
)  # fmt: skip
def test_near_a_border_both_letters_are_named(angle, letters):
    """Its own first; nearer than the angle may be off, twelve degrees at this length."""
    at = math.radians(angle)
    found = seen_from(0.9 * math.sin(at), 0.9 * math.cos(at), (0.0, 0.0))
    assert found.letters == letters


def test_a_short_vector_is_no_style():
    """Where chance alone would make it in one case of twenty; the mean of the sample is the middle."""
    assert seen_from(*CENTRE) == seen_from(0.0, 0.0, (0.0, 0.0))
    assert not seen_from(*CENTRE).letters
    assert seen_from(LEAST_LENGTH - 0.01, 0.0, (0.0, 0.0)).letters == ()
    assert seen_from(LEAST_LENGTH, 0.0, (0.0, 0.0)).letters
    assert math.exp(-(LEAST_LENGTH**2) / (2 * ERROR**2)) == pytest.approx(0.05, abs=0.01)


def test_a_gap_leaves_no_position():
    """A circle with a gap would point away from it."""
    scores = SHEETS["ipip_ipc"]["scores"]
    assert position_of(scores | {"pa": None}) is None
    assert position_of({name: s for name, s in scores.items() if name != "lm"}) is None


@given(st.floats(0, 5), st.floats(0, 5))
def test_longer_vectors_have_surer_angles(one, other):
    """And never more than a quarter turn is in doubt."""
    short, long = sorted((one, other))
    assert 0 < angle_error(long) <= angle_error(short) <= 90
