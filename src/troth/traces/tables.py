"""All sums at one time, and the origins of a forecast read from them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

from troth.traces.decay import HALF_LIVES_DAYS, rates_of
from troth.traces.ground import Ground
from troth.traces.hashing import find, number, pack, slots_of
from troth.traces.keys import (
    HOUSE,
    ORG_TRUSTEE,
    ORGANISATION,
    PAIR,
    REVERSE,
    TRIPLE,
    TRUSTEE,
    TRUSTER,
)
from troth.traces.origins import ORIGINS, fill_origins, without
from troth.traces.rollup import roll_up, total

if TYPE_CHECKING:
    from troth.types import CodeArray, FloatArray, IntArray

#: The one half-life, in days, of the sums by dimension.
DIMENSION_DAYS: Final = 90.0
THREADS: Final = 2


@dataclass(frozen=True)
class Table:
    """The sums of one kind of key.

    Attributes:
        keys: (K,) int64, each once, in no promised order: a code, or two packed into one.
        values: (K, 2H) float64 of mass for and then against by half-life; followed, where
            dimensions are kept, by four of mass for and four against by dimension.
        lives: H, how many half-lives.
    """

    keys: IntArray
    values: FloatArray
    lives: int

    def __len__(self) -> int:
        return int(self.keys.size)

    @property
    def sums(self) -> FloatArray:
        """(K, 2, H): key, sign (for, against), half-life."""
        return self.values[:, : 2 * self.lives].reshape(-1, 2, self.lives)

    @property
    def dimensions(self) -> FloatArray:
        """(K, 2, 4): key, sign, dimension, at 90 days; (K, 2, 0) where dimensions are not kept."""
        by_dimension = self.values[:, 2 * self.lives :]
        return by_dimension.reshape(len(self), 2, by_dimension.shape[1] // 2)

    @cached_property
    def _slots(self) -> CodeArray:
        return slots_of(self.keys)

    def find(self, wanted: IntArray) -> CodeArray:
        """Where keys are: (n,) int32 rows for (n,) int64 ``wanted``; −1 for unknown."""
        return find(self.keys, wanted, self._slots)


@njit(cache=True, nogil=True)
def _copy(table, key, out):
    for sign in range(2):
        for h in range(out.shape[1]):
            out[sign, h] = table[key, sign * out.shape[1] + h] if key >= 0 else 0.0


@njit(cache=True, nogil=True)
def _read(found, tables, out):
    pair, house, trustee, organisation, org_trustee, truster, triple = tables
    sums = np.empty((found.shape[1], 2, out.shape[3]))
    for row in range(found.shape[0]):
        keys = found[row]
        _copy(pair, keys[PAIR], sums[PAIR])
        _copy(house, keys[HOUSE], sums[HOUSE])
        _copy(trustee, keys[TRUSTEE], sums[TRUSTEE])
        _copy(organisation, keys[ORGANISATION], sums[ORGANISATION])
        _copy(org_trustee, keys[ORG_TRUSTEE], sums[ORG_TRUSTEE])
        _copy(truster, keys[TRUSTER], sums[TRUSTER])
        _copy(triple, keys[TRIPLE], sums[TRIPLE])
        _copy(pair, keys[REVERSE], sums[REVERSE])
        fill_origins(sums, out[row])


@njit(cache=True, nogil=True)
def _read_dimensions(found, tables, lives, out):
    pair, house, triple = tables
    for row in range(found.shape[0]):
        for i in range(8):
            column = 2 * lives + i
            if found[row, PAIR] >= 0:
                out[row, 0, i // 4, i % 4] = max(0.0, pair[found[row, PAIR], column])
            if found[row, HOUSE] >= 0:
                own = triple[found[row, TRIPLE], column] if found[row, TRIPLE] >= 0 else 0.0
                out[row, 1, i // 4, i % 4] = without(house[found[row, HOUSE], column], own)


@dataclass(frozen=True)
class Traces:
    """The decayed sums of all keys at one time.

    Attributes:
        at_us: the time, in microseconds UTC; every row known before it is in.
        half_lives_days: (H) increasing.
        ground: the finest sums, (truster, trustee, organisation).
        pair: by (truster, trustee), packed.
        house: by (truster, organisation), packed; evidence without organisation is left out.
        trustee: by trustee.
        organisation: by organisation.
        org_trustee: by (organisation, trustee), packed.
        truster: by truster.
    """

    at_us: int
    half_lives_days: tuple[float, ...]
    ground: Ground
    pair: Table
    house: Table
    trustee: Table
    organisation: Table
    org_trustee: Table
    truster: Table

    @classmethod
    def rolled_up(
        cls,
        ground: Ground,
        at_us: int,
        half_lives_days: tuple[float, ...] = HALF_LIVES_DAYS,
        threads: int = THREADS,
    ) -> Traces:
        """Sum the finest sums up to every kind of key.

        Args:
            ground: sums at ``at_us``.
            at_us: their time.
            half_lives_days: theirs.
            threads: how many work at once.

        Returns:
            All sums.
        """
        lives = len(half_lives_days)
        rolled = roll_up(ground, threads)
        tables = {name: Table(keys, values, lives) for name, (keys, values) in rolled.items()}
        return cls(at_us, half_lives_days, ground, **tables)

    @cached_property
    def triple(self) -> Table:
        """By pair and organisation: keys pack the pair's row in ``pair`` and organisation + 1."""
        ground = self.ground
        pair = self.pair.find(ground.pair)
        keys = pack(pair, ground.organisation + np.int32(1))
        return Table(keys, ground.values, len(self.half_lives_days))

    @property
    def has_dimensions(self) -> bool:
        """Whether sums by dimension are kept."""
        return bool(self.ground.values.shape[1] > 2 * len(self.half_lives_days))

    def find(self, truster: CodeArray, trustee: CodeArray, organisation: CodeArray) -> CodeArray:
        """Where the keys of forecasts are.

        Args:
            truster: (n,) int32.
            trustee: (n,) int32.
            organisation: (n,) int32 the trustee's organisation now; −1 for none.

        Returns:
            (n, 8) int32 rows in the tables, in the order of ``troth.traces.keys``; −1 for unknown.
        """
        found = np.empty((truster.size, 8), np.int32)
        found[:, PAIR] = self.pair.find(pack(truster, trustee))
        found[:, REVERSE] = self.pair.find(pack(trustee, truster))
        found[:, HOUSE] = self.house.find(pack(truster, organisation))
        found[:, TRUSTEE] = self.trustee.find(trustee.astype(np.int64))
        found[:, ORGANISATION] = self.organisation.find(organisation.astype(np.int64))
        found[:, ORG_TRUSTEE] = self.org_trustee.find(pack(organisation, trustee))
        found[:, TRUSTER] = self.truster.find(truster.astype(np.int64))
        inside = np.where(organisation >= 0, organisation + 1, -1).astype(np.int32)
        found[:, TRIPLE] = self.triple.find(pack(found[:, PAIR], inside))
        return found

    def origins(
        self, truster: CodeArray, trustee: CodeArray, organisation: CodeArray
    ) -> FloatArray:
        """The evidence of each origin for forecasts.

        Args:
            truster: (n,) int32.
            trustee: (n,) int32.
            organisation: (n,) int32 the trustee's organisation now; −1 for none.

        Returns:
            (n, 6, 2, H): origin (``ORIGINS``), sign, half-life; zeros where nothing is known.
        """
        lives = len(self.half_lives_days)
        out = np.empty((truster.size, len(ORIGINS), 2, lives))
        tables = (
            self.pair, self.house, self.trustee, self.organisation,
            self.org_trustee, self.truster, self.triple,
        )  # fmt: skip
        found = self.find(truster, trustee, organisation)
        _read(found, tuple(table.values for table in tables), out)
        return out

    def dimensions(
        self, truster: CodeArray, trustee: CodeArray, organisation: CodeArray
    ) -> FloatArray:
        """The evidence by dimension, direct and with the house through anyone else, at 90 days.

        Args:
            truster: (n,) int32.
            trustee: (n,) int32.
            organisation: (n,) int32; −1 for none.

        Returns:
            (n, 2, 2, 4): origin (direct, house), sign, dimension.

        Raises:
            ValueError: dimensions were not kept.
        """
        if not self.has_dimensions:
            msg = "these sums were made without dimensions"
            raise ValueError(msg)
        out = np.zeros((truster.size, 2, 2, 4))
        tables = (self.pair.values, self.house.values, self.triple.values)
        found = self.find(truster, trustee, organisation)
        _read_dimensions(found, tables, len(self.half_lives_days), out)
        return out

    def decay_to(self, at_us: int) -> Traces:
        """The same evidence seen from a later time, with none added.

        Args:
            at_us: not before ``self.at_us``.

        Returns:
            New sums.

        Raises:
            ValueError: the time is earlier; what was forgotten cannot be recalled.
        """
        if at_us < self.at_us:
            msg = f"sums at {self.at_us} cannot be brought back to {at_us}"
            raise ValueError(msg)
        factors = factors_between(
            self.at_us, at_us, self.half_lives_days, dimensions=self.has_dimensions
        )
        ground = replace(self.ground, values=self.ground.values * factors)

        def later(table: Table) -> Table:
            if table.values is self.ground.values:
                return replace(table, values=ground.values)
            return replace(table, values=table.values * factors)

        return replace(
            self,
            at_us=at_us,
            ground=ground,
            pair=later(self.pair),
            house=later(self.house),
            trustee=later(self.trustee),
            organisation=later(self.organisation),
            org_trustee=later(self.org_trustee),
            truster=later(self.truster),
        )


def factors_between(
    earlier_us: int, later_us: int, half_lives_days: tuple[float, ...], *, dimensions: bool
) -> FloatArray:
    """What is left of each value of a table after a time.

    Args:
        earlier_us: when the values were summed.
        later_us: when they are read.
        half_lives_days: (H) increasing.
        dimensions: whether the values end with sums by dimension.

    Returns:
        (2H,) or (2H + 8,) float64.
    """
    elapsed = later_us - earlier_us
    lives = np.exp2(-elapsed * rates_of(half_lives_days))
    dimension = np.exp2(-elapsed * rates_of((DIMENSION_DAYS,)))
    return np.concatenate([lives, lives, np.repeat(dimension, 8 if dimensions else 0)])


def merge(first: Traces, second: Traces) -> Traces:
    """Sums of the evidence of both, in either order.

    Args:
        first: sums of some rows.
        second: sums of other rows, at the same time, of the same codes.

    Returns:
        Sums of all the rows.

    Raises:
        ValueError: times, half-lives or dimensions differ.
    """
    for name in ("at_us", "half_lives_days", "has_dimensions"):
        if getattr(first, name) != getattr(second, name):
            msg = f"sums with different {name} do not merge"
            raise ValueError(msg)
    names = ("pair", "organisation", "values")
    pair, organisation, values = (
        np.concatenate([getattr(first.ground, name), getattr(second.ground, name)])
        for name in names
    )
    codes, pairs = number(pair)
    keys, sums = total(pack(codes, organisation + np.int32(1)), values)
    organisation = ((keys & 0xFFFFFFFF) - 1).astype(np.int32)
    ground = Ground(pairs[keys >> 32], organisation, sums)
    return Traces.rolled_up(ground, first.at_us, first.half_lives_days)
