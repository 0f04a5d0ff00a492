"""From words to belief, end to end: what reading adds to forecasts of perceived truth in Diplomacy.

``python -m benchmarks.truth.reading.diplomacy``; with ``--choose`` it compares sets of columns on left-out
training games instead and does not look at the test. Games 1–7 are learned from, 8–12 tested, as in
``benchmarks.truth.trust``; the belief without text, with it, and LightGBM without and with the same
columns are measured in one run on the same rows. Columns enter through the belief's own covariates,
which are kept only where they forecast a later stretch of the training games better.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.truth.reading.diplomacy_words import (
    ENCODER_PENALTIES,
    PHRASE_PENALTIES,
    Messages,
    answered,
    chosen,
    encoder_head,
    phrase_head,
    plain_columns,
)
from benchmarks.truth.reading.measure import show
from benchmarks.truth.sets import diplomacy
from troth.ledger.events import Events
from troth.traces.decay import DAY_US
from troth.trust.baselines import History
from troth.trust.baselines import lightgbm as challenger
from troth.trust.baselines.features import running_features
from troth.trust.fit import Fitter
from troth.trust.judge import Protocol, judge
from troth.trust.learn import ground_of
from troth.trust.metrics import auc, difference_interval, log_loss
from troth.trust.worlds import group_of

if TYPE_CHECKING:
    from troth.trust.judge import Judgement
    from troth.types import AnyArray, FloatArray

TRAINED = ("1", "2", "3", "4", "5", "6", "7")
PROTOCOL = Protocol(group="game", test_groups=("8", "9", "10", "11", "12"))
#: Sets of columns compared by leaving training games out. What was gained there, in log-loss over the belief
#: without text: .0012, .0011, .0015, .0018, .0020, each with a standard error of about .0005; the larger
#: sets are within it, and `back` came with a sign that nobody would expect.
SETS = (
    ("wording",),
    ("wording", "phrases"),
    ("words",),
    ("words", "question"),
    ("words", "question", "length", "back"),
)
#: Offered to the belief in this order.
COLUMNS = ("words", "question")
BAR = 0.125
DRAWS = 1000
SEEDS = (0, 1, 2)


def columns_of(messages: Messages) -> tuple[dict[str, FloatArray], dict[str, Any]]:
    """All columns by name, (messages,) each, and how the heads' penalties were chosen."""
    wording_penalty, wording, by_wording = chosen(
        encoder_head(messages), messages, TRAINED, ENCODER_PENALTIES
    )
    phrase_penalty, phrases, by_phrases = chosen(
        phrase_head(messages), messages, TRAINED, PHRASE_PENALTIES
    )
    columns = {
        "wording": wording,
        "phrases": phrases,
        "words": (wording + phrases) / 2,
        "back": answered(messages, wording),
        **plain_columns(messages),
    }
    return columns, {
        "wording_penalty": wording_penalty, "wording_left_out": by_wording,
        "phrases_penalty": phrase_penalty, "phrases_left_out": by_phrases,
    }  # fmt: skip


def with_columns(events: Events, columns: dict[str, FloatArray]) -> Events:
    """The events with columns of the messages that they are."""
    place = [int(name[1:]) for name in events.table["event_id"].to_pylist()]
    table = events.table
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values[place]))
    return Events(table)


def run() -> dict[str, Any]:
    """All figures."""
    columns, how = columns_of(Messages.read())
    events = with_columns(diplomacy(), columns)
    plain = Fitter(ground_of(events, PROTOCOL))
    worded = Fitter(ground_of(events, PROTOCOL), columns=COLUMNS)
    without, having = (judge(fitter, PROTOCOL, baselines=False) for fitter in (plain, worded))
    y = plain.trials({}).design.outcome[without.place]
    game = group_of(plain.ground.evidence, events, "game")[plain.ground.targets][without.place]
    clusters = {"game": game, "pair": plain.trials({}).pair[without.place]}
    frozen = [_frozen(f, j) for f, j in ((plain, without), (worded, having))]
    trees = _trees(worded, having)
    return {
        "data": "diplomacy", "protocol": "heads and belief fitted on games 1–7, tested on 8–12",
        "rows": int(y.size), "honoured": round(float(y.mean()), 4), "heads": how,
        "kept": {v.column: round(v.gamma, 4) for v in having.first.covariates},
        "prequential": _pair(having.probability, without.probability, y, clusters),
        "frozen": _pair(frozen[1], frozen[0], y, clusters),
        "lightgbm_frozen": _pair(trees["with"], trees["without"], y, clusters),
        "bar": BAR, "reached": bool(log_loss(having.probability, y) < BAR),
        "by_game": {
            str(g): round(float(log_loss(having.probability[game == g], y[game == g])
                                - log_loss(without.probability[game == g], y[game == g])), 5)
            for g in PROTOCOL.test_groups
        },
    }  # fmt: skip


def compare() -> dict[str, Any]:
    """Log-loss on each training game when the others are learned from, by set of columns."""
    columns, how = columns_of(Messages.read())
    events = with_columns(diplomacy(), columns)
    own = pc.is_in(events.table["game"].cast("string"), pa.array(TRAINED))
    events = Events(events.table.filter(own).combine_chunks())
    found: dict[str, Any] = {"heads": how}
    for columns_in in ((), *SETS):
        losses = {game: _left_out(events, game, columns_in) for game in TRAINED}
        rows = sum(count for _, count in losses.values())
        whole = sum(loss * count for loss, count in losses.values()) / rows
        by_game = {game: round(loss, 5) for game, (loss, _) in losses.items()}
        found[" ".join(columns_in) or "without"] = {"log_loss": round(whole, 5), "by_game": by_game}
    return found


def _left_out(events: Events, game: str, columns: tuple[str, ...]) -> tuple[float, int]:
    """Log-loss on one game and its rows."""
    protocol = Protocol(group="game", test_groups=(game,), refits=0)
    judgement = judge(
        Fitter(ground_of(events, protocol), columns=columns), protocol, baselines=False
    )
    return judgement.figures["frozen"]["log_loss"], judgement.place.size


def _frozen(fitter: Fitter, judgement: Judgement) -> FloatArray:
    start = int(judgement.place[0])
    return fitter.forecast(judgement.first, start, len(fitter.trials({}))).probability


def _pair(
    having: FloatArray, without: FloatArray, y: FloatArray, clusters: dict[str, AnyArray]
) -> dict[str, Any]:
    """Figures with and without text, and intervals of the difference, negative where text helps."""
    difference = log_loss(having, y) - log_loss(without, y)
    intervals = {
        f"difference_95_by_{name}": [
            round(end, 5)
            for end in difference_interval(
                log_loss, (having, without), y, cluster, 0, DRAWS
            ).ninety_five
        ]
        for name, cluster in clusters.items()
    }
    return {
        "log_loss_with": round(log_loss(having, y), 5),
        "log_loss_without": round(log_loss(without, y), 5),
        "difference": round(difference, 5), **intervals,
        "auc_with": round(auc(having, y), 4), "auc_without": round(auc(without, y), 4),
    }  # fmt: skip


def _trees(fitter: Fitter, judgement: Judgement) -> dict[str, FloatArray]:
    """LightGBM trained once before the test, mean of three seeds, without and with the columns."""
    trials = fitter.trials({})
    n, start, y = len(trials), int(judgement.place[0]), trials.design.outcome
    days = trials.from_us / DAY_US
    history = History(trials.truster, trials.trustee, days, y, np.ones(n, dtype=np.bool_), start)
    running = np.column_stack(
        [
            running_features(history),
            np.log1p(trials.design.origins.reshape(n, -1)),
            trials.design.base,
        ]
    )
    features = {
        "without": running,
        "with": np.column_stack([running, trials.design.covariates]),
    }
    return {
        name: np.mean(
            [challenger.lightgbm_predictions(x, y, start, slice(start, n), seed) for seed in SEEDS],
            axis=0,
        )
        for name, x in features.items()
    }


if __name__ == "__main__":
    show(compare() if "--choose" in sys.argv[1:] else run())
