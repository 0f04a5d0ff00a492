"""Read the columns of evidence from Parquet files, a few rows at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

    from troth.types import AnyArray

NEEDED: Final = ("truster", "trustee", "t_us", "outcome", "weight")
OPTIONAL: Final = ("organisation", "from_us")
_TYPES: Final = {
    "truster": np.int32,
    "trustee": np.int32,
    "organisation": np.int32,
    "t_us": np.int64,
    "from_us": np.int64,
    "outcome": np.float64,
    "weight": np.float64,
}


def _opened(path: str | Path) -> Any:
    import pyarrow.parquet as pq

    return pq.ParquetFile(path, pre_buffer=False)


def count_rows(paths: Sequence[str | Path]) -> int:
    """How many rows the files hold, from their footers.

    Args:
        paths: Parquet files.

    Returns:
        The number of rows.

    Raises:
        ValueError: a column is missing.
    """
    rows = 0
    for path in paths:
        with _opened(path) as file:
            missing = set(NEEDED) - set(file.schema_arrow.names)
            if missing:
                msg = f"{path}: columns are missing: {', '.join(sorted(missing))}"
                raise ValueError(msg)
            rows += file.metadata.num_rows
    return rows


def _column(batch: pa.RecordBatch, name: str) -> AnyArray:
    """One column as numpy, without a copy where its type is already ours."""
    import pyarrow as pa

    column, wanted = batch.column(name), pa.from_numpy_dtype(_TYPES[name])
    if column.null_count and name == "organisation":
        column = column.fill_null(-1)
    if column.null_count:
        msg = f"column {name} has empty cells"
        raise ValueError(msg)
    try:
        values: AnyArray = (column if column.type == wanted else column.cast(wanted)).to_numpy()
    except pa.ArrowInvalid as error:
        msg = f"column {name}: {error}"
        raise ValueError(msg) from error
    return values


def _columns(batch: pa.RecordBatch) -> tuple[AnyArray, ...]:
    names = batch.schema.names
    t_us = _column(batch, "t_us")
    nowhere = np.full(t_us.size, -1, np.int32)
    return (
        _column(batch, "truster"),
        _column(batch, "trustee"),
        _column(batch, "organisation") if "organisation" in names else nowhere,
        t_us,
        _column(batch, "from_us") if "from_us" in names else t_us,
        _column(batch, "weight"),
        _column(batch, "outcome"),
        np.empty((0, 4)),
    )


def read_columns(
    paths: Sequence[str | Path], first: int, step: int, rows: int
) -> Iterator[tuple[AnyArray, ...]]:
    """Read every ``step``-th row group from ``first`` on, in batches.

    Args:
        paths: Parquet files; see ``troth.traces.batch.sum_file``.
        first: the number of the first row group, counted through all files.
        step: how many readers share the files.
        rows: at most so many in a batch.

    Yields:
        truster, trustee, organisation (int32, −1 for none), t_us, from_us (int64), weight
        and outcome (float64), each (n,), and no loadings (0, 4).

    Raises:
        ValueError: a column holds empty cells or values too large.
    """
    seen = 0
    for path in paths:
        with _opened(path) as file:
            names = [name for name in (*NEEDED, *OPTIONAL) if name in file.schema_arrow.names]
            groups = range((first - seen) % step, file.metadata.num_row_groups, step)
            seen += file.metadata.num_row_groups
            for group in groups:
                for batch in file.iter_batches(
                    batch_size=rows, row_groups=[group], columns=names, use_threads=False
                ):
                    yield _columns(batch)
