"""Baselines agree with plain restatements and never look at what they forecast."""

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from troth.trust.baselines import BASELINES, History
from troth.trust.baselines.features import FEATURES
from troth.trust.baselines.lightgbm import lightgbm_predictions, running_features
from troth.trust.baselines.reputation import STRENGTHS
from troth.trust.metrics import auc, log_loss


def _history(rng, n, *, instants=None, train_end=None, soft=False):
    truster = rng.integers(0, 5, n).astype(np.int32)
    outcome = rng.random(n) if soft else (rng.random(n) < 0.7).astype(np.float64)
    return History(
        truster,
        ((truster + rng.integers(1, 5, n)) % 5).astype(np.int32),
        np.sort(rng.integers(0, instants or n, n)).astype(np.float64),
        outcome,
        rng.random(n) < 0.8,
        n // 2 if train_end is None else train_end,
    )


@st.composite
def histories(draw):
    """Few parties, many ties in time, some rows that are not judged."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(1, 60))
    return _history(rng, n, instants=draw(st.integers(1, 20)), soft=draw(st.booleans()))


def _earlier(history, row):
    """Judged rows strictly before a row's instant."""
    return [
        i
        for i in range(len(history))
        if history.judged[i] and history.time_days[i] < history.time_days[row]
    ]


def _base(history, row):
    rows = _earlier(history, row)
    return (1.0 + sum(history.outcome[i] for i in rows)) / (2.0 + len(rows))


def _shrunk(history, row, same, worth):
    rows = [i for i in _earlier(history, row) if same(i, row)]
    total = sum(history.outcome[i] for i in rows)
    return (total + worth * _base(history, row)) / (len(rows) + worth)


def _situation(history, row):
    """Which record speaks for a row, and whether its last outcome was good."""
    u, v = history.truster, history.trustee
    earlier = _earlier(history, row)
    kinds = {
        "pair": [i for i in earlier if u[i] == u[row] and v[i] == v[row]],
        "trustee": [i for i in earlier if v[i] == v[row]],
        "truster": [i for i in earlier if u[i] == u[row]],
    }
    for kind, rows in kinds.items():
        if rows:
            return kind, bool(history.outcome[rows[-1]] >= 0.5)
    return None


def _persistence(history, row):
    now = _situation(history, row)
    like = [history.outcome[i] for i in _earlier(history, row) if _situation(history, i) == now]
    return (sum(like) + _base(history, row)) / (len(like) + 1.0)


def _by(restated):
    return lambda history: np.array([restated(history, row) for row in range(len(history))])


def _beta(history):
    def same(i, row):
        u, v = history.truster, history.trustee
        return u[i] == u[row] and v[i] == v[row]

    tried = [_by(lambda h, row, s=s: _shrunk(h, row, same, s))(history) for s in STRENGTHS]
    split = history.train_end
    before = history.time_days < history.time_days[split] if split < len(history) else True
    train = history.judged & before
    if not train.any():
        return tried[len(STRENGTHS) // 2]
    return min(tried, key=lambda p: log_loss(p[train], history.outcome[train]))


ORACLES = {
    "global_rate": _by(_base),
    "trustee_mean": _by(
        lambda h, row: _shrunk(h, row, lambda i, j: h.trustee[i] == h.trustee[j], 1.0)
    ),
    "persistence": _by(_persistence),
    "beta": _beta,
}


@pytest.mark.parametrize("name", ORACLES)
@given(history=histories())
def test_baseline_is_its_plain_restatement(name, history):
    """Loops over all earlier rows give the same forecasts, ties in time and all."""
    assert BASELINES[name](history) == pytest.approx(ORACLES[name](history), abs=1e-12)


def _changed(history, draw):
    """The same history with other outcomes from some instant after the training on."""
    trained = history.trained
    begin = draw(st.integers(trained, len(history)))
    if begin < len(history):
        begin = int(np.searchsorted(history.time_days, history.time_days[begin], side="left"))
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    outcome, judged = history.outcome.copy(), history.judged.copy()
    outcome[begin:] = rng.random(len(history) - begin)
    judged[begin:] = rng.random(len(history) - begin) < 0.5
    after = (
        np.searchsorted(history.time_days, history.time_days[begin], side="right")
        if (begin < len(history))
        else begin
    )
    return int(after), History(
        history.truster, history.trustee, history.time_days, outcome, judged, history.train_end
    )


@pytest.mark.parametrize("name", [*BASELINES, "running_features"])
@given(history=histories(), data=st.data())
@settings(max_examples=30)
def test_nothing_is_known_before_its_time(name, history, data):
    """Other outcomes at or after an instant leave every forecast up to that instant alone."""
    forecast = running_features if name == "running_features" else BASELINES[name]
    until, other = _changed(history, data.draw)
    assert np.array_equal(forecast(history)[:until], forecast(other)[:until], equal_nan=True)


@pytest.mark.parametrize("name", [*BASELINES, "running_features"])
@given(history=histories())
@settings(max_examples=20)
def test_a_longer_file_forecasts_the_same(name, history):
    """A prefix that ends between instants is forecast as it is within the whole."""
    forecast = running_features if name == "running_features" else BASELINES[name]
    end = history.trained
    whole = History(*_until(history, len(history)), end)
    prefix = History(*_until(history, end), end)
    assert np.array_equal(forecast(whole)[:end], forecast(prefix), equal_nan=True)


def _until(history, end):
    return (
        history.truster[:end], history.trustee[:end], history.time_days[:end],
        history.outcome[:end], history.judged[:end],
    )  # fmt: skip


@pytest.mark.parametrize("name", BASELINES)
@given(history=histories())
@settings(max_examples=20)
def test_forecasts_are_probabilities(name, history):
    """Strictly between 0 and 1 whatever came before."""
    p = BASELINES[name](history)
    assert p.shape == (len(history),)
    assert ((p > 0) & (p < 1)).all()


@pytest.mark.parametrize("name", BASELINES)
def test_no_rows_no_forecasts(name):
    """An empty history is not an error."""
    assert BASELINES[name](_history(np.random.default_rng(0), 0, instants=1)).size == 0


def test_rows_out_of_order_are_refused():
    """A walk through time needs time to run forwards."""
    h = _history(np.random.default_rng(0), 20)
    backwards = History(h.truster, h.trustee, h.time_days[::-1], h.outcome, h.judged, 10)
    with pytest.raises(ValueError, match="sorted by time"):
        BASELINES["global_rate"](backwards)


def _two_sided(seed=0, n=6000):
    """Trusters and trustees who differ for good."""
    rng = np.random.default_rng(seed)
    truster, trustee = rng.integers(0, 40, n), rng.integers(40, 80, n)
    lenient, worthy = rng.normal(0, 1.5, 40), rng.normal(0, 1.5, 40)
    p = 1 / (1 + np.exp(-(1 + lenient[truster] + worthy[trustee - 40])))
    return p, History(
        truster.astype(np.int32), trustee.astype(np.int32), np.arange(n) / 50.0,
        (rng.random(n) < p).astype(np.float64), np.ones(n, dtype=np.bool_), n // 2,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["crossed_elo", "glicko2_style", "hierarchical_beta_forgetting"])
def test_crossed_baselines_learn_both_sides(name):
    """Where truster and trustee both matter, they beat the trustee's mean and near the truth."""
    truth, history = _two_sided()
    later = slice(history.train_end, None)
    y = history.outcome[later]
    found = log_loss(BASELINES[name](history)[later], y)
    assert found < log_loss(BASELINES["trustee_mean"](history)[later], y) - 0.03
    assert found < log_loss(truth[later], y) + 0.06


@given(history=histories())
def test_features_are_what_their_names_say(history):
    """Counts, means, decayed sums and days since, of the record each name tells."""
    found = dict(zip(FEATURES, running_features(history).T, strict=True))
    u, v = history.truster, history.trustee
    records = {
        "truster": lambda i, row: u[i] == u[row],
        "trustee": lambda i, row: v[i] == v[row],
        "pair": lambda i, row: u[i] == u[row] and v[i] == v[row],
        "reverse_pair": lambda i, row: u[i] == v[row] and v[i] == u[row],
        "truster_as_trustee": lambda i, row: v[i] == u[row],
        "trustee_as_truster": lambda i, row: u[i] == v[row],
    }
    for row in range(len(history)):
        for key, same in records.items():
            rows = [i for i in _earlier(history, row) if same(i, row)]
            assert found[f"{key}_count"][row] == len(rows)
            ages = history.time_days[row] - history.time_days[rows]
            bad = ((1 - history.outcome[rows]) * 2.0 ** (-ages / 14)).sum()
            assert found[f"{key}_bad_14d"][row] == pytest.approx(np.log1p(bad), abs=1e-9)
            if rows:
                assert found[f"{key}_mean"][row] == pytest.approx(history.outcome[rows].mean())
                assert found[f"{key}_last"][row] == history.outcome[rows[-1]]
                assert found[f"{key}_days_since"][row] == ages.min()
                assert found[f"{key}_days_known"][row] == ages.max()
                good = history.outcome[rows] >= 0.5
                for which, side in ((good, "good"), (~good, "bad")):
                    since = ages[which].min() if which.any() else np.nan
                    assert found[f"{key}_days_since_{side}"][row] == pytest.approx(
                        since, nan_ok=True
                    )
                turned = np.flatnonzero(good != good[-1])
                run = len(rows) - (turned[-1] + 1 if turned.size else 0)
                assert found[f"{key}_run"][row] == run
        assert found["base_rate"][row] == pytest.approx(_base(history, row))


def test_lightgbm_learns_and_repeats_itself():
    """It ranks later outcomes, and the same seed gives the same forecasts."""
    pytest.importorskip("lightgbm", reason="extra challenger is not installed")
    _, history = _two_sided(1, 3000)
    x, y = running_features(history), history.outcome
    later = slice(1500, 3000)
    p = lightgbm_predictions(x, y, 1500, later, seed=3)
    assert auc(p, y[later]) > 0.75
    assert np.array_equal(p, lightgbm_predictions(x, y, 1500, later, seed=3))


def test_lightgbm_looks_at_nothing_later():
    """Outcomes after the training rows change no forecast; a handful of rows is enough to run."""
    pytest.importorskip("lightgbm", reason="extra challenger is not installed")
    _, history = _two_sided(2, 1200)
    x, y = running_features(history), history.outcome
    other = np.where(np.arange(y.size) < 600, y, 1 - y)
    for end in (30, 600):
        p = lightgbm_predictions(x, y, end, slice(600, 1200), seed=0)
        assert np.array_equal(p, lightgbm_predictions(x, other, end, slice(600, 1200), seed=0))


def test_lightgbm_absent_says_what_to_install(monkeypatch):
    """The extra is named."""
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(ImportError, match=r"pip install troth\[challenger\]"):
        lightgbm_predictions(np.zeros((2, 1)), np.zeros(2), 1, slice(1, 2), 0)
