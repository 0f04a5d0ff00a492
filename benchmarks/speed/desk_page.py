"""The table of the desk's speed."""

from __future__ import annotations

import json
import os
import platform
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

TITLE = """# Speed of the desk

200,000 customers of five houses and two hundred staff, {events:,} events on SQLite (WAL, synchronous FULL);
`troth serve` with two workers on {cores} cores, the load made on the same machine.
`make bench-speed-desk` writes this page.

| what | bar | measured |
|---|---|---|
"""


def write_page(figures: dict, bars: dict, folder: Path) -> None:
    """Write ``desk.json`` and ``desk.md``."""
    (folder / "desk.json").write_text(json.dumps(figures, indent=1) + "\n")
    floor = min(figures["floor"]["p95_ms"], figures["floor again"]["p95_ms"])
    rows = []
    for name in ("today", "today, front line", "relationship", "search"):
        told = figures[name]
        bar = bars[name.split(",")[0]]
        beside = f"p50 {told['p50_ms']:.0f}, {told['per_second']:.0f}/s, {told['bad']} errors"
        floors = f"{told['p95_ms'] / floor:.1f} × an empty answer"
        rows.append((
            f"{name.capitalize()}, 8 clients, p95", f"≤ {bar} ms",
            f"{told['p95_ms']:.0f} ms ({beside}; {floors})",
        ))  # fmt: skip
    single, bulk, brought = figures["single"], figures["bulk"], figures["import"]
    per_second = figures["floor"]["per_second"]
    rows += [
        ("Empty answer, 8 clients, p95", "floor", f"{floor:.0f} ms ({per_second:.0f}/s)"),
        (
            "One event through the API, p95", f"≤ {bars['single']} ms",
            f"{single['p95_ms']:.1f} ms (p50 {single['p50_ms']:.1f})",
        ),
        (
            "Bulk through the API, 10,000 a call, durable", f"≥ {bars['bulk']:,} events/s",
            f"{bulk['per_second']:,.0f} events/s",
        ),
        (
            "Building the desk, appends of 8,000", "",
            f"{figures['built']['per_second']:,.0f} events/s",
        ),
        (
            f"`troth import` of {brought['rows']:,} rows of CSV", f"≤ {bars['import']} s",
            f"{brought['seconds']:.1f} s, {brought['peak_mb']:.0f} MB at most",
        ),
        ("Start to first page", f"≤ {bars['start']} s", f"{figures['start']['seconds']:.1f} s"),
    ]  # fmt: skip
    lines = "".join(f"| {a} | {b} | {c} |\n" for a, b, c in rows)
    title = TITLE.format(events=figures["built"]["events"], cores=os.cpu_count())
    (folder / "desk.md").write_text(
        f"{title}{lines}\nCPython {platform.python_version()}, {platform.machine()}.\n"
    )
    print(lines)
