"""What a fit learns beside the weights: kinds of event, covariates, half-lives."""

from __future__ import annotations

import math

import numpy as np
import pyarrow as pa
import pytest

from troth.ledger.read import read_events
from troth.trust.fit import Fitter
from troth.trust.judge import Protocol
from troth.trust.learn import fit, ground_of

N = 8192


def world(seed: int = 0) -> pa.Table:
    """Staff differ; surveys show how, deliveries are a coin; a column x moves the surveys."""
    rng = np.random.default_rng(seed)
    staff = rng.integers(0, 30, N)
    quality = rng.normal(0.5, 1.6, 30)[staff]
    x = rng.normal(size=N)
    survey = rng.random(N) < 0.4
    chance = np.where(survey, 1 / (1 + np.exp(-quality - x)), 0.5)
    return pa.table(
        {
            "event_id": [f"e{i:05d}" for i in range(N)],
            "t_us": (np.arange(N) * 3_600_000_000).astype(np.int64),
            "truster": [f"c{i}" for i in rng.integers(0, 400, N)],
            "trustee": [f"s{i}" for i in staff],
            "kind": np.where(survey, "survey", "delivery"),
            "outcome": (rng.random(N) < chance).astype(np.float64),
            "x": np.where(survey, x, 0.0),
            "noise": rng.normal(size=N),
        }
    )


def fitter_of(table: pa.Table, **options) -> Fitter:
    """The events, ready to fit."""
    return Fitter(ground_of(read_events(table, now_us=2 * 10**15).events, Protocol()), **options)


@pytest.fixture(scope="module")
def fitted():
    """Parameters of the world with both columns offered."""
    return fitter_of(world(), columns=("noise", "x")).fit(3000)


def test_telling_kinds_weigh_more(fitted):
    """A kind whose outcomes say nothing about the next ones is given less weight."""
    assert fitted.kinds["survey"] > 1.5 * fitted.kinds["delivery"]


def test_a_covariate_that_helps_is_used(fitted):
    """The column that moves outcomes is kept, with its sign; it earned its place on held-out rows."""
    gamma = {v.column: v.gamma for v in fitted.covariates}
    assert gamma["x"] > 0.2


def test_noise_moves_nothing(fitted):
    """A column of noise is left out, or given next to no weight."""
    gamma = {v.column: v.gamma for v in fitted.covariates}
    assert abs(gamma.get("noise", 0.0)) < 0.1


def test_covariates_are_off_unless_named():
    """Nothing but evidence counts by default."""
    assert fitter_of(world()).fit(3000).covariates == ()


@pytest.mark.parametrize(
    ("column", "words"), [("absent", "not in the events"), ("trustee", "covariate column")]
)
def test_a_covariate_that_cannot_be_one_is_named(column, words):
    """A column that is missing or not numeric is an error with its name."""
    events = read_events(world(), now_us=2 * 10**15).events
    with pytest.raises(ValueError, match=words):
        fit(events, covariates=(column,), baselines=False)


def test_half_lives_are_free():
    """Other half-lives give other shapes, and their order is checked."""
    parameters = fitter_of(world(), half_lives=(1.0, 30.0, math.inf)).fit(1000)
    assert parameters.beta.shape == (6, 2, 3)
    with pytest.raises(ValueError, match="strictly increasing"):
        fitter_of(world(), half_lives=(30.0, 1.0)).fit(1000)


def test_corrected_events_teach_nothing():
    """What a correction took back is neither target nor evidence in a fit."""
    table = world().slice(0, 300).drop_columns(["x", "noise"])
    wrong = {
        "event_id": ["bad", "undo"], "t_us": [10**12 + 1, 10**12 + 2], "truster": ["c1", "c1"],
        "trustee": ["s1", "s1"], "kind": ["survey", "correction"], "outcome": [0.0, None],
        "ref": [None, "bad"],
    }  # fmt: skip
    both = pa.concat_tables([table, pa.table(wrong)], promote_options="default")
    plain, corrected = (fitter_of(t).trials({}) for t in (table, both))
    np.testing.assert_array_equal(plain.design.origins, corrected.design.origins)
    np.testing.assert_array_equal(plain.design.outcome, corrected.design.outcome)
