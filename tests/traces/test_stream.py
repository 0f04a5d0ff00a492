"""What a stream does beyond agreeing with the other ways."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from tests.traces.laws import TOLERANCE, assert_same, mass_of
from tests.traces.worlds import EMPTY, END_US, START_US, many_rows
from troth.traces.batch import sum_rows
from troth.traces.decay import DAY_US, HALF_LIVES_DAYS
from troth.traces.rows import Rows
from troth.traces.stream import Stream

AT_US = END_US + 30 * DAY_US


def test_one_by_one_is_what_arrays_give():
    """One call an event leads to the same sums."""
    rows = many_rows(3_000)
    stream = Stream(dimensions=False)
    weight = rows.good + rows.bad
    outcome = np.divide(rows.good, weight, out=np.zeros(len(rows)), where=weight > 0)
    columns = (rows.truster, rows.trustee, rows.organisation, rows.t_us, outcome, weight)
    for event in zip(*(column.tolist() for column in columns), strict=True):
        stream.observe(*event)
    assert_same(stream.at(AT_US), sum_rows(rows, AT_US, dimensions=False), mass_of(rows))
    assert len(stream) == len(stream.at(AT_US).ground)


def test_a_stream_goes_on_after_it_was_asked():
    """Reading the sums leaves them as they are, and late rows may still come."""
    rows = many_rows(2_000)
    order = np.argsort(rows.from_us, kind="stable")
    stream = Stream()
    for first, second in pairwise((0, 500, 1_000, 2_000)):
        stream.fold(rows.take(order[first:second]))
        now = stream.latest_us + 1
        known = rows.take(order[:second])
        assert_same(stream.at(now), sum_rows(known, now), mass_of(rows))


def test_a_question_about_the_past_is_refused():
    """A stream cannot tell what stood before something it has folded was known."""
    rows = many_rows(100)
    stream = Stream()
    stream.fold(rows)
    assert stream.latest_us == rows.from_us.max()
    with pytest.raises(ValueError, match="cannot say"):
        stream.at(stream.latest_us)


def test_an_empty_stream_answers():
    """Nothing is known of anyone at any time."""
    stream = Stream()
    stream.fold(EMPTY)
    assert len(stream.at(START_US).pair) == 0


def test_rounding_does_not_pile_up():
    """A hundred thousand rows a few milliseconds apart sum as exactly as one."""
    n = 100_000
    t_us = START_US + np.arange(n, dtype=np.int64) * 5_003
    codes = np.zeros(n, np.int32)
    rows = Rows(codes, codes + 1, codes, t_us, t_us, np.ones(n), np.zeros(n), np.full((n, 4), 0.25))
    stream = Stream()
    stream.fold(rows)
    at_us = int(t_us[-1]) + 1
    expected = [
        float(np.sum(np.exp2(-(at_us - t_us) / (life * DAY_US)))) for life in HALF_LIVES_DAYS
    ]
    got = stream.at(at_us).pair.sums[0, 0]
    assert np.abs(got - expected).max() <= TOLERANCE * n * 1e-3


@pytest.mark.parametrize("field", ["good", "bad"])
@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_mass_that_is_not_finite_is_refused(field, value):
    """And nothing of the rows is added."""
    rows = many_rows(10)
    getattr(rows, field)[3] = value
    stream = Stream()
    with pytest.raises(ValueError, match="finite"):
        stream.fold(rows)
    assert len(stream) == 0


def test_bad_events_are_refused():
    """Codes below zero, mass that is not a number, and loadings that are missing."""
    stream = Stream(dimensions=False)
    with pytest.raises(ValueError, match="negative code"):
        stream.observe(-1, 2, 3, START_US, 1.0, 1.0)
    with pytest.raises(ValueError, match="not finite"):
        stream.observe(1, 2, 3, START_US, 1.0, float("nan"))
    with pytest.raises(ValueError, match="loadings"):
        Stream().observe(1, 2, 3, START_US, 1.0, 1.0)
    rows = many_rows(10)
    rows.trustee[0] = -1
    with pytest.raises(ValueError, match="negative code"):
        stream.fold(rows)
    assert len(stream) == 0
