"""Known weights come back from the outcomes that they produced."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from troth.lab.recovery import World, effect_of_one_event, simulate
from troth.ledger.read import read_events
from troth.trust.fit import Fitter
from troth.trust.judge import Protocol
from troth.trust.learn import ground_of
from troth.trust.metrics import log_loss
from troth.trust.parameters import default_parameters


def truth():
    """A world in which a let-down weighs three times a kept word, mostly within the pair."""
    shipped = default_parameters()
    beta = np.zeros_like(shipped.beta)
    beta[0, 0, 3], beta[0, 1, 3] = 0.5, 1.5
    beta[2, 0, 3], beta[2, 1, 3] = 0.2, 0.3
    c = np.ones_like(shipped.c)
    return replace(shipped, beta=beta, c=c, tied=False, slope=0.6, intercept=0.3)


@pytest.fixture(scope="module")
def recovered():
    """The fit of one simulated year, and the true log-odds."""
    table, eta = simulate(truth(), World(events=8000), np.random.default_rng(11))
    events = read_events(table, now_us=2 * 10**15).events
    fitter = Fitter(ground_of(events, Protocol()))
    return fitter, fitter.fit(6000), eta


def test_forecasts_come_back(recovered):
    """On later outcomes the fit is nearly as good as the truth, and its log-odds follow the truth's."""
    fitter, parameters, eta = recovered
    found = fitter.forecast(parameters, 6000, 8000)
    outcome = fitter.trials({}).design.outcome[6000:]
    best = log_loss(1 / (1 + np.exp(-eta[6000:])), outcome)
    assert log_loss(found.probability, outcome) <= best * 1.02
    assert np.corrcoef(found.eta, eta[6000:])[0, 1] >= 0.95


def test_the_effect_of_an_event_comes_back(recovered):
    """One fresh let-down costs about what it costs in truth, and more than a kept word gains."""
    _, parameters, _ = recovered
    up, down = effect_of_one_event(parameters)
    true_up, true_down = effect_of_one_event(truth())
    assert down == pytest.approx(true_down, rel=0.3)
    assert up == pytest.approx(true_up, rel=0.6)
    assert -down > 1.5 * up


def test_silent_origins_stay_silent(recovered):
    """What had no part in the truth gets next to no weight."""
    _, parameters, _ = recovered
    shipped = default_parameters().beta
    np.testing.assert_array_equal(parameters.beta[1], shipped[1])  # no house: left at its start
    assert abs(effect_of_one_event(parameters, 4)[1]) < 0.25 * abs(
        effect_of_one_event(parameters)[1]
    )
