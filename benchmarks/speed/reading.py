"""How fast messages are read, beside peers in the same run: ``python -m benchmarks.speed.reading``.

One core and one thread; every contender in a process of its own, best of several rounds. Rates count the
thread's own processor time, so that others on the machine disturb them less; the spread of a plain loop,
timed between the contenders, says how much they still do.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.speed.process import alone
from benchmarks.speed.read_page import page_of

HERE: Final = Path(__file__).parent
#: Contender, language, how many of 20,000, the bar a second, and what it is.
RATES: Final = (
    ("bare", "zh", 1.0, None, "bare Aho-Corasick over our plain phrases, zh"),
    ("bare", "en", 1.0, None, "bare Aho-Corasick over our plain phrases, en"),
    ("cues_with_spans", "zh", 1.0, 60_000, "troth, cues with spans, zh"),
    ("cues_with_spans", "en", 1.0, 60_000, "troth, cues with spans, en"),
    ("cues_with_spans", "mixed", 1.0, 60_000, "troth, cues with spans, zh and en in turns"),
    ("whole", "zh", 1.0, 8_000, "troth, whole reading, zh"),
    ("whole", "en", 1.0, 8_000, "troth, whole reading, en"),
    ("whole", "mixed", 1.0, 8_000, "troth, whole reading, zh and en in turns"),
    ("vader", "en", 0.2, None, "VADER, sentiment only, en"),
    ("snownlp", "zh", 0.02, None, "SnowNLP, sentiment only, zh"),
)
DIALOGUES: Final = (
    ("dialogues_installed", 2_000, "as installed"),
    ("dialogues_trained", 150, "with a trained reader"),
)
_STARTS: Final = 7


def noise(tries: int = 15) -> list[float]:
    """Seconds of processor time that the same plain loop took, time after time."""
    took = []
    for _ in range(tries):
        started = time.thread_time()
        sum(range(1_000_000))
        took.append(time.thread_time() - started)
    return took


def _contender(name: str, lang: str, count: int, rounds: int) -> dict[str, Any]:
    return alone(f"benchmarks.speed.read_rates:{name}", lang, count, rounds)


def measure(count: int, rounds: int) -> dict[str, Any]:
    """Every figure.

    Args:
        count: messages by contender; slow peers take a share of them.
        rounds: of each contender.

    Returns:
        The report.
    """
    load, loop = [os.getloadavg()[0]], noise()
    rates = []
    for name, lang, share, bar, label in RATES:
        found = _contender(name, lang, int(count * share), rounds)
        rates.append({"name": name, "lang": lang, "label": label, "bar": bar, **found})
        loop += noise(5)
        load.append(os.getloadavg()[0])
    single = {
        lang: _contender("one_at_a_time", lang, count // 10, rounds)
        for lang in ("zh", "en", "mixed")
    }
    talks = [
        {"label": label, **_contender(name, "mixed", n * count // 20_000, rounds)}
        for name, n, label in DIALOGUES
    ]
    starts = [alone("benchmarks.speed.read_rates:start") for _ in range(_STARTS)]
    memory = alone("benchmarks.speed.read_rates:memory")
    load.append(os.getloadavg()[0])
    return {
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "load": load,
        "noise": {"least": min(loop), "median": float(np.median(loop)), "most": max(loop)},
        "rates": rates,
        "single": single,
        "dialogues": talks,
        "starts": starts,
        "memory": memory,
    }


def main() -> None:
    """Run all, write the tables beside this file, print one of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true", help="print JSON instead of Markdown")
    chosen = parser.parse_args()
    # one core, one thread; processes started from here inherit both
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    report = measure(chosen.count, chosen.rounds)
    page = page_of(report)
    if chosen.count == parser.get_default("count"):
        (HERE / "reading.json").write_text(json.dumps(report, indent=1) + "\n")
        (HERE / "reading.md").write_text(page)
    sys.stdout.write(json.dumps(report) + "\n" if chosen.json else page)


if __name__ == "__main__":
    main()
