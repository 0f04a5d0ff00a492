"""A made-up desk of any size: houses, staff, customers, and what happened between them."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

DAY_US = 86_400_000_000
HOUSES, STAFF = 5, 40
#: What follows a promise: kept, broken, or still open.
_ENDS = ("promise_kept", "promise_kept", "promise_kept", "promise_kept", "promise_broken", "")


def made_up_events(customers: int, events: int, now_us: int, seed: int = 0) -> pa.Table:
    """Events in order of time over two years.

    Args:
        customers: how many, spread evenly over five houses of forty staff.
        events: how many, about.
        now_us: the end, microseconds UTC.
        seed: fixes everything left to chance.

    Returns:
        Columns of an event; promises with their ends, surveys, messages, complaints, recognitions.
    """
    rng = np.random.default_rng(seed)
    count = events * 10 // 17
    customer = np.concatenate(
        [rng.permutation(customers), rng.integers(0, customers, max(0, count - customers))]
    )[:count]
    house = customer % HOUSES
    staff = house * STAFF + rng.integers(0, STAFF, count)
    t_us = now_us - rng.integers(DAY_US, 730 * DAY_US, count)
    kind = rng.choice(
        np.array(["promise_made", "message", "survey", "recognition", "complaint_opened"]),
        count,
        p=[0.7, 0.1, 0.1, 0.06, 0.04],
    )
    ids = np.array([f"e{i}" for i in range(count)])
    outcome = np.where(kind == "survey", np.round(rng.beta(6, 2, count), 2), np.nan)
    first = _table(ids, t_us, (customer, staff, house), kind, outcome, None, t_us + DAY_US)
    made = np.flatnonzero(kind == "promise_made")
    end = np.array(_ENDS)[rng.integers(0, len(_ENDS), made.size)]
    made, end = made[end != ""], end[end != ""]
    later = np.minimum(t_us[made] + rng.integers(1, DAY_US, made.size), now_us - 1)
    who = (customer[made], staff[made], house[made])
    names = np.array([f"x{i}" for i in made])
    second = _table(names, later, who, end, np.full(made.size, np.nan), ids[made], None)
    whole = pa.concat_tables([first, second], promote_options="default")
    return whole.sort_by([("t_us", "ascending"), ("event_id", "ascending")])


def _table(ids, t_us, who, kind, outcome, ref, due) -> pa.Table:
    customer, staff, house = who
    n = len(ids)
    return pa.table(
        {
            "event_id": pa.array(ids),
            "t_us": pa.array(t_us, pa.int64()),
            "truster": pa.array([f"guest:{i}" for i in customer.tolist()]),
            "trustee": pa.array([f"staff:{i}" for i in staff.tolist()]),
            "organisation": pa.array([f"house:{i}" for i in house.tolist()]),
            "kind": pa.array(kind),
            "outcome": pa.array(outcome, mask=np.isnan(outcome)),
            "ref": pa.nulls(n, pa.string()) if ref is None else pa.array(ref),
            "due_us": pa.nulls(n, pa.int64())
            if due is None
            else pa.array(due, pa.int64(), mask=kind != "promise_made"),
            "text": pa.array(["我今天下午三点前回复您。"] * n),
        }
    )
