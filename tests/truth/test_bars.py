"""The accuracy that the project promises, on public data, held at every change.

The whole tables with baselines and more refits are made by ``make bench-truth-trust``,
``make bench-truth-reading`` and ``make bench-truth-cues``.
"""

from __future__ import annotations

import dataclasses
from hashlib import md5
from itertools import islice

import numpy as np
import pytest

from benchmarks.truth import trust
from benchmarks.truth.reading import cues, installed, labels
from benchmarks.truth.reading.data import lines
from benchmarks.truth.reading.measure import table
from benchmarks.truth.reading.stc3 import dialogue_of
from troth.reading.heads.decide import macro_f1
from troth.reading.outlook import mean_grade
from troth.reading.schema import GRADES
from troth.trust.fit import Fitter
from troth.trust.judge import judge
from troth.trust.learn import ground_of

pytestmark = pytest.mark.data


@pytest.mark.parametrize("name", list(trust.BARS))
def test_bars_are_reached(bench_data, monkeypatch, name):
    """Log-loss, AUC and calibration error of forecasts from strictly earlier events."""
    monkeypatch.setenv("TROTH_BENCH_DATA", str(bench_data))
    load, protocol, _ = trust.PROTOCOLS[name]
    fewer = dataclasses.replace(protocol, refits=3)
    figures = judge(Fitter(ground_of(load(), fewer)), fewer, baselines=False).figures["model"]
    most, least = trust.BARS[name]
    assert figures["log_loss"] <= most
    assert figures["auc"] >= least
    assert figures["ece"] <= 0.02


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_installed_forecast_follows_ratings(bench_data, monkeypatch, lang):
    """Nothing learned: on dialogues not looked at, forecasts rise with rated satisfaction (bar .45)."""
    monkeypatch.setenv("TROTH_BENCH_DATA", str(bench_data))
    records = lines(f"stc3_dch1/train_{lang}.jsonl.gz")
    unseen = (r for r in records if int(md5(r["id"].encode()).hexdigest(), 16) % 2)
    dialogues = [dialogue_of(record) for record in islice(unseen, 400)]
    said = installed.forecasts(dialogues)
    rows = [[f.distributions["satisfaction"][g] for g in GRADES] for f in said]
    rated = [[d.labels["satisfaction"][g] for g in GRADES] for d in dialogues]
    grades = mean_grade(np.array(rows)), mean_grade(np.array(rated))
    assert np.corrcoef(*grades)[0, 1] >= 0.6


def test_installed_polarity_of_reviews(bench_data, monkeypatch):
    """Nothing learned: the sign of the sentiment tells pleased from displeased guests (bar .80)."""
    monkeypatch.setenv("TROTH_BENCH_DATA", str(bench_data))
    frame = table("chnsenticorp/reviews.csv.gz").iloc[1::5]
    pleased = (frame["label"] == "1").to_numpy()
    score = installed.scores(frame["review"].tolist())
    assert macro_f1(pleased.astype(int), (score > 0).astype(int), 2) >= 0.8


#: Act, label and least share of its cues' hits with which the label agrees.
PRECISION = {
    labels.cped: (
        ("question", "direct", 0.65),
        ("thanks", "direct", 0.8),
        ("anger", "direct", 0.6),
    ),
    labels.reviews: (("praise", "near", 0.85), ("complaint", "near", 0.65)),
    labels.jddc: (("thanks", "near", 0.85),),
    labels.persuasion: (("thanks", "direct", 0.65), ("greeting", "direct", 0.75)),
}


@pytest.mark.parametrize("load", PRECISION, ids=lambda load: load.__name__)
def test_cues_are_precise_on_real_text(bench_data, monkeypatch, load):
    """Of all places where cues are read often enough, public labels agree with most."""
    monkeypatch.setenv("TROTH_BENCH_DATA", str(bench_data))
    frame = cues.frame_of(cues.measured(load()))
    for act, kind, least in PRECISION[load]:
        own = frame[(frame["act"] == act) & (frame["label"] == kind)]
        assert own["hits"].sum() >= 20, act
        assert own["agree"].sum() / own["hits"].sum() >= least, act
