"""The shape of a dialogue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np

from troth.reading.schema import Dialogue, Turn
from troth.reading.structure import STRUCTURE, structure_of, views_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def figure(turns, name):
    """One figure of a dialogue."""
    return structure_of(turns)[STRUCTURE.index(name)]


def test_nothing_said_has_a_shape_too():
    """No turns give zeros, and every figure has a name."""
    assert structure_of([]).shape == (len(STRUCTURE),)
    assert not structure_of([]).any()


def test_delays_are_those_of_answers():
    """A delay runs from the customer's turn to the staff's next; times before it do not count."""
    turns = [
        Turn("customer", "?", NOON),
        Turn("staff", "…", NOON + timedelta(hours=3)),
        Turn("customer", "ok", NOON + timedelta(hours=30)),
    ]
    assert np.isclose(figure(turns, "staff_delay"), np.log1p(3))
    assert np.isclose(figure(turns, "staff_longest_delay"), np.log1p(3))
    assert np.isclose(figure(turns, "whole_days"), np.log1p(30 / 24))
    assert figure([Turn("customer", "?")], "timed") == 0


def test_repeats_and_runs_are_counted():
    """A customer who writes again before an answer makes a run; the same words again, a repeat."""
    turns = [Turn("customer", "在吗"), Turn("customer", "在吗"), Turn("staff", "您好")]
    assert figure(turns, "customer_runs") == 1
    assert figure(turns, "customer_repeats") == 1
    assert figure(turns, "staff_last") == 1


def test_views_name_the_turns_that_say_most():
    """First, last and all turns of each side; no last turn of the customer where there was but one."""
    turns = (Turn("customer", "a"), Turn("staff", "b"), Turn("customer", "c"), Turn("staff", "d"))
    views = views_of(Dialogue("1", turns))
    assert views.texts() == ("a\nc", "b\nd", "a", "c", "d", "d", "b")
    assert views_of(Dialogue("2", turns[:2])).customer_last == ""
    assert set(views_of(Dialogue("3", ())).texts()) == {""}
