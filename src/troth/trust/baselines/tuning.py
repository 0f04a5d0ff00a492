"""Choose a baseline's settings on the training rows, from a small grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from troth.trust.metrics import log_loss

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.trust.baselines.history import Columns, History
    from troth.types import FloatArray

    Walk = Callable[[Columns, tuple[float, ...]], FloatArray]
    Grids = tuple[tuple[float, ...], ...]

#: Settings are chosen on at most this many of the latest training rows, so that large data cost no
#: more than middling ones.
MOST_ROWS = 100_000
ROUNDS = 2


def tuned(history: History, walk: Walk, grids: Grids) -> FloatArray:
    """Forecasts under the settings with the least log-loss on the training rows.

    Every value of the first setting is tried; beside each, the others start in the middle of their
    grids and are chosen one after the other with the rest held, twice round.

    Args:
        history: rows in order of time.
        walk: forecasts of some columns under some settings.
        grids: values tried of each setting.

    Returns:
        (n,) probabilities of all rows.
    """
    columns = history.columns
    train = _training_part(columns, history.trained)
    judged = ~np.isnan(train.outcome)
    losses: dict[tuple[float, ...], float] = {}

    def loss(settings: tuple[float, ...]) -> float:
        if settings not in losses:
            p = walk(train, settings)
            losses[settings] = log_loss(p[judged], train.outcome[judged])
        return losses[settings]

    if not judged.any():
        return walk(columns, tuple(grid[len(grid) // 2] for grid in grids))
    found = [_descended(value, grids[1:], loss) for value in grids[0]]
    return walk(columns, min(found, key=loss))


def _descended(
    first: float, grids: Grids, loss: Callable[[tuple[float, ...]], float]
) -> tuple[float, ...]:
    """The first setting held, the others chosen one after the other."""
    chosen = (first, *(grid[len(grid) // 2] for grid in grids))
    for _ in range(ROUNDS):
        for i, grid in enumerate(grids, start=1):
            tried = [(*chosen[:i], value, *chosen[i + 1 :]) for value in grid]
            chosen = min(tried, key=loss)
    return chosen


def _training_part(columns: Columns, count: int) -> Columns:
    """The latest of the first ``count`` rows, in whole instants."""
    last = int(np.searchsorted(columns.bounds, count, side="left"))
    first = int(np.searchsorted(columns.bounds, count - MOST_ROWS, side="left"))
    start = int(columns.bounds[first])
    rows = slice(start, count)
    return columns._replace(
        ids=columns.ids[rows],
        bounds=columns.bounds[first : last + 1] - start,
        days=columns.days[rows],
        outcome=columns.outcome[rows],
        base=columns.base[rows],
    )
