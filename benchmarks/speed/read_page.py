"""The report of the reader's bench as a page of Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

START_BAR_S: Final = 0.5
MEMORY_BAR_MB: Final = 400
SINGLE_BAR_MS: Final = 5


def _table(head: str, rows: Iterable[tuple[object, ...]]) -> list[str]:
    rule = " | ".join("---" for _ in head.split(" | "))
    return [f"| {row} |" for row in (head, rule, *(" | ".join(map(str, row)) for row in rows))]


def _rates(report: dict[str, Any]) -> list[str]:
    rows = [
        (
            run["label"],
            f"{run['per_second']:,.0f}",
            f"{run['median_per_second']:,.0f}",
            f"{run['wall_per_second']:,.0f}",
            f"{run['bar']:,}" if run["bar"] else "",
        )
        for run in report["rates"]
    ]
    sizes = ", ".join(
        f"{run['characters']:.0f} characters and {run['acts']:.1f} acts ({run['lang']})"
        for run in report["rates"]
        if "characters" in run
    )
    return [
        "## Messages a second",
        "",
        *_table("contender | best | median | best by the wall clock | bar", rows),
        "",
        f"A message has {sizes} on average; the bare search looks for"
        f" {report['rates'][0]['phrases']:,} phrases.",
    ]


def _single(report: dict[str, Any]) -> list[str]:
    rows = [
        (
            lang,
            *(f"{run[point][which]:.2f}" for which in (0, 1) for point in ("p50_ms", "p95_ms")),
            f"≤ {SINGLE_BAR_MS} p95",
        )
        for lang, run in report["single"].items()
    ]
    head = "language | p50 ms | p95 ms | p50 ms, processor | p95 ms, processor | bar"
    return ["## One message a call", "", *_table(head, rows)]


def _dialogues(report: dict[str, Any]) -> list[str]:
    rows = [
        (run["label"], f"{run['per_second']:,.0f}", f"{run['wall_per_second']:,.0f}")
        for run in report["dialogues"]
    ]
    return [
        "## Dialogues of six turns a second",
        "",
        *_table("reader | best | best by the wall clock", rows),
        "",
        "Training on 400 dialogues took"
        f" {report['dialogues'][-1]['training_seconds']:.0f} s of processor time.",
    ]


def _start(report: dict[str, Any]) -> list[str]:
    def least(field: str) -> float:
        return min(float(run[field]) for run in report["starts"])

    rows = [
        (
            "import and construction, s, wall clock",
            f"{least('wall_seconds'):.2f}",
            f"≤ {START_BAR_S}",
        ),
        ("the same, processor time", f"{least('processor_seconds'):.2f}", ""),
        ("the first message then, s", f"{least('first_message_seconds'):.2f}", ""),
        (
            "most memory, MB, 40,000 messages with their readings",
            f"{report['memory']['memory_gb'] * 1e3:.0f}",
            f"≤ {MEMORY_BAR_MB}",
        ),
        (
            "most memory, MB, after the first message",
            f"{report['starts'][0]['memory_gb'] * 1e3:.0f}",
            "",
        ),
    ]
    return [
        "## A fresh process",
        "",
        *_table(f"what, best of {len(report['starts'])} | found | bar", rows),
    ]


def page_of(report: dict[str, Any]) -> str:
    """The report, readable.

    Args:
        report: what ``benchmarks.speed.reading`` found.

    Returns:
        Markdown.
    """
    loop, load = report["noise"], report["load"]
    return "\n".join(
        [
            "# Reading: speed and memory",
            "",
            f"Made by `python -m benchmarks.speed.reading` on one of {report['machine']}, one thread,",
            f"load {min(load):.1f} to {max(load):.1f} while it ran. A plain loop took"
            f" {loop['least'] * 1e3:.1f} ms at least, {loop['median'] * 1e3:.1f} in the",
            f"median and {loop['most'] * 1e3:.1f} at most: so much do others disturb it. Rates count the"
            " thread's own processor",
            "time unless they say the wall clock.",
            "",
            *_rates(report),
            "",
            *_single(report),
            "",
            *_dialogues(report),
            "",
            *_start(report),
            "",
        ]
    )
