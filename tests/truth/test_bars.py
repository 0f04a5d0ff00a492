"""The accuracy that the project promises, on public data, held at every change.

The whole table with baselines and more refits is made by ``make bench-truth-trust``.
"""

from __future__ import annotations

import dataclasses

import pytest

from benchmarks.truth import trust
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
