"""``make chaos``: kill a desk's processes for as long as one likes; ends at the first thing lost."""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from pathlib import Path

from benchmarks.chaos.homes import made, write_file
from benchmarks.chaos.kills import kill_import, kill_rebuild
from benchmarks.chaos.serving import kill_serving


def main() -> None:
    """Run rounds until the time is over, and print what was outlived."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    told = parser.parse_args()
    print(f"seed {told.seed}")
    chance, until, turn = random.Random(told.seed), time.monotonic() + told.minutes * 60, 0
    while time.monotonic() < until:
        turn += 1
        with tempfile.TemporaryDirectory(prefix="troth-chaos-") as folder:
            desk = made(Path(folder) / "home")
            file = write_file(Path(folder) / "events.csv", told.rows, chance.randrange(10**6))
            imports = kill_import(desk, file, 6, chance)
            answered, cut = kill_serving(desk, 4, chance)
            rebuilds = kill_rebuild(desk, 4, chance)
        print(
            f"turn {turn}: outlived {imports} killed imports, {rebuilds} killed rebuilds; "
            f"4 killed servers, {answered} bulks answered before and {cut} posts cut off: "
            "nothing lost, nothing doubled"
        )


if __name__ == "__main__":
    main()
