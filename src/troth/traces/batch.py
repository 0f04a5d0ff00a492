"""Sum all evidence at one time, from rows or straight from Parquet files.

All threads go through two steps in turn: each scatters rows of its own into blocks, then each folds
the parts that are its own. What comes out depends on the number of threads in its last digits only,
and not at all on their luck.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.traces.arena import PAGE, close_gaps, empty_arena, empty_parts, fold_part, larger_arena
from troth.traces.blocks import NARROW, WIDE, part_bits, scatter
from troth.traces.decay import HALF_LIVES_DAYS, rates_of
from troth.traces.ground import Ground
from troth.traces.parquet import count_rows, read_columns
from troth.traces.tables import DIMENSION_DAYS, THREADS, Traces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from troth.traces.rows import Rows
    from troth.types import AnyArray

#: Rows in a block, and blocks a thread fills before all fold: 40 to 72 bytes a row, so that two
#: threads hold 340 to 600 MB of a large input. Fewer would read each part from memory more often.
BLOCK_ROWS: Final = 1 << 17
BLOCKS: Final = 32

#: truster, trustee, organisation, t_us, from_us, good, bad, loadings.
Columns = tuple["AnyArray", ...]


class _Folder:
    """Blocks and sums of one run."""

    def __init__(
        self,
        query: tuple[int, tuple[float, ...]],
        rows: int,
        threads: int,
        *,
        weighed: bool,
        wide: bool,
    ) -> None:
        self.at_us, self.half_lives_days = query
        self.threads = threads
        self.bits = part_bits(rows)
        self.query = (self.at_us, self.bits, weighed)
        rates = rates_of(self.half_lives_days)
        self.decay = (rates, float(rates_of((DIMENSION_DAYS,))[0]))
        self.pages = [np.array([thread, threads]) for thread in range(threads)]
        blocks = min(BLOCKS, -(-rows // BLOCK_ROWS) + 1) * threads
        words = WIDE if wide else NARROW
        self.whole = np.empty((blocks, min(rows, BLOCK_ROWS), words), np.int64)
        self.parts = empty_parts(1 << self.bits, min(rows, blocks * BLOCK_ROWS))
        self.starts = np.zeros((blocks, len(self.parts) + 1), np.int64)
        self.slack = (len(self.parts) + threads) * PAGE
        room = min(rows, max(rows // 4, 2 * blocks * BLOCK_ROWS)) + threads * self.slack
        self.arena = empty_arena(room, 2 * rates.size + (8 if wide else 0))

    def run(self, sources: list[Iterator[Columns]]) -> Traces:
        """Fold all batches of all sources, one source a thread."""
        with ThreadPoolExecutor(self.threads) as pool:
            while any(list(pool.map(self._fill, range(self.threads), sources))):
                self._make_room()
                list(pool.map(self._fold, range(self.threads)))
                self.starts[:] = 0
        used = close_gaps(self.arena, self.pages)
        pairs, organisations, values, _ = self.arena
        ground = Ground(pairs[:used], organisations[:used], values[:used])
        del self.whole, self.parts
        return Traces.rolled_up(ground, self.at_us, self.half_lives_days, self.threads)

    def _fill(self, thread: int, source: Iterator[Columns]) -> int:
        """Fill a thread's blocks; give back how many."""
        blocks = len(self.whole) // self.threads
        for i in range(blocks):
            columns = next(source, None)
            if columns is None:
                return i
            block = thread * blocks + i
            here = (self.whole[block], self.whole[block].view(np.float64))
            mass, signs = scatter(columns, self.query, here, self.starts[block])
            if signs < 0:
                msg = "a truster or a trustee has a negative code"
                raise ValueError(msg)
            if not np.isfinite(mass):
                msg = "mass is not finite: a weight or an outcome is infinite or not a number"
                raise ValueError(msg)
        return blocks

    def _make_room(self) -> None:
        """See that even if all rows in the blocks are new keys, there is room for them."""
        taken = max(int(page[0]) for page in self.pages) * PAGE
        rows = self.starts[:, 1:] - self.starts[:, :-1]
        most = max(int(rows[:, thread :: self.threads].sum()) for thread in range(self.threads))
        wanted = taken + self.threads * (most + self.slack)
        if wanted > len(self.arena[0]):
            self.arena = larger_arena(self.arena, taken, wanted + wanted // 2)

    def _fold(self, thread: int) -> None:
        """Fold the parts of one thread."""
        blocks = (self.whole, self.whole.view(np.float64), self.starts)
        for part in range(thread, len(self.parts), self.threads):
            self.parts[part] = fold_part(
                self.arena, self.parts[part], part, blocks, self.pages[thread], self.decay
            )


def _batches(rows: Rows, first: int, step: int, *, wide: bool) -> Iterator[Columns]:
    for start in range(first * BLOCK_ROWS, len(rows), step * BLOCK_ROWS):
        part = slice(start, start + BLOCK_ROWS)
        yield (
            rows.truster[part], rows.trustee[part], rows.organisation[part],
            rows.t_us[part], rows.from_us[part], rows.good[part], rows.bad[part],
            rows.loadings[part] if wide else np.empty((0, 4)),
        )  # fmt: skip


def sum_rows(
    rows: Rows,
    at_us: int,
    half_lives_days: tuple[float, ...] = HALF_LIVES_DAYS,
    *,
    dimensions: bool = True,
    threads: int = THREADS,
) -> Traces:
    """Sum rows at one time.

    Args:
        rows: evidence in any order; only rows with ``from_us`` < ``at_us`` count.
        at_us: the time of the sums, microseconds UTC.
        half_lives_days: strictly increasing, in days.
        dimensions: whether to keep sums by dimension too.
        threads: how many work at once, ≥ 1.

    Returns:
        The sums of all keys.

    Raises:
        ValueError: half-lives are out of order, or a mass is not finite.
    """
    query = (at_us, half_lives_days)
    folder = _Folder(query, len(rows), threads, weighed=False, wide=dimensions)
    return folder.run([_batches(rows, i, threads, wide=dimensions) for i in range(threads)])


def sum_file(
    paths: str | Path | Sequence[str | Path],
    at_us: int,
    half_lives_days: tuple[float, ...] = HALF_LIVES_DAYS,
    *,
    threads: int = THREADS,
) -> Traces:
    """Sum Parquet files with integer keys at one time, holding a part of the rows at a time.

    Args:
        paths: files with columns truster, trustee (integers from 0), t_us (int64), outcome (0–1),
            weight, and perhaps organisation (null or negative for none) and from_us (int64).
        at_us: the time of the sums, microseconds UTC; rows known at it or later do not count.
        half_lives_days: strictly increasing, in days.
        threads: how many work at once, ≥ 1.

    Returns:
        The sums of all keys, without dimensions.

    Raises:
        ValueError: a column is missing or holds what it must not, or half-lives are out of order.
    """
    files = [paths] if isinstance(paths, (str, Path)) else list(paths)
    query = (at_us, half_lives_days)
    folder = _Folder(query, count_rows(files), threads, weighed=True, wide=False)
    return folder.run([read_columns(files, i, threads, BLOCK_ROWS) for i in range(threads)])
