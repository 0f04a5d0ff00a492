"""Made-up events for the speed benches: one year, skewed, with integer keys, seeded."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

SEED: Final = 20240229
START_US: Final = 1_704_067_200_000_000
YEAR_US: Final = 365 * 86_400_000_000
END_US: Final = START_US + YEAR_US
ORGANISATIONS: Final = 500
TRUSTEES: Final = 50_000
ROW_GROUP: Final = 1 << 20


@dataclass(frozen=True)
class Columns:
    """The six columns of a made-up file, in order of time."""

    truster: np.ndarray
    trustee: np.ndarray
    organisation: np.ndarray
    t_us: np.ndarray
    outcome: np.ndarray
    weight: np.ndarray

    def table(self) -> pa.Table:
        """The columns as an Arrow table."""
        import pyarrow as pa

        return pa.table(vars(self))


def _pairs(events: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A tenth as many pairs as events and a fiftieth as many trusters; trustees near Zipf's law."""
    pairs, trusters = max(1, events // 10), max(1, events // 50)
    rank = np.arange(1, TRUSTEES + 1)
    popularity = np.cumsum(1.0 / (rank + 50.0))
    popularity /= popularity[-1]
    trustee = np.searchsorted(popularity, rng.random(pairs)).astype(np.int32)
    trustee = rng.permutation(TRUSTEES).astype(np.int32)[np.minimum(trustee, TRUSTEES - 1)]
    return rng.integers(0, trusters, pairs, dtype=np.int32), trustee


def columns(events: int, seed: int = SEED) -> list[Columns]:
    """Make events in chunks of one row group.

    Args:
        events: how many in all, spread evenly over the year.
        seed: of the random generator.

    Returns:
        Chunks in order of time. Outcomes are 85% kept, 10% broken and 5% soft; weights 0.5 to 1.5.
    """
    return list(_chunks(events, seed))


def _chunks(events: int, seed: int):
    rng = np.random.default_rng(seed)
    truster, trustee = _pairs(events, rng)
    house = rng.integers(0, ORGANISATIONS, TRUSTEES, dtype=np.int32)
    for start in range(0, events, ROW_GROUP):
        n = min(ROW_GROUP, events - start)
        first = START_US + YEAR_US * start // events
        last = START_US + YEAR_US * (start + n) // events
        pair = (truster.size * rng.random(n) ** 1.5).astype(np.int64)
        luck = rng.random(n)
        outcome = np.where(luck < 0.85, 1.0, np.where(luck < 0.95, 0.0, rng.random(n)))
        yield Columns(
            truster[pair],
            trustee[pair],
            house[trustee[pair]],
            np.sort(rng.integers(first, last, n)),
            outcome,
            rng.uniform(0.5, 1.5, n),
        )


def folder() -> Path:
    """Where made-up files are kept: ``TROTH_BENCH_TMP``, or the system's temporary folder."""
    path = Path(os.environ.get("TROTH_BENCH_TMP") or Path(tempfile.gettempdir()) / "troth-bench")
    path.mkdir(parents=True, exist_ok=True)
    return path


def parquet(events: int) -> Path:
    """The Parquet file of so many events, made once and kept."""
    import pyarrow.parquet as pq

    path = folder() / f"events-{events}-{SEED}.parquet"
    if path.exists():
        return path
    unfinished = path.with_suffix(".part")
    writer = None
    for chunk in _chunks(events, SEED):
        table = chunk.table()
        writer = writer or pq.ParquetWriter(unfinished, table.schema)
        writer.write_table(table, row_group_size=ROW_GROUP)
    assert writer is not None
    writer.close()
    unfinished.rename(path)
    return path
