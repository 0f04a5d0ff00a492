"""What a baseline may read: who met whom, when, and how it went."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numba import njit

from troth.traces.hashing import find, number, pack

if TYPE_CHECKING:
    from troth.types import BoolArray, CodeArray, FloatArray, IntArray

#: The running base rate starts as if one outcome in two had been good, worth two outcomes.
PRIOR_MEAN, PRIOR_WORTH = 0.5, 2.0


class Columns(NamedTuple):
    """The history as compiled walks take it.

    Attributes:
        ids: (n, 3) int32 truster, trustee and pair, each numbered 0, 1, 2 … on its own.
        sizes: how many trusters, trustees and pairs there are.
        bounds: (instants + 1,) int64 first row of each instant, then the number of rows.
        days: (n,) days.
        outcome: (n,) 0–1; nan where a row is not judged, so that a walk cannot learn from it.
        base: (n,) base rate of strictly earlier judged outcomes.
    """

    ids: CodeArray
    sizes: tuple[int, int, int]
    bounds: IntArray
    days: FloatArray
    outcome: FloatArray
    base: FloatArray


@dataclass(frozen=True)
class History:
    """Rows in order of time.

    Attributes:
        truster: (n,) int32 codes.
        trustee: (n,) int32 codes, of the same parties.
        time_days: (n,) float64, sorted.
        outcome: (n,) float64, 0–1.
        judged: (n,) bool; other rows are forecast too but nothing is learned from them.
        train_end: rows before it may choose a baseline's settings.
    """

    truster: CodeArray
    trustee: CodeArray
    time_days: FloatArray
    outcome: FloatArray
    judged: BoolArray
    train_end: int

    def __len__(self) -> int:
        """Rows."""
        return int(self.time_days.size)

    @cached_property
    def columns(self) -> Columns:
        """Numbered parties, instants and the running base rate.

        Raises:
            ValueError: rows are not sorted by time.
        """
        if (np.diff(self.time_days) < 0).any():
            msg = "rows must be sorted by time"
            raise ValueError(msg)
        bounds = bounds_of(self.time_days)
        learned = np.where(self.judged, self.outcome, np.nan)
        coded = [
            number(self.truster.astype(np.int64)),
            number(self.trustee.astype(np.int64)),
            number(pack(self.truster, self.trustee)),
        ]
        ids = np.ascontiguousarray(np.column_stack([codes for codes, _ in coded]), dtype=np.int32)
        sizes = (coded[0][1].size, coded[1][1].size, coded[2][1].size)
        return Columns(ids, sizes, bounds, self.time_days, learned, running_base(bounds, learned))

    @cached_property
    def read_ids(self) -> CodeArray:
        """(n, 6) keys that features look at, in one numbering.

        Truster, trustee, pair; then the other way round: pair (trustee, truster), the truster where
        others trust it, the trustee where it trusts others. −1 where there never is such a key.
        """
        trusters, trustees, _ = self.columns.sizes
        codes, distinct = number(pack(self.truster, self.trustee))
        _, as_truster = number(self.truster.astype(np.int64))
        _, as_trustee = number(self.trustee.astype(np.int64))
        reverse = find(distinct, pack(self.trustee, self.truster))
        trusted = find(as_trustee, self.truster.astype(np.int64))
        trusting = find(as_truster, self.trustee.astype(np.int64))
        own = self.columns.ids
        pairs = trusters + trustees
        columns = [
            own[:, 0],
            own[:, 1] + trusters,
            codes + pairs,
            np.where(reverse >= 0, reverse + pairs, -1),
            np.where(trusted >= 0, trusted + trusters, -1),
            trusting,
        ]
        return np.ascontiguousarray(np.column_stack(columns), dtype=np.int32)

    @property
    def trained(self) -> int:
        """Rows that settings may be chosen on: before ``train_end`` and before its instant."""
        if self.train_end >= len(self):
            return len(self)
        return int(np.searchsorted(self.time_days, self.time_days[self.train_end], side="left"))


def bounds_of(time_days: FloatArray) -> IntArray:
    """(instants + 1,) first row of each instant of sorted times, then the number of rows."""
    later = np.flatnonzero(np.diff(time_days) > 0) + 1
    first = [0] if time_days.size else []
    return np.concatenate([first, later, [time_days.size]]).astype(np.int64)


@njit(cache=True, nogil=True)
def running_base(bounds, outcome):
    """(n,) base rate of strictly earlier outcomes; nan outcomes are skipped."""
    base = np.empty(outcome.size)
    total, worth = PRIOR_MEAN * PRIOR_WORTH, PRIOR_WORTH
    for instant in range(bounds.size - 1):
        rate = total / worth
        for row in range(bounds[instant], bounds[instant + 1]):
            base[row] = rate
        for row in range(bounds[instant], bounds[instant + 1]):
            if not np.isnan(outcome[row]):
                total += outcome[row]
                worth += 1.0
    return base
