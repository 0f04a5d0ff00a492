"""The report of the traces' bench as a page of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

RATIO_BAR: Final = 1.6
MEMORY_BAR_GB: Final = 3.5
CONTENDERS: Final = {
    "duckdb": "DuckDB, `count(*), sum(weight)` by pair into a temporary table",
    "troth": "troth, ten decayed sums of all origins' keys",
}
KEYS: Final = """\
Two threads each, fresh processes in turns, compiled folds cached. Keys: pair, (truster,
organisation), trustee, organisation, (organisation, trustee), truster. The finest, pair in
organisation, is summed, and the others are rolled up from it."""


def _table(head: str, rows: Iterable[tuple[object, ...]]) -> list[str]:
    rule = " | ".join("---" for _ in head.split(" | "))
    return [f"| {row} |" for row in (head, rule, *(" | ".join(map(str, row)) for row in rows))]


def _file(file: dict[str, Any]) -> list[str]:
    rows = [
        (
            label,
            f"{file[name]['keys']:,}",
            f"{file[name]['seconds']:.2f}",
            f"{file[name]['loading_seconds']:.2f}",
            f"{file[name]['cpu_seconds']:.1f}",
            f"{file[name]['process_seconds']:.2f}",
            f"{file[name]['memory_gb']:.2f}",
        )
        for name, label in CONTENDERS.items()
    ]
    rounds = ", ".join(f"{ratio:.2f}" for ratio in file["ratios"])
    return [
        f"## From a file: {file['events']:,} events, {file['file_gb']:.2f} GB of Parquet",
        "",
        *_table("contender | keys | s | loading s | CPU s | whole process s | GB", rows),
        "",
        f"Ratio of the best times **{file['ratio']:.2f}** (bar {RATIO_BAR}); round by round",
        f"{rounds}; of whole processes {file['ratio_process']:.2f}, of their processor time",
        f"{file['ratio_cpu']:.2f}. Memory bar {MEMORY_BAR_GB} GB.",
        KEYS,
    ]


def _growth(report: dict[str, Any]) -> list[str]:
    rows = [
        (
            f"{run['events']:,}",
            f"{run['seconds']:.2f}",
            f"{run['cpu_seconds']:.1f}",
            f"{run['seconds'] / run['events'] * 1e9:.0f}",
            f"{run['memory_gb']:.2f}",
        )
        for run in report["growth"]
    ]
    return [
        "## Growth, keys in proportion",
        "",
        *_table("events | s | CPU s | ns an event | GB", rows),
        "",
        "With no compiled fold cached, compiling adds"
        f" {report['cold']['loading_seconds']:.0f} s, once for an installation.",
    ]


def _streams(report: dict[str, Any]) -> list[str]:
    rows = [
        (run["label"], f"{run['per_second']:,.0f}", f"{run['bar']:,.0f}" if run["bar"] else "")
        for run in report["streams"]
    ]
    return [
        "## One core, events a second of processor time",
        "",
        *_table("contender | events/s | bar", rows),
    ]


def page_of(report: dict[str, Any]) -> str:
    """The report, readable.

    Args:
        report: what ``benchmarks.speed.traces`` found.

    Returns:
        Markdown.
    """
    return "\n".join(
        [
            "# Traces: speed and memory",
            "",
            f"Made by `python -m benchmarks.speed.traces` on {report['machine']}, in one run,",
            "while others may have used the machine: read the ratios.",
            "",
            *_file(report["file"]),
            "",
            *_growth(report),
            "",
            *_streams(report),
            "",
        ]
    )
