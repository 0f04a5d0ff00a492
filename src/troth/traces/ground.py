"""The finest sums, pair by organisation, from which all other sums are rolled up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numba import njit

from troth.traces.blocks import ROWS_A_KEY, part_bits, part_of

if TYPE_CHECKING:
    from troth.types import CodeArray, FloatArray, IntArray


@njit(cache=True, nogil=True)
def _order(pair, bits):
    starts = np.zeros((1 << bits) + 1, np.int64)
    for row in range(pair.size):
        starts[part_of(pair[row] >> 32, bits) + 1] += 1
    for part in range(1 << bits):
        starts[part + 1] += starts[part]
    free = starts[:-1].copy()
    order = np.empty(pair.size, np.int32)
    for row in range(pair.size):
        part = part_of(pair[row] >> 32, bits)
        order[free[part]] = row
        free[part] += 1
    return order, starts


@dataclass(frozen=True)
class Ground:
    """Sums by (truster, trustee, organisation), each once, in no promised order.

    Attributes:
        pair: (K,) int64 truster and trustee, packed.
        organisation: (K,) int32; −1 for none.
        values: (K, W) float64; see ``troth.traces.tables.Table``.
    """

    pair: IntArray
    organisation: CodeArray
    values: FloatArray

    def __len__(self) -> int:
        return int(self.pair.size)

    @property
    def truster(self) -> CodeArray:
        """(K,) int32."""
        return (self.pair >> 32).astype(np.int32)

    @property
    def trustee(self) -> CodeArray:
        """(K,) int32."""
        return (self.pair & 0xFFFFFFFF).astype(np.int32)

    def parts(self) -> list[CodeArray]:
        """Positions, split by truster: every key with a truster in it lies in one part."""
        order, starts = _order(self.pair, part_bits(ROWS_A_KEY * len(self)))
        return np.split(order, starts[1:-1])
