"""What the challenger sees that the belief does not: ``make bench-truth-challenger``.

LightGBM trained once on the outcomes before the test, with features left out. Writes challenger.md.
"""

from __future__ import annotations

from pathlib import Path

import lightgbm
import numpy as np

from benchmarks.truth.trust import PROTOCOLS
from troth import __version__
from troth.traces.decay import DAY_US
from troth.trust.baselines import History
from troth.trust.baselines import lightgbm as challenger
from troth.trust.baselines.features import FEATURES, running_features
from troth.trust.fit import Fitter
from troth.trust.learn import ground_of
from troth.trust.metrics import log_loss
from troth.trust.worlds import in_groups

HERE = Path(__file__).parent
SEEDS = (0, 1, 2)
NAMES = np.array(FEATURES)


def _named(*parts: str) -> np.ndarray:
    return np.array([any(part in name for part in parts) for name in NAMES])


#: What a row of the table leaves out of the running features.
LEFT_OUT = {
    "days since, known and between events": _named("_days", "days_"),
    "runs, recent means and last outcomes": _named("_run", "_recent_mean", "_last"),
    "how the trustee judges others": _named("trustee_as_truster"),
    "the opposite pair": _named("reverse_pair"),
}


def measured(name: str) -> dict[str, float]:
    """Mean log-loss of the held-out outcomes over three seeds, by what the trees were given."""
    load, protocol, _ = PROTOCOLS[name]
    fitter = Fitter(ground_of(load(), protocol))
    trials = fitter.trials({})
    n, y = len(trials), trials.design.outcome
    tested = in_groups(fitter.ground, protocol.group, protocol.test_groups)
    start = protocol.start(trials.from_us, tested)
    days = trials.from_us / DAY_US
    history = History(trials.truster, trials.trustee, days, y, np.ones(n, dtype=np.bool_), start)
    running = running_features(history)
    sums = np.column_stack([np.log1p(trials.design.origins.reshape(n, -1)), trials.design.base])
    both = np.column_stack([running, sums])

    def loss(features: np.ndarray) -> float:
        return float(
            np.mean(
                [
                    log_loss(
                        challenger.lightgbm_predictions(features, y, start, slice(start, n), seed),
                        y[start:],
                    )
                    for seed in SEEDS
                ]
            )
        )

    found = {
        "the belief's own sums and base rate alone": loss(sums),
        "running features alone": loss(running),
        "all": loss(both),
    }
    leaves = challenger.SETTINGS["num_leaves"]
    challenger.SETTINGS["num_leaves"] = 2
    found["all, in trees of two leaves, which can only add"] = loss(both)
    challenger.SETTINGS["num_leaves"] = leaves
    for words, out in LEFT_OUT.items():
        found[f"all without {words}"] = loss(np.column_stack([running[:, ~out], sums]))
    first = fitter.forecast(fitter.fit(start), start, n)
    found["troth, fitted once"] = log_loss(first.probability, y[start:])
    return found


def main() -> None:
    """Measure, print and write the table."""
    found = {name: measured(name) for name in PROTOCOLS}
    rows = next(iter(found.values()))
    lines = [
        "# What the challenger sees", "",
        f"`make bench-truth-challenger`, troth {__version__}, LightGBM {lightgbm.__version__}. Log-loss of",
        f"the held-out outcomes, trained once before the test, mean of {len(SEEDS)} seeds.", "",
        f"| features | {' | '.join(found)} |", "|---|" + "---|" * len(found),
        *(f"| {r} | " + " | ".join(f"{found[n][r]:.4f}" for n in found) + " |" for r in rows), "",
    ]  # fmt: skip
    print("\n".join(lines))
    (HERE / "challenger.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
