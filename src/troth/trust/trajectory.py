"""What was believed as each event became known: the walk that stages and timelines rest on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

from troth.traces.decay import powers_of, rates_of
from troth.traces.origins import DIRECT, IN_HOUSE, ORIGINS
from troth.traces.prequential import walk
from troth.trust.belief import beliefs_of
from troth.trust.stage import Moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from troth.traces.keys import Keys
    from troth.traces.rows import Rows
    from troth.trust.belief import Beliefs
    from troth.trust.parameters import Parameters
    from troth.types import BoolArray, FloatArray, IntArray

#: Rows walked at a time: large enough to be fast, small enough to stay in a few MB.
CHUNK: Final = 32_768
#: Harm is fresh for half-lives up to this many days.
FRESH_DAYS: Final = 14.0


@njit(cache=True, nogil=True)
def _mass_and_harm(origins, own, beta, c, tied_to, means, fresh, mass, harm):
    last = origins.shape[3] - 1
    for row in range(origins.shape[0]):
        total = hurt = 0.0
        for origin in own:
            total += origins[row, origin, 0, last] + origins[row, origin, 1, last]
            unit = tied_to * (1.0 - means[row]) if tied_to > 0.0 else c[origin, 1]
            for h in range(fresh):
                if origins[row, origin, 1, h] > 0.0:
                    hurt += beta[origin, 1, h] * np.log1p(origins[row, origin, 1, h] / unit)
        mass[row] = total
        harm[row] = hurt


def moment_of(
    origins: FloatArray,
    beliefs: Beliefs,
    parameters: Parameters,
    means: FloatArray,
    own: tuple[int, ...] = (DIRECT, IN_HOUSE),
) -> Moment:
    """What a stage looks at, from the same evidence as the belief.

    Args:
        origins: (n, 6, 2, H).
        beliefs: of the same n.
        parameters: the weights.
        means: (n,) running base rates.
        own: origins whose evidence is the relationship's own.
    """
    n = origins.shape[0]
    mass, harm = np.empty(n), np.empty(n)
    fresh = sum(1 for h in parameters.half_lives_days if h <= FRESH_DAYS)
    tied_to = parameters.strength if parameters.tied else 0.0
    _mass_and_harm(origins, own, parameters.beta, parameters.c, tied_to, means, fresh, mass, harm)
    return Moment(beliefs.bounds()[0], mass, harm * parameters.platt_slope)


def _chunks(from_us: IntArray) -> Iterator[slice]:
    """Slices of about CHUNK rows that never split an instant."""
    start, n = 0, from_us.size
    while start < n:
        end = min(start + CHUNK, n)
        if end < n:
            end = int(np.searchsorted(from_us, from_us[end - 1], side="right"))
        yield slice(start, end)
        start = end


def trajectory(
    rows: Rows, keys: Keys, parameters: Parameters, means: FloatArray, wanted: BoolArray
) -> tuple[Moment, FloatArray, FloatArray]:
    """Beliefs of the wanted rows' relationships once each row's instant is known.

    Args:
        rows: sorted by ``from_us``.
        keys: of the rows.
        parameters: the weights.
        means: (n,) running base rate at each row, its own instant included.
        wanted: (n,) bool.

    Returns:
        The moments, the probability and the upper end of its interval, (wanted,) each.
    """
    rates = rates_of(parameters.half_lives_days)
    state = np.zeros((keys.size, 2, rates.size))
    reference = np.full(keys.size, np.iinfo(np.int64).min // 4)

    def weigh(origins: FloatArray, mean: FloatArray) -> tuple[FloatArray, ...]:
        beliefs = beliefs_of(origins, parameters, mean)
        moment = moment_of(origins, beliefs, parameters, mean)
        return (*moment, beliefs.probability, beliefs.bounds()[1])

    parts = []
    with ThreadPoolExecutor(1) as weigher:  # weighs one chunk while the next is walked
        for part in _chunks(rows.from_us):
            here = wanted[part]
            origins = np.empty((int(here.sum()), len(ORIGINS), 2, rates.size))
            walk(
                keys.ids[part], rows.t_us[part], rows.from_us[part], rows.good[part], rows.bad[part],
                here, rates, powers_of(rates), state, reference, True, origins,
            )  # fmt: skip
            parts.append(weigher.submit(weigh, origins, means[part][here]))
            if len(parts) > 1:
                parts[-2].result()  # never more than two chunks in memory
    if not parts:
        none = np.empty(0)
        return Moment(none, none, none), none, none
    columns = zip(*(part.result() for part in parts), strict=True)
    lower, mass, harm, p, upper = (np.concatenate(column) for column in columns)
    return Moment(lower, mass, harm), p, upper
