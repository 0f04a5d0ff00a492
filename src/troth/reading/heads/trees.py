"""Boosted regression trees on a few dozen dense columns, small enough to travel in a reader's file.

Least squares, histograms of at most 63 bins, grown leaf by leaf, with rows and columns sampled for
each tree. Source: friedman2001 (gradient boosting); ke2017 (histograms, leaf-wise growth).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numba import njit

if TYPE_CHECKING:
    from troth.types import AnyArray, FloatArray

BINS: Final = 63
_LEAF: Final = -1


@dataclass(frozen=True)
class Growth:
    """How trees grow.

    Attributes:
        rounds: trees an output.
        rate: share of each tree that counts.
        leaves: most leaves a tree.
        least: fewest rows a leaf.
        ridge: added to the rows of a leaf when its value is taken.
        rows: share of rows seen by a tree.
        columns: share of columns seen by a tree.
    """

    rounds: int = 150
    rate: float = 0.04
    leaves: int = 15
    least: int = 20
    ridge: float = 5.0
    rows: float = 0.7
    columns: float = 0.4


@dataclass(frozen=True)
class Trees:
    """Fitted trees for k outputs, r rounds each, at most m nodes a tree.

    Attributes:
        base: (k,) what is forecast before any tree.
        column: (k, r, m) column a node asks for; −1 in a leaf.
        bound: (k, r, m) rows with a value at most this go left.
        left: (k, r, m) place of the left child; the right one follows it.
        value: (k, r, m) what a leaf adds.
    """

    base: FloatArray
    column: AnyArray
    bound: AnyArray
    left: AnyArray
    value: AnyArray

    def predict(self, x: AnyArray) -> FloatArray:
        """The forecast of rows.

        Args:
            x: (n, p) columns as in training; missing values are not taken.

        Returns:
            (n, k).
        """
        out = np.tile(self.base, (len(x), 1))
        _predict(
            np.ascontiguousarray(x, np.float32), self.column, self.bound, self.left, self.value, out
        )
        return out

    def arrays(self) -> dict[str, AnyArray]:
        """What to keep in a file."""
        return {
            "base": self.base, "column": self.column, "bound": self.bound, "left": self.left,
            "value": self.value,
        }  # fmt: skip


def fit_trees(
    x: AnyArray, y: FloatArray, rng: np.random.Generator, growth: Growth | None = None
) -> Trees:
    """Fit trees.

    Args:
        x: (n, p) columns.
        y: (n, k) outputs, each fitted by trees of its own.
        rng: for sampling rows and columns.
        growth: how they grow.

    Returns:
        The trees.
    """
    growth = growth or Growth()
    x = np.ascontiguousarray(x, np.float32)
    n, p = x.shape
    edges = _edges(x)
    binned = np.stack([np.searchsorted(edges[j], x[:, j], "left") for j in range(p)], 1).astype(
        np.uint8
    )
    k, nodes = y.shape[1], 2 * growth.leaves - 1
    shape = (k, growth.rounds, nodes)
    column = np.full(shape, _LEAF, np.int16)
    bound, value = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    left = np.zeros(shape, np.int16)
    take_rows = max(1, round(growth.rows * n))
    take_columns = max(1, round(growth.columns * p))
    base = y.mean(0)
    for out in range(k):
        rest = (y[:, out] - base[out]).astype(np.float64)
        for turn in range(growth.rounds):
            rows = np.sort(rng.permutation(n)[:take_rows]).astype(np.int32)
            columns = np.sort(rng.permutation(p)[:take_columns]).astype(np.int32)
            asks, cut, child, leaf = _grow(
                binned, rows, columns, rest, growth.leaves, growth.least, growth.ridge
            )
            column[out, turn], left[out, turn] = asks, child
            value[out, turn] = leaf * growth.rate
            for node in np.flatnonzero(asks >= 0):
                bound[out, turn, node] = edges[asks[node]][cut[node]]
            _subtract(binned, asks, cut, child, value[out, turn], rest)
    return Trees(base, column, bound, left, value)


def _edges(x: AnyArray) -> list[AnyArray]:
    """Upper edges of bins by column; a value belongs to the first bin whose edge is not below it."""
    shares = np.linspace(0, 1, BINS + 1)[1:-1]
    found = []
    for values in x.T:
        own = np.unique(values)
        if own.size > BINS:
            own = np.unique(np.quantile(values, shares, method="inverted_cdf"))
        found.append(own[:-1] if own.size > 1 and own.size <= BINS else own)
    return found


@njit(cache=True)
def _best(binned, rows, columns, rest, least, ridge):
    """The split of these rows that explains most: gain, column, bin."""
    n = rows.size
    total = 0.0
    for row in rows:
        total += rest[row]
    before = total * total / (n + ridge)
    gain, asks, cut = 1e-12, -1, 0
    sums, counts = np.zeros(BINS + 1), np.zeros(BINS + 1, np.int64)
    for j in columns:
        sums[:] = 0.0
        counts[:] = 0
        for row in rows:
            place = binned[row, j]
            sums[place] += rest[row]
            counts[place] += 1
        own, count = 0.0, 0
        for place in range(BINS):
            own += sums[place]
            count += counts[place]
            if count < least or counts[place] == 0:
                continue
            if n - count < least:
                break
            after = own * own / (count + ridge) + (total - own) ** 2 / (n - count + ridge)
            if after - before > gain:
                gain, asks, cut = after - before, j, place
    return gain, asks, cut


@njit(cache=True)
def _grow(binned, rows, columns, rest, leaves, least, ridge):
    """One tree: columns asked for, bins, left children, leaf values."""
    nodes = 2 * leaves - 1
    asks, cut = np.full(nodes, -1, np.int16), np.zeros(nodes, np.int16)
    child, value = np.zeros(nodes, np.int16), np.zeros(nodes)
    low, high = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    gains = np.full(nodes, -1.0)
    best_asks, best_cut = np.full(nodes, -1, np.int64), np.zeros(nodes, np.int64)
    order = rows.copy()
    spare = rows.copy()
    high[0], used = rows.size, 1
    gains[0], best_asks[0], best_cut[0] = _best(binned, order, columns, rest, least, ridge)
    while used + 2 <= nodes:
        node = -1
        for place in range(used):
            if best_asks[place] >= 0 and (node < 0 or gains[place] > gains[node]):
                node = place
        if node < 0:
            break
        a, b, j, edge = low[node], high[node], best_asks[node], best_cut[node]
        middle, end = a, 0
        for place in range(a, b):
            row = order[place]
            if binned[row, j] <= edge:
                order[middle] = row
                middle += 1
            else:
                spare[end] = row
                end += 1
        order[middle:b] = spare[:end]
        asks[node], cut[node], child[node] = j, edge, used
        best_asks[node] = -1
        low[used], high[used], low[used + 1], high[used + 1] = a, middle, middle, b
        for kid in (used, used + 1):
            gains[kid], best_asks[kid], best_cut[kid] = _best(
                binned, order[low[kid] : high[kid]], columns, rest, least, ridge
            )
        used += 2
    for node in range(used):
        if asks[node] < 0:
            total = 0.0
            for place in range(low[node], high[node]):
                total += rest[order[place]]
            value[node] = total / (high[node] - low[node] + ridge)
    return asks, cut, child, value


@njit(cache=True)
def _subtract(binned, asks, cut, child, value, rest):
    """Take a tree's forecast off what is left to explain."""
    for row in range(rest.size):
        node = 0
        while asks[node] >= 0:
            node = child[node] if binned[row, asks[node]] <= cut[node] else child[node] + 1
        rest[row] -= value[node]


@njit(cache=True)
def _predict(x, column, bound, left, value, out):
    """Add every tree's leaf."""
    for row in range(x.shape[0]):
        for k in range(column.shape[0]):
            total = 0.0
            for turn in range(column.shape[1]):
                node = 0
                while column[k, turn, node] >= 0:
                    at_most = x[row, column[k, turn, node]] <= bound[k, turn, node]
                    node = left[k, turn, node] if at_most else left[k, turn, node] + 1
                total += value[k, turn, node]
            out[row, k] += total
