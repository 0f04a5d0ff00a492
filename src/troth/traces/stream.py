"""Sum evidence as it arrives, in any order, and read the sums at any later time.

Only the finest sums are kept up to date; the others are rolled up when asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

from troth.traces.arena import enlarge, home_of, locate
from troth.traces.decay import HALF_LIVES_DAYS, fill_factors, powers_of, rates_of
from troth.traces.ground import Ground
from troth.traces.tables import DIMENSION_DAYS, Traces

if TYPE_CHECKING:
    from troth.traces.rows import Rows
    from troth.types import AnyArray

_EMPTY = -1
_FULL, _REFUSED = -1, -2
#: A key's time of reference moves on once a row is later by this share of the shortest half-life.
#: Moving it at each row would add up the rounding of millions of steps.
SLACK: Final = 0.125
_START: Final = 1024
_AT_ONCE: Final = 512


@njit(cache=True, nogil=True)
def _row_of(table, pair, house, t_us):
    """The row of a key, made where it is new; ``_FULL`` where there is no room left."""
    slots, pairs, organisations, reference, values, use = table
    slot = locate(slots, pair, house)
    if slots[slot, 1] != _EMPTY:
        return slots[slot, 1] >> 32
    row = use[0]
    if row == pairs.size:
        return _FULL
    use[0] += 1
    slots[slot, 0], slots[slot, 1] = pair, (row << 32) | house
    pairs[row], organisations[row] = pair, house - 1
    reference[row] = t_us
    values[row] = 0.0
    return row


@njit(cache=True, nogil=True)
def _bring(values, row, elapsed, decay):
    """Forget in one row what is forgotten in a time."""
    rates, powers, factors, dimension_rate = decay
    lives = rates.size
    fill_factors(elapsed, rates, powers, factors)
    for h in range(lives):
        values[row, h] *= factors[h]
        values[row, lives + h] *= factors[h]
    if values.shape[1] > 2 * lives:
        left = np.exp2(-elapsed * dimension_rate)
        for column in range(2 * lives, values.shape[1]):
            values[row, column] *= left


@njit(cache=True, nogil=True)
def _add(table, decay, row, t_us, good, bad):
    """Add one row's mass to a key's sums; give back by how much it lies ahead of their time."""
    reference, values = table[3], table[4]
    rates, powers, factors, _ = decay
    ahead = t_us - reference[row]
    if ahead * rates[0] > SLACK:
        _bring(values, row, ahead, decay)
        reference[row] = t_us
        ahead = 0
        factors[:] = 1.0
    else:
        fill_factors(-ahead, rates, powers, factors)
    for h in range(rates.size):
        values[row, h] += good * factors[h]
    if bad != 0.0:
        for h in range(rates.size):
            values[row, rates.size + h] += bad * factors[h]
    return ahead


@njit(cache=True, nogil=True)
def _draw_slots_near(table, columns, first, end):
    """Read where keys are at home, all at once, so that finding them one by one need not wait."""
    slots, use = table[0], table[5]
    truster, trustee, organisation = columns[:3]
    mask = slots.shape[0] - 1
    seen = 0
    for i in range(first, end):
        pair = (np.int64(truster[i]) << 32) | np.int64(trustee[i])
        seen ^= slots[home_of(pair, max(organisation[i], -1) + 1) & mask, 1]
    use[2] = seen  # Or the compiler would leave the reads out.


@njit(cache=True, nogil=True)
def _draw_sums_near(table, found):
    """Read both ends of the sums that rows will be added to."""
    _, _, _, reference, values, use = table
    seen, total = 0, 0.0
    for row in found:
        seen ^= reference[row]
        total += values[row, 0] + values[row, values.shape[1] - 1]
    use[2] = seen + np.int64(total > 0.0)


@njit(cache=True, nogil=True)
def _fold(table, decay, columns, first):
    """Add rows from ``first`` on; give back how many are done, fewer than all where room ran out.

    The places of many rows are found before any sum is touched, so that waits for memory overlap.
    """
    truster, trustee, organisation, t_us, from_us, good, bad, loadings = columns
    values, use = table[4], table[5]
    rates, _, _, dimension_rate = decay
    wide = 2 * rates.size
    found = np.empty(_AT_ONCE, np.int64)
    while first < truster.size:
        end = min(first + _AT_ONCE, truster.size)
        _draw_slots_near(table, columns, first, end)
        for i in range(first, end):
            pair = (np.int64(truster[i]) << 32) | np.int64(trustee[i])
            found[i - first] = _row_of(table, pair, max(organisation[i], -1) + 1, t_us[i])
            if found[i - first] == _FULL:
                end = i
                break
        _draw_sums_near(table, found[: end - first])
        for i in range(first, end):
            row = found[i - first]
            ahead = _add(table, decay, row, t_us[i], good[i], bad[i])
            use[1] = max(use[1], from_us[i])
            if values.shape[1] > wide:
                left = np.exp2(ahead * dimension_rate)
                for d in range(4):
                    values[row, wide + d] += good[i] * left * loadings[i, d]
                    values[row, wide + 4 + d] += bad[i] * left * loadings[i, d]
        if end == first:
            break
        first = end
    return first


@njit(cache=True, nogil=True)
def _observe(table, decay, truster, trustee, organisation, t_us, outcome, weight):
    if (truster | trustee) < 0 or not np.isfinite(weight * outcome):
        return _REFUSED
    row = _row_of(table, (truster << 32) | trustee, max(organisation, -1) + 1, t_us)
    if row >= 0:
        use = table[5]
        use[1] = max(use[1], t_us)
        _add(table, decay, row, t_us, weight * outcome, weight * (1.0 - outcome))
    return row


@njit(cache=True, nogil=True)
def _at(reference, values, at_us, decay):
    for row in range(reference.size):
        _bring(values, row, at_us - reference[row], decay)


def _doubled(column: AnyArray) -> AnyArray:
    larger = np.empty((2 * len(column), *column.shape[1:]), column.dtype)
    larger[: len(column)] = column
    return larger


class Stream:
    """Sums that rows are folded into as they come, late ones too.

    Args:
        half_lives_days: strictly increasing, in days.
        dimensions: whether to keep sums by dimension too, for which rows must carry loadings.

    Raises:
        ValueError: half-lives are out of order.
    """

    def __init__(
        self, half_lives_days: tuple[float, ...] = HALF_LIVES_DAYS, *, dimensions: bool = True
    ) -> None:
        rates = rates_of(half_lives_days)
        self.half_lives_days = half_lives_days
        self.has_dimensions = dimensions
        self._decay = (
            rates, powers_of(rates), np.empty(rates.size), float(rates_of((DIMENSION_DAYS,))[0])
        )  # fmt: skip
        self._table = (
            np.full((2 * _START, 2), _EMPTY, np.int64),
            np.empty(_START, np.int64),
            np.empty(_START, np.int32),
            np.empty(_START, np.int64),
            np.empty((_START, 2 * rates.size + (8 if dimensions else 0))),
            np.array([0, np.iinfo(np.int64).min, 0]),
        )

    def __len__(self) -> int:
        """How many finest keys (truster, trustee, organisation) there are."""
        return int(self._table[5][0])

    @property
    def latest_us(self) -> int:
        """The latest time that any row folded so far is known from."""
        return int(self._table[5][1])

    def _grow(self) -> None:
        slots, pairs, organisations, reference, values, use = self._table
        self._table = (
            enlarge(slots), _doubled(pairs), _doubled(organisations),
            _doubled(reference), _doubled(values), use,
        )  # fmt: skip

    def fold(self, rows: Rows) -> None:
        """Add rows in any order.

        Args:
            rows: evidence; negative mass (repairs, corrections) included.

        Raises:
            ValueError: a mass is not finite or a code is negative; nothing is then added.
        """
        if not np.isfinite(rows.good.sum() + rows.bad.sum()):
            raise ValueError(
                "mass is not finite: a weight or an outcome is infinite or not a number"
            )
        if min(rows.truster.min(initial=0), rows.trustee.min(initial=0)) < 0:
            raise ValueError("a truster or a trustee has a negative code")
        columns = (
            rows.truster, rows.trustee, rows.organisation,
            rows.t_us, rows.from_us, rows.good, rows.bad, rows.loadings,
        )  # fmt: skip
        done = 0
        while (done := _fold(self._table, self._decay, columns, done)) < len(rows):
            self._grow()

    def observe(
        self,
        truster: int,
        trustee: int,
        organisation: int,
        t_us: int,
        outcome: float,
        weight: float,
    ) -> None:
        """Add one event, known from the time it happened.

        Args:
            truster: code ≥ 0.
            trustee: code ≥ 0.
            organisation: code, or −1 for none.
            t_us: microseconds UTC.
            outcome: 0–1.
            weight: its mass.

        Raises:
            ValueError: the stream keeps dimensions, which one event does not tell; a code is
                negative; or the mass is not finite.
        """
        if self.has_dimensions:
            raise ValueError("a stream that keeps dimensions folds rows, which carry loadings")
        event = (truster, trustee, organisation, t_us, outcome, weight)
        while (row := _observe(self._table, self._decay, *event)) < 0:
            if row == _REFUSED:
                raise ValueError(f"negative code or mass that is not finite in {event}")
            self._grow()

    def at(self, at_us: int) -> Traces:
        """The sums at one time; the stream stays as it is and may go on.

        Args:
            at_us: microseconds UTC, later than all that was folded.

        Returns:
            The sums of all keys.

        Raises:
            ValueError: something was folded that is known only from ``at_us`` or later.
        """
        if at_us <= self.latest_us:
            raise ValueError(
                f"the stream knows of {self.latest_us} and cannot say what stood at {at_us}"
            )
        _, pairs, organisations, reference, values, _ = self._table
        size = len(self)
        ground = Ground(pairs[:size].copy(), organisations[:size].copy(), values[:size].copy())
        _at(reference[:size], ground.values, at_us, self._decay)
        return Traces.rolled_up(ground, at_us, self.half_lives_days)
