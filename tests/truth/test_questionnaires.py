"""Scales and their reliability on raw public answers, and our wording beside the published one."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.truth import openpsych, people
from tests.oracles import questionnaires as slow
from troth.content.questionnaires import questionnaires
from troth.people.circumplex import ANGLES, CENTRE, ERROR, position_of
from troth.people.reliability import alpha_of, complete_rows, omega_of, reliability_of

pytestmark = pytest.mark.data
#: As the item pool lists them for the sample in which the short scales were made.
PUBLISHED = {
    "extraversion": 0.77, "agreeableness": 0.70, "conscientiousness": 0.69,
    "neuroticism": 0.68, "imagination": 0.65,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _data(bench_data, monkeypatch):
    """The folder of public data."""
    monkeypatch.setenv("TROTH_BENCH_DATA", str(bench_data))


@pytest.mark.parametrize("trait", openpsych.BIG_FIVE)
def test_traits_are_as_reliable_as_published(trait):
    """Ten items reach .79 to .90, omega no less; both are those restated."""
    found = reliability_of(openpsych.big_five(trait))
    assert 0.79 <= found.alpha <= 0.90
    assert found.alpha - 0.001 <= found.omega <= found.alpha + 0.02
    some = complete_rows(openpsych.big_five(trait))[:2_000]
    assert alpha_of(some) == pytest.approx(slow.alpha(some.tolist()))
    assert omega_of(some) == pytest.approx(slow.omega(some), abs=1e-4)


def test_attachment_scales_are_as_reliable_as_published():
    """Eighteen items each, .91 and more; one key forgotten would show."""
    for dimension in openpsych.ECR:
        found = reliability_of(openpsych.ecr(dimension))
        assert 0.91 <= found.alpha <= 0.95
        assert found.omega == pytest.approx(found.alpha, abs=0.01)
        assert found.high - found.low < 0.01
        assert found.people < 50_000


def test_our_short_traits_are_as_reliable_as_published():
    """Our English wording finds its twenty columns among fifty, and our key fits them."""
    found = {name: reliability_of(a) for name, a in openpsych.mini_ipip().items()}
    assert found.keys() == PUBLISHED.keys()
    for name, published in PUBLISHED.items():
        assert found[name].items == 4
        assert found[name].alpha == pytest.approx(published, abs=0.11)


def test_not_answered_is_no_answer():
    """The sets write 0 where nothing was answered; such rows are left out, and only such."""
    answers = openpsych.ecr("anxiety")
    assert np.nanmin(answers) == 1
    assert np.nanmax(answers) == 5
    gaps = np.isnan(answers).any(axis=1).sum()
    assert len(complete_rows(answers)) == len(answers) - gaps
    assert 1_000 < gaps < 9_534


def test_five_factors_come_back_without_the_key():
    """Each trait has a factor of its own, and its items lie on it."""
    congruence, own = people.recovery()
    assert min(congruence.values()) >= 0.89
    assert own == 50


def test_our_circle_is_the_published_one():
    """Words and octants of its thirty-two items, and the angles of the octants."""
    ours = questionnaires()["ipip_ipc"].items
    theirs = openpsych.circle_items()
    for item, published in zip(ours, theirs, strict=True):
        assert item.text["en"].rstrip(".").lower() == published["text"].rstrip(".").lower()
        assert item.scale == published["scale"].lower()
    norms = openpsych.circle_norms()
    assert {row["scale"].lower(): int(row["angle_deg"]) % 360 for row in norms} == ANGLES


def test_the_centre_and_its_error_are_those_of_the_published_sample():
    """To the digits that the code states."""
    at = people.circle()
    assert (at["dominance"], at["warmth"]) == pytest.approx(CENTRE, abs=0.005)
    errors = at["error of dominance"], at["error of warmth"]
    assert sum(errors) / 2 == pytest.approx(ERROR, abs=0.005)


@pytest.mark.parametrize("octant", ANGLES)
def test_who_stands_out_in_one_octant_points_to_it(octant):
    """A mean person of the published sample who scores two deviations higher on one octant alone."""
    norms = {row["scale"].lower(): row for row in openpsych.circle_norms()}
    scores = {name: float(row["mean"]) for name, row in norms.items()}
    assert position_of(scores).length < 0.01
    scores[octant] += 2 * float(norms[octant]["sd"])
    found = position_of(scores)
    assert (found.angle - ANGLES[octant] + 180) % 360 - 180 == pytest.approx(0, abs=1)


def test_a_clear_worry_is_more_than_chance():
    """The threshold of attachment lies over the middle by more than a score's standard error."""
    errors = {name: error for name, _, error in people.short_errors()}
    assert max(errors.values()) < 1
