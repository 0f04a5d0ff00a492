"""Small random worlds of evidence for tests, as rows and as the oracle sees them."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from tests.oracles.belief import Touch
from troth.traces.rows import Rows

DAY_US = 86_400_000_000


def rows_of(touches: list[Touch]) -> Rows:
    """The touches as columns, sorted by when they are known."""
    ordered = sorted(touches, key=lambda e: e.from_us)
    n = len(ordered)

    def column(name: str, kind: type) -> np.ndarray:
        return np.array([getattr(e, name) for e in ordered], dtype=kind)

    return Rows(
        *(column(name, np.int32) for name in ("truster", "trustee", "organisation")),
        column("t_us", np.int64), column("from_us", np.int64),
        column("good", np.float64), column("bad", np.float64), np.full((n, 4), 0.25),
    )  # fmt: skip


@st.composite
def touches(draw: st.DrawFn, least: int = 1, most: int = 40) -> list[Touch]:
    """A handful of parties, some in houses, over half a year; ties in time are common."""
    count = draw(st.integers(least, most))
    home = draw(st.lists(st.integers(-1, 1), min_size=4, max_size=4))
    found = []
    for _ in range(count):
        truster, trustee = draw(st.permutations(range(4)))[:2]
        at = draw(st.integers(0, 180)) * DAY_US + draw(st.sampled_from([0, 0, 1, 3_600_000_000]))
        weight = draw(st.sampled_from([0.25, 1.0, 2.0, 0.0]))
        outcome = draw(st.sampled_from([0.0, 0.3, 1.0]))
        found.append(
            Touch(truster, trustee, home[trustee], at, at, weight * outcome, weight * (1 - outcome))
        )
    return found
