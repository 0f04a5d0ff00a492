"""Whole processes as a person runs them: ``python -m benchmarks.speed.score``.

Times `troth --help`, `troth score` on a million events (warm and cold) and one warm fit on 100,000
outcomes, beside the floor of reading the same file with pyarrow alone. Writes score.md and score.json.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

HERE = Path(__file__).parent
EVENTS = 1_000_000
KINDS = ("message", "promise_kept", "promise_broken", "survey", "delivery", "complaint_opened")
SHARES = (0.5, 0.2, 0.03, 0.15, 0.1, 0.02)


def make(path: Path, rng: np.random.Generator) -> None:
    """A million events of 200,000 relationships in forty houses, text ids, a year."""
    pairs = 200_000
    truster, trustee = rng.integers(0, 100_000, pairs), rng.integers(0, 2_000, pairs)
    which = np.minimum((rng.random(EVENTS) ** 1.5 * pairs).astype(int), pairs - 1)
    t_us = (1_700_000_000 + np.sort(rng.integers(0, 365 * 86_400, EVENTS))) * 1_000_000
    kind = rng.choice(len(KINDS), EVENTS, p=SHARES)
    outcome = np.where(kind == 3, rng.integers(0, 5, EVENTS) / 4, np.nan)
    table = pa.table(
        {
            "event_id": [f"e{i:08d}" for i in range(EVENTS)],
            "at": pa.array(t_us, pa.timestamp("us", tz="UTC")),
            "truster": [f"cust-{i}" for i in truster[which]],
            "trustee": [f"staff-{i}" for i in trustee[which]],
            "organisation": [f"org-{i % 40}" for i in trustee[which]],
            "kind": np.array(KINDS)[kind],
            "outcome": pa.array(outcome, from_pandas=True),
        }
    )
    pq.write_table(table, path)


def seconds(*command: str, runs: int = 5, **environment: str) -> list[float]:
    """Wall seconds of whole processes, sorted."""
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True, env=os.environ | environment)
        took.append(time.perf_counter() - start)
    return sorted(took)


FIT = """
import time, numpy as np
from troth.lab.recovery import World, simulate
from troth.ledger.read import read_events
from troth.trust.fit import Fitter
from troth.trust.judge import Protocol
from troth.trust.learn import ground_of
from troth.trust.parameters import default_parameters
rng = np.random.default_rng(1)
table, _ = simulate(default_parameters(), World(2000, 200, 100_000), rng)
fitter = Fitter(ground_of(read_events(table, now_us=2 * 10**15).events, Protocol()))
fitter.fit(2000)
start = time.perf_counter()
fitter.fit(100_000)
print(time.perf_counter() - start)
"""


def main() -> None:
    """Measure, print and write the table."""
    troth = str(Path(sys.executable).with_name("troth"))
    floor = "import pyarrow.parquet as pq, sys; pq.read_table(sys.argv[1])"
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "events.parquet", str(Path(folder) / "b.parquet")
        make(path, np.random.default_rng(1))
        seconds(troth, "score", str(path), "-o", out, runs=1)
        warm = seconds(troth, "score", str(path), "-o", out)
        stream = seconds(troth, "score", str(path), "-o", out, "--engine", "stream", runs=3)
        read = seconds(sys.executable, "-c", floor, str(path))
        cold = seconds(troth, "score", str(path), "-o", out, runs=1, NUMBA_CACHE_DIR=folder)
    shown = seconds(troth, "--help", runs=9)
    fit = float(subprocess.run([sys.executable, "-c", FIT], check=True, capture_output=True).stdout)
    found = {
        "score_1m_s": warm, "score_1m_stream_s": stream, "score_1m_cold_s": cold, "read_only_s": read,
        "help_s": shown, "fit_100k_s": fit,
    }  # fmt: skip
    rows = [
        ("`troth score`, 1 M events, whole process, warm", warm[0], warm[len(warm) // 2], "≤ 4"),
        ("the same, `--engine stream`", stream[0], stream[1], ""),
        ("the same, nothing compiled yet", cold[0], cold[0], ""),
        ("floor: pyarrow reads the same file, whole process", read[0], read[2], ""),
        ("`troth --help`", shown[0], shown[4], "≤ 0.3"),
        ("one warm fit on 100,000 outcomes, choices included", fit, fit, "≤ 60"),
    ]
    lines = [
        "# Whole processes", "", "`python -m benchmarks.speed.score`, 2 cores; read the ratio.", "",
        "| what | best s | median s | bar s |", "|---|---|---|---|",
        *(f"| {what} | {best:.2f} | {median:.2f} | {bar} |" for what, best, median, bar in rows), "",
        f"Ratio of the best warm score to the floor: {warm[0] / read[0]:.1f}.", "",
    ]  # fmt: skip
    print("\n".join(lines))
    (HERE / "score.md").write_text("\n".join(lines), encoding="utf-8")
    (HERE / "score.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
