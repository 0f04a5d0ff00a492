"""Does the history of a booking channel help to forecast whether a booking is kept?

A hotel trusts the firm that books; a booking kept honours that trust. Every forecast stands at the
day of booking and knows only stays whose arrival was before that day.
"""

from __future__ import annotations

from typing import Any

import lightgbm
import numpy as np
import pandas as pd

from benchmarks.truth.sets import hotel_bookings
from troth.traces.decay import DAY_US
from troth.traces.hashing import number, pack
from troth.traces.keys import keys_of
from troth.traces.prequential import prequential
from troth.traces.rows import Rows
from troth.trust.likelihood import Design
from troth.trust.metrics import auc, difference_interval
from troth.trust.settings import choose_ridge, fit_weights, slice_of
from troth.trust.strength import prior_strength
from troth.trust.trials import running_base

TEST_SHARE = 0.4
SETTINGS = {
    "n_estimators": 400, "learning_rate": 0.05, "num_leaves": 31, "min_child_samples": 50,
    "verbose": -1, "n_jobs": 2, "random_state": 0, "deterministic": True, "force_row_wise": True,
}  # fmt: skip


def _codes(values: pd.Series) -> np.ndarray:
    return pd.factorize(values)[0].astype(np.int32)


def histories(bookings: pd.DataFrame) -> tuple[Design, np.ndarray, np.ndarray]:
    """Evidence at the day of booking, for every booking.

    Returns:
        the design in order of booking, the position of each of its rows among the bookings, and the
        code of the booking firm.
    """
    n = len(bookings)
    firm = bookings["agent"].where(bookings["agent"] != "NULL", "none:" + bookings["company"])
    trustee = _codes(firm + "|" + bookings["market_segment"]) + np.int32(2)
    truster = _codes(bookings["hotel"])
    segment = _codes(bookings["market_segment"])
    kept = 1.0 - bookings["is_canceled"].astype(float).to_numpy()
    asked = bookings["booked"].astype("datetime64[us]").astype("int64").to_numpy()
    known = bookings["arrival"].astype("datetime64[us]").astype("int64").to_numpy() + DAY_US
    nothing = np.zeros(n)
    time = np.concatenate([asked, known])
    order = np.argsort(time, kind="stable")
    twice = [np.concatenate([v, v])[order] for v in (truster, trustee, segment)]
    good, bad = (np.concatenate([nothing, v])[order] for v in (kept, 1 - kept))
    rows = Rows(*twice, time[order], time[order], good, bad, np.full((2 * n, 4), 0.25))
    wanted = order < n
    origins = prequential(rows, keys_of(rows), wanted)
    place = order[wanted]
    by_known = np.argsort(known, kind="stable")
    base = running_base(asked[place], known[by_known], kept[by_known], (0.5, 1.0))
    logit = np.log(base) - np.log1p(-base)
    return Design(origins, logit, kept[place], np.empty((n, 0))), place, trustee


def run() -> dict[str, Any]:
    """AUC of a booster with the belief among its features, minus without it."""
    bookings = hotel_bookings()
    design, place, firm = histories(bookings)
    arrival = bookings["arrival"].to_numpy()
    split = np.sort(arrival)[int((1 - TEST_SHARE) * len(arrival))]
    train = np.flatnonzero(arrival[place] < split)  # in order of booking
    part = Design(
        design.origins[train], design.base[train], design.outcome[train], design.covariates[train]
    )
    channel, _ = number(pack(_codes(bookings["hotel"]), firm))
    strength = prior_strength(channel[place][train], part.outcome) or 4.0
    cut = int(0.8 * len(train))
    ridge, _ = choose_ridge(slice_of(part, 0, cut), slice_of(part, cut, len(train)), strength)
    eta = np.empty(len(bookings))
    eta[place] = fit_weights(part, strength, ridge).eta(design)
    features = bookings.drop(columns=["is_canceled", "arrival", "booked"]).apply(_feature)
    y = bookings["is_canceled"].astype(int).to_numpy()
    test = arrival >= split
    week = pd.factorize(bookings["arrival"].dt.strftime("%G-%V"))[0][test]
    answer = y[test].astype(float)
    found: dict[str, Any] = {
        "data": "hotel_bookings",
        "protocol": f"arrival before {str(split)[:10]} trains, {int(test.sum())} later bookings test",
        "belief_alone_auc": auc(-eta[test], answer),
    }
    anonymous = features.drop(columns=["agent", "company"])
    for name, known in (("firm_unknown", anonymous), ("firm_known", features)):
        without = _forecast(known, y, test)
        believing = _forecast(known.assign(belief=eta), y, test)
        gain = difference_interval(auc, (believing, without), answer, week, seed=0, draws=400)
        found[name] = {
            "auc_without": auc(without, answer),
            "auc_with": auc(believing, answer),
            "gain": gain.value,
            "gain_95": list(gain.ninety_five),
        }
    return found


def _feature(column: pd.Series) -> pd.Series:
    number_like = pd.to_numeric(column, errors="coerce")
    if column.name in ("agent", "company") or number_like.isna().mean() > 0.01:
        return column.astype("category")
    return number_like


def _forecast(features: pd.DataFrame, y: np.ndarray, test: np.ndarray) -> np.ndarray:
    model = lightgbm.LGBMClassifier(**SETTINGS).fit(features[~test], y[~test])
    return model.predict_proba(features[test])[:, 1]
