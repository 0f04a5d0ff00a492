"""How fast traces are summed, beside peers in the same run: ``python -m benchmarks.speed.traces``.

Others may share the machine, so that only ratios within one run say something. The two contenders
of the file bench take turns, each in a fresh process; the best time of each counts.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from benchmarks.speed.data import parquet
from benchmarks.speed.page import page_of
from benchmarks.speed.process import alone

HERE: Final = Path(__file__).parent
GROWTH: Final = (1_000_000, 10_000_000, 100_000_000)
#: Contender, how many events, the bar in events a second, and what it is.
STREAMS: Final = (
    ("troth_arrays", 5_000_000, 2e6, "troth stream, arrays"),
    ("troth_late_arrays", 5_000_000, 2e6, "troth stream, arrays in random order, with dimensions"),
    ("troth_one_by_one", 500_000, 3e5, "troth stream, one call an event"),
    ("troth_features", 5_000_000, 1e6, "troth prequential, 100,000 judged"),
    ("troth_features_of_all", 1_000_000, 1e6, "troth prequential, all judged"),
    ("dictionary", 500_000, None, "plain dictionary, one sum by pair"),
    ("river_logistic", 50_000, None, "river, logistic regression"),
    ("openskill_rating", 20_000, None, "openskill, Plackett-Luce"),
    ("glicko2_rating", 20_000, None, "glicko2"),
    ("trueskill_rating", 5_000, None, "trueskill"),
)


def file_bench(events: int, rounds: int) -> dict[str, Any]:
    """DuckDB and troth on the same file, in turns."""
    path = parquet(events)
    alone("benchmarks.speed.file_sums:troth_all_origins", parquet(1_000))  # caches warm
    runs: dict[str, list[dict[str, Any]]] = {"duckdb": [], "troth": []}
    for _ in range(rounds):
        runs["duckdb"].append(alone("benchmarks.speed.file_sums:duckdb_bare", path))
        runs["troth"].append(alone("benchmarks.speed.file_sums:troth_all_origins", path))
    best = {name: min(tries, key=lambda run: run["seconds"]) for name, tries in runs.items()}
    cpu = {name: min(run["cpu_seconds"] for run in tries) for name, tries in runs.items()}
    whole = {name: min(run["process_seconds"] for run in tries) for name, tries in runs.items()}
    return {
        "events": events,
        "file_gb": path.stat().st_size / 1e9,
        **best,
        "ratio": best["troth"]["seconds"] / best["duckdb"]["seconds"],
        "ratio_cpu": cpu["troth"] / cpu["duckdb"],
        "ratio_process": whole["troth"] / whole["duckdb"],
        "ratios": [
            b["seconds"] / a["seconds"] for a, b in zip(runs["duckdb"], runs["troth"], strict=True)
        ],
    }


def growth_bench(sizes: tuple[int, ...]) -> list[dict[str, Any]]:
    """Troth alone on files of several sizes, with keys in proportion."""
    contender = "benchmarks.speed.file_sums:troth_all_origins"
    return [{"events": events, **alone(contender, parquet(events))} for events in sizes]


def cold_bench() -> dict[str, Any]:
    """The first sum ever: nothing compiled is at hand."""
    with tempfile.TemporaryDirectory() as empty:
        return alone(
            "benchmarks.speed.file_sums:troth_all_origins",
            parquet(1_000_000),
            environment={"NUMBA_CACHE_DIR": empty},
        )


def stream_bench() -> list[dict[str, Any]]:
    """Every contender on one core."""
    found = []
    for name, events, bar, label in STREAMS:
        figures = alone(f"benchmarks.speed.streams:{name}", events)
        found.append({"name": name, "label": label, "bar": bar, **figures})
    return found


def main() -> None:
    """Run all, write the tables beside this file, print one of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="print JSON instead of Markdown")
    chosen = parser.parse_args()
    file = file_bench(chosen.events, chosen.rounds)
    sizes = tuple(sorted({*(s for s in GROWTH if s <= 2 * chosen.events), chosen.events}))
    report = {
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "file": file,
        "growth": growth_bench(sizes),
        "cold": cold_bench(),
        "streams": stream_bench(),
    }
    page = page_of(report)
    if chosen.events == parser.get_default("events"):
        (HERE / "traces.json").write_text(json.dumps(report, indent=1) + "\n")
        (HERE / "traces.md").write_text(page)
    sys.stdout.write(json.dumps(report) + "\n" if chosen.json else page)


if __name__ == "__main__":
    main()
