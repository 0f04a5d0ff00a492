"""All ways of summing give what the oracle gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles import traces as oracle
from tests.traces.laws import (
    KINDS,
    WAYS,
    assert_close,
    assert_same,
    everyone,
    listed,
    mass_of,
)
from tests.traces.worlds import EMPTY, END_US, START_US, at_times, half_lives, many_rows, worlds
from troth.traces.batch import sum_rows
from troth.traces.decay import DAY_US, HALF_LIVES_DAYS
from troth.traces.keys import keys_of
from troth.traces.prequential import prequential
from troth.traces.rows import Rows

if TYPE_CHECKING:
    from tests.traces.laws import Way

every_way = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


@every_way
class TestWays:
    """Laws that each way of summing obeys."""

    @given(rows=worlds, at_us=at_times, lives=half_lives)
    def test_sums_are_the_oracle_s(self, way: Way, rows: Rows, at_us: int, lives: tuple) -> None:
        """Each kind of key has the oracle's keys and sums, by half-life and by dimension."""
        traces, expected = way(rows, at_us, lives), oracle.Sums(rows, at_us, lives)
        for kind in KINDS:
            found = listed(traces, kind)
            assert found.keys() == expected.sums[kind].keys(), kind
            for key, values in found.items():
                by_dimension = expected.dimensions[kind][key].ravel()
                wanted = np.concatenate([expected.of(kind, *key).ravel(), by_dimension])
                assert_close(values, wanted, mass_of(rows), f"{kind} {key}")

    @given(rows=worlds, at_us=at_times, lives=half_lives)
    def test_origins_are_the_oracle_s(self, way: Way, rows: Rows, at_us: int, lives: tuple) -> None:
        """Each forecast, of known and unknown parties, reads the oracle's origins."""
        who = everyone(rows)
        got = way(rows, at_us, lives).origins(*who)
        expected = oracle.origins_at(rows, at_us, np.column_stack(who).tolist(), lives)
        assert got.shape == (who[0].size, 6, 2, len(lives))
        assert_close(got, expected, mass_of(rows), "origins")

    @given(rows=worlds, random=st.randoms(use_true_random=False))
    def test_order_does_not_matter(self, way: Way, rows: Rows, random) -> None:
        """Rows may stand in any order."""
        order = np.array(random.sample(range(len(rows)), len(rows)), dtype=np.int64)
        shuffled = way(rows.take(order), END_US + DAY_US, HALF_LIVES_DAYS)
        assert_same(way(rows, END_US + DAY_US, HALF_LIVES_DAYS), shuffled, mass_of(rows))

    def test_nothing_sums_to_nothing(self, way: Way) -> None:
        """Without rows there are no keys, and every origin of anyone is zero."""
        traces = way(EMPTY, END_US, HALF_LIVES_DAYS)
        assert all(len(getattr(traces, kind)) == 0 for kind in KINDS)
        who = (np.array([0, 3], np.int32), np.array([1, 4], np.int32), np.array([-1, 0], np.int32))
        assert (traces.origins(*who) == 0).all()
        assert (traces.dimensions(*who) == 0).all()

    def test_many_rows_give_the_same(self, way: Way) -> None:
        """Parts, blocks and rounds of a large input change nothing."""
        rows = many_rows(20_000)
        at_us = END_US - 30 * DAY_US
        expected = sum_rows(rows, at_us, threads=1)
        assert_same(way(rows, at_us, HALF_LIVES_DAYS), expected, mass_of(rows))

    def test_a_row_known_at_the_time_does_not_count(self, way: Way) -> None:
        """A query takes rows known strictly before it, whenever they decay from."""
        rows = many_rows(50)
        at_us = int(np.sort(rows.from_us)[25])
        traces = way(rows, at_us, (np.inf,))
        known = rows.from_us < at_us
        assert traces.truster.sums[:, 0].sum() == pytest.approx(rows.good[known].sum())


@given(rows=worlds, at_us=at_times, lives=half_lives)
def test_dimensions_of_forecasts(rows: Rows, at_us: int, lives: tuple) -> None:
    """Own mass, and the house's through anyone else, by dimension at 90 days."""
    who = everyone(rows)
    got = sum_rows(rows, at_us, lives).dimensions(*who)
    sums = oracle.Sums(rows, at_us, lives)
    nothing = np.zeros((2, 4))
    for i, (truster, trustee, house) in enumerate(zip(*(c.tolist() for c in who), strict=True)):
        own = sums.dimensions["pair"].get((truster, trustee), nothing)
        whole = sums.dimensions["house"].get((truster, house), nothing)
        inside = sums.dimensions["triple"].get((truster, trustee, house), nothing)
        wanted = np.array([np.maximum(own, 0.0), oracle.without(whole, inside)])
        assert_close(got[i], wanted, mass_of(rows), "dimensions")


@given(rows=worlds, lives=half_lives, after=st.booleans())
def test_prequential_is_the_oracle_s(rows: Rows, lives: tuple, after: bool) -> None:
    """Each row sees what was known before its instant (or after it), and no tie sees another."""
    rows = rows.take(np.argsort(rows.from_us, kind="stable"))
    wanted = np.ones(len(rows), dtype=np.bool_)
    got = prequential(rows, keys_of(rows), wanted, lives, after=after)
    assert_close(got, oracle.prequential(rows, lives, after=after), mass_of(rows), "prequential")


@given(rows=worlds)
def test_prequential_ends_where_sums_begin(rows: Rows) -> None:
    """A forecast at the end of the walk reads what the sums at that time hold."""
    last = rows_at(rows, END_US + 200 * DAY_US)
    rows = last.take(np.argsort(last.from_us, kind="stable"))
    wanted = rows.from_us == END_US + 200 * DAY_US
    got = prequential(rows, keys_of(rows), wanted)
    asked = rows.take(wanted)
    sums = sum_rows(rows, END_US + 200 * DAY_US)
    expected = sums.origins(asked.truster, asked.trustee, asked.organisation)
    assert_close(got, expected, mass_of(rows), "prequential")


def rows_at(rows: Rows, at_us: int) -> Rows:
    """The rows, and each once more at one instant."""
    again = np.full(len(rows), at_us, dtype=np.int64)
    late = Rows(
        rows.truster,
        rows.trustee,
        rows.organisation,
        again,
        again,
        rows.good,
        rows.bad,
        rows.loadings,
    )
    pairs = ((getattr(rows, name), getattr(late, name)) for name in Rows.__dataclass_fields__)
    return Rows(*(np.concatenate(pair) for pair in pairs))


def test_walk_refuses_disorder() -> None:
    """Features of rows out of order would see the future."""
    rows = many_rows(50)
    with pytest.raises(ValueError, match="sorted"):
        prequential(rows, keys_of(rows), np.ones(50, dtype=np.bool_))
    assert rows.t_us.min() >= START_US
