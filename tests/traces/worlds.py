"""Made-up rows of evidence: few parties, many ties, late news and repairs."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from troth.traces.decay import DAY_US, HALF_LIVES_DAYS
from troth.traces.rows import Rows

START_US = 1_700_000_000_000_000
END_US = START_US + 400 * DAY_US
EMPTY = Rows(
    *(np.empty(0, np.int32) for _ in range(3)),
    *(np.empty(0, np.int64) for _ in range(2)),
    *(np.empty(0) for _ in range(2)),
    np.empty((0, 4)),
)

#: Times come from few instants, so that ties are common, or from anywhere.
_times = st.one_of(
    st.sampled_from([START_US + day * DAY_US for day in (0, 1, 2, 30, 365)]),
    st.integers(START_US, END_US - 1),
)
_delays = st.one_of(st.just(0), st.sampled_from([1, DAY_US, 90 * DAY_US]))
#: (for, against): hard, soft, neutral; a repair; a correction.
_masses = st.one_of(
    st.sampled_from([(1.0, 0.0), (0.0, 1.0), (0.0, 0.0), (0.0, -0.5), (-1.0, 0.0)]),
    st.tuples(st.floats(0.0, 8.0), st.floats(0.0, 8.0)),
)
_loadings = st.sampled_from([(0.25,) * 4, (1.0, 0.0, 0.0, 0.0), (0.1, 0.6, 0.2, 0.1)])

half_lives = st.sampled_from([HALF_LIVES_DAYS, (1.0,), (0.5, np.inf), (0.3, 7.0, 90.0)])
#: Between rows, at the instant of some, or after all.
at_times = st.one_of(_times, st.just(END_US), st.integers(END_US, END_US + 1000 * DAY_US))


def rows_of(listed: list[tuple[int, int, int, int, int, tuple[float, float], tuple]]) -> Rows:
    """Rows from (truster, trustee, organisation, t_us, delay, (for, against), loadings)."""
    if not listed:
        return EMPTY
    truster, trustee, organisation, t_us, delay, mass, loadings = zip(*listed, strict=True)
    return Rows(
        np.array(truster, np.int32),
        np.array(trustee, np.int32),
        np.array(organisation, np.int32),
        np.array(t_us, np.int64),
        np.array(t_us, np.int64) + np.array(delay, np.int64),
        np.array([one[0] for one in mass]),
        np.array([one[1] for one in mass]),
        np.array(loadings, np.float64),
    )


#: Rows in any order; parties trust each other both ways, and trustees change organisation.
worlds = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(-1, 2),
        _times,
        _delays,
        _masses,
        _loadings,
    ).filter(lambda row: row[0] != row[1]),
    max_size=40,
).map(rows_of)


def many_rows(n: int, seed: int = 0) -> Rows:
    """So many rows at random, enough to be split into parts and blocks."""
    rng = np.random.default_rng(seed)
    t_us = rng.integers(START_US, END_US, n)
    good, bad = rng.exponential(1.0, (2, n)) * (rng.random((2, n)) < 0.7)
    return Rows(
        rng.integers(0, n // 20 + 1, n, dtype=np.int32),
        rng.integers(0, n // 50 + 1, n, dtype=np.int32),
        rng.integers(-1, 20, n, dtype=np.int32),
        t_us,
        t_us + (rng.random(n) < 0.1) * DAY_US,
        good,
        bad,
        np.full((n, 4), 0.25),
    )
