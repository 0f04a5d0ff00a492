"""Sums from one Parquet file: troth's of all origins, and DuckDB's bare count and sum by pair.

Time runs once both are loaded: imports and connection there, imports and compiled folds here. What
loading takes is said apart, and the time of the whole process counts all of it.
"""

from __future__ import annotations

import time
from typing import Any


def troth_all_origins(path: str) -> dict[str, Any]:
    """Ten decayed sums of all seven kinds of key, as arrays in memory, two threads."""
    started = time.perf_counter()
    from benchmarks.speed.data import END_US, parquet
    from troth.traces.batch import sum_file

    sum_file(parquet(1_000), END_US)
    loading = time.perf_counter() - started
    started = time.perf_counter()
    traces = sum_file(path, END_US)
    took = time.perf_counter() - started
    return {
        "seconds": took,
        "loading_seconds": loading,
        "keys": sum(
            len(table)
            for table in (
                traces.pair, traces.house, traces.trustee, traces.organisation,
                traces.org_trustee, traces.truster,
            )
        ),
        "pairs": len(traces.pair),
        "mass": float(traces.trustee.sums[:, :, -1].sum()),
    }  # fmt: skip


def duckdb_bare(path: str) -> dict[str, Any]:
    """``count(*), sum(weight)`` by pair into a temporary table, two threads."""
    started = time.perf_counter()
    import duckdb

    connection = duckdb.connect()
    connection.execute("set threads = 2")
    loading = time.perf_counter() - started
    started = time.perf_counter()
    connection.execute(
        "create temp table sums as select truster, trustee, count(*) n, sum(weight) mass "
        f"from read_parquet('{path}') group by truster, trustee"
    )
    took = time.perf_counter() - started
    pairs, mass = connection.execute("select count(*), sum(mass) from sums").fetchall()[0]
    return {
        "seconds": took,
        "loading_seconds": loading,
        "keys": pairs,
        "pairs": pairs,
        "mass": mass,
    }
