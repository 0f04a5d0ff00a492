"""How well the belief forecasts: ``make bench-truth-trust``.

One set of settings for all data; every figure stands beside its baselines, measured in the same run
on the same rows, each forecast from strictly earlier rows. Writes trust.md and trust.json here.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.truth import hotel
from benchmarks.truth.sets import bitcoin_otc, diplomacy
from troth import __version__
from troth.trust.fit import Fitter
from troth.trust.judge import Protocol, judge
from troth.trust.learn import ground_of
from troth.trust.metrics import auc, cluster_bootstrap, log_loss

HERE = Path(__file__).parent
#: What the figures must reach: log-loss at most, AUC at least.
BARS = {"bitcoin_otc": (0.190, 0.947), "diplomacy": (0.126, 0.803)}
PROTOCOLS = {
    "bitcoin_otc": (
        bitcoin_otc,
        Protocol(),
        "last 40% in time, y = rating > 0, intervals by ratee",
    ),
    "diplomacy": (
        diplomacy,
        Protocol(group="game", test_groups=("8", "9", "10", "11", "12")),
        "fit games 1–7, test 8–12, y = perceived truthful, intervals by relationship",
    ),
}


def measured(name: str) -> dict[str, Any]:
    """Figures of the belief and its baselines on one set."""
    load, protocol, words = PROTOCOLS[name]
    events = load()
    fitter = Fitter(ground_of(events, protocol))
    found = judge(fitter, protocol)
    trials = fitter.trials({})
    y = trials.design.outcome[found.place]
    cluster = (trials.trustee if name == "bitcoin_otc" else trials.pair)[found.place]
    intervals = {
        metric.__name__: cluster_bootstrap(
            metric, found.probability, y, cluster, 0, 400
        ).ninety_five
        for metric in (log_loss, auc)
    }
    refits = sum(1 for p in found.refitted_at if p > found.place[0])
    return {
        "data": name, "protocol": words, "rows": int(y.size), "rate": float(y.mean()), "refits": refits,
        "intervals_95": intervals, "bar": BARS[name], **found.figures,
    }  # fmt: skip


def table_of(found: dict[str, Any]) -> list[str]:
    """Lines of one set's table."""
    low, high = BARS[found["data"]]
    rows = {
        "**troth**": found["model"],
        "troth, fitted once": found["frozen"],
        **found["baselines"],
    }
    ll, area = (found["intervals_95"][k] for k in ("log_loss", "auc"))
    m = found["model"]
    reached = m["log_loss"] <= low and m["auc"] >= high
    return [
        f"## {found['data']}",
        "",
        f"{found['protocol']}; {found['rows']:,} outcomes, {found['rate']:.1%} honoured; "
        f"{found['refits']} refits in the test.",
        "",
        "| forecast | log-loss | AUC | Brier | ECE |",
        "|---|---|---|---|---|",
        *(
            f"| {name} | {r['log_loss']:.4f} | {r['auc']:.4f} | {r['brier']:.4f} | {r['ece']:.4f} |"
            for name, r in rows.items()
        ),
        "",
        f"Bar: log-loss ≤ {low:.3f} and AUC ≥ {high:.3f}: {'reached' if reached else 'not reached'}. "
        f"95% intervals: log-loss {ll[0]:.4f}–{ll[1]:.4f}, AUC {area[0]:.4f}–{area[1]:.4f}. "
        f"ECE {m['ece']:.4f} (bar ≤ .02). 90% intervals cover {m['coverage']:.1%} of "
        f"{m['coverage_keys']} {m['coverage_level']}s with ten or more later outcomes (bar 87–93%; "
        f"{m['coverage_edges_inside']:.1%} if a count on the edge counts as inside).",
        "",
    ]


def hotel_lines(found: dict[str, Any]) -> list[str]:
    """Lines about the bookings."""
    rows = [
        ("the firm's name left out", "firm_unknown"),
        ("the firm's name among them", "firm_known"),
    ]
    return [
        "## hotel_bookings",
        "",
        f"Cancellation of a booking; {found['protocol']}. LightGBM on what is known at booking, with and "
        "without the belief that the hotel's history with the booking firm gives; 95% intervals by "
        f"week of arrival. The belief alone: AUC {found['belief_alone_auc']:.4f}.",
        "",
        "| features of the booking | AUC without | AUC with | gain | 95% interval |",
        "|---|---|---|---|---|",
        *(
            f"| {words} | {r['auc_without']:.4f} | {r['auc_with']:.4f} | {r['gain']:+.4f} | "
            f"{r['gain_95'][0]:+.4f} to {r['gain_95'][1]:+.4f} |"
            for words, r in ((words, found[name]) for words, name in rows)
        ),
        "",
    ]


def main() -> None:
    """Measure, print and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=[*PROTOCOLS, "hotel_bookings"])
    asked = parser.parse_args()
    found = {n: measured(n) for n in PROTOCOLS if asked.only in (None, n)}
    lines = [
        "# How well the belief forecasts",
        "",
        f"`make bench-truth-trust`, troth {__version__}.",
        "",
    ]
    for figures in found.values():
        lines += table_of(figures)
    if asked.only in (None, "hotel_bookings"):
        found["hotel_bookings"] = hotel.run()
        lines += hotel_lines(found["hotel_bookings"])
    print("\n".join(lines))
    if asked.only is None:
        (HERE / "trust.md").write_text("\n".join(lines), encoding="utf-8")
        plain = json.dumps(found, indent=1, default=lambda v: np.asarray(v).tolist())
        (HERE / "trust.json").write_text(plain + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
