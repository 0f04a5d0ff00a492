"""Reputation as a Beta distribution: counts beside a prior, flat or in levels, with forgetting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from troth.trust.baselines.rates import shrunk_mean
from troth.trust.baselines.tuning import tuned

if TYPE_CHECKING:
    from troth.trust.baselines.history import Columns, History
    from troth.types import FloatArray

#: Worth of the prior, in outcomes.
STRENGTHS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
#: Days after which evidence counts half.
HALF_LIVES_DAYS = (2.0, 14.0, 90.0, 365.0, np.inf)
LEVEL_STRENGTHS = (0.3, 1.0, 3.0, 10.0, 30.0, 100.0)


def beta(history: History) -> FloatArray:
    """The pair's own record on top of the running base rate; the prior's worth from a grid.

    Args:
        history: rows in order of time.

    Returns:
        (n,) probabilities.

    Source: Jøsang & Ismail 2002, The beta reputation system.
    """

    def walk(columns: Columns, settings: tuple[float, ...]) -> FloatArray:
        pair = columns.ids[:, 2].copy()
        found: FloatArray = shrunk_mean(
            pair, columns.sizes[2], columns.bounds, columns.outcome, columns.base, settings[0]
        )
        return found

    return tuned(history, walk, (STRENGTHS,))


def hierarchical_beta_forgetting(history: History) -> FloatArray:
    """Levels of decayed counts: global → truster and trustee → pair, each the prior of the next.

    Truster and trustee cross: their departures from the global rate add up in log-odds. One
    half-life for all levels, a prior's worth for each of the three; all four from grids.

    Args:
        history: rows in order of time.

    Returns:
        (n,) probabilities.

    Source: Jøsang & Ismail 2002 for forgetting; the levels are our choice.
    """

    def walk(columns: Columns, settings: tuple[float, ...]) -> FloatArray:
        found: FloatArray = _levels(
            columns.ids, columns.sizes, columns.bounds, columns.days, columns.outcome, columns.base,
            1.0 / settings[0], np.array(settings[1:]),
        )  # fmt: skip
        return found

    return tuned(
        history, walk, (HALF_LIVES_DAYS, LEVEL_STRENGTHS, LEVEL_STRENGTHS, LEVEL_STRENGTHS)
    )


@njit(cache=True, nogil=True)
def _levels(ids, sizes, bounds, days, outcome, base, rate, worth):
    """``rate`` in halvings a day; ``worth`` of the priors of truster, trustee and pair."""
    offsets = (0, sizes[0], sizes[0] + sizes[1])
    total = np.zeros(sizes[0] + sizes[1] + sizes[2])
    count = np.zeros(total.size)
    seen = np.zeros(total.size)
    p = np.empty(outcome.size)
    for instant in range(bounds.size - 1):
        rows = range(bounds[instant], bounds[instant + 1])
        now = days[bounds[instant]]
        for row in rows:
            prior = np.log(base[row] / (1.0 - base[row]))
            logit = prior
            for level in range(3):
                key = offsets[level] + ids[row, level]
                if level == 2:
                    prior = logit
                if count[key] > 0.0:
                    if now > seen[key] and rate > 0.0:
                        left = 2.0 ** (-(now - seen[key]) * rate)
                        total[key] *= left
                        count[key] *= left
                    seen[key] = now
                    good = total[key] + worth[level] / (1.0 + np.exp(-prior))
                    bad = count[key] - total[key] + worth[level] / (1.0 + np.exp(prior))
                    logit += np.log(good / bad) - prior
            p[row] = 1.0 / (1.0 + np.exp(-logit))
        for row in rows:
            if not np.isnan(outcome[row]):
                for level in range(3):
                    key = offsets[level] + ids[row, level]
                    # Decayed to now when it was forecast, or empty.
                    total[key] += outcome[row]
                    count[key] += 1.0
                    seen[key] = now
    return p
