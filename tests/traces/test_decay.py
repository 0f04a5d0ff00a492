"""How much is left after some time."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.traces.worlds import half_lives
from troth.traces.decay import DAY_US, FLOOR, fill_factor_columns, fill_factors, powers_of, rates_of

#: From a little before the time of reference to long after it.
elapsed_us = st.lists(st.integers(-DAY_US // 100, 4_000 * DAY_US), min_size=1, max_size=20)


@given(elapsed=elapsed_us, lives=half_lives)
def test_factors_are_powers_of_two(elapsed, lives):
    """One by one or many at once, to the last digits; nothing is left below the floor."""
    rates = rates_of(lives)
    columns = np.empty((rates.size, len(elapsed)))
    fill_factor_columns(np.array(elapsed), rates, columns)
    one = np.empty(rates.size)
    for i, some in enumerate(elapsed):
        fill_factors(some, rates, powers_of(rates), one)
        exponents = -some * rates
        expected = np.where(exponents < FLOOR, 0.0, np.exp2(exponents))
        np.testing.assert_allclose(one, expected, rtol=1e-12)
        np.testing.assert_allclose(columns[:, i], expected, rtol=1e-14)
