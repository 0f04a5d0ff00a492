"""Public data as events. Nothing is copied: the folder is named by TROTH_BENCH_DATA."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from troth.ledger.read import read_events

if TYPE_CHECKING:
    from troth.ledger.events import Events

DAY_S = 86_400
#: Any time later than the data; the reader refuses later ones.
LATE_US = 1_900_000_000_000_000


def folder() -> Path:
    """Where the data lies.

    Raises:
        SystemExit: it is not there.
    """
    default = Path(__file__).parents[3] / "shared" / "data"
    found = Path(os.environ.get("TROTH_BENCH_DATA", default))
    if not found.is_dir():
        msg = f"public data is absent: no folder {found}; set TROTH_BENCH_DATA (docs/reference/data.md)"
        raise SystemExit(msg)
    return found


def _events(frame: pd.DataFrame) -> Events:
    reading = read_events(pa.Table.from_pandas(frame, preserve_index=False), now_us=LATE_US)
    assert not reading.rejected.num_rows, reading.rejected.slice(0, 3).to_pylist()
    return reading.events


def bitcoin_otc() -> Events:
    """Ratings among traders: each is an observation, honoured where the rating is positive."""
    ratings = pd.read_csv(folder() / "bitcoin_otc" / "ratings.csv.gz")
    frame = pd.DataFrame(
        {
            "event_id": np.arange(len(ratings)).astype(str),
            "at": ratings["time"].astype("int64"),
            "truster": "u" + ratings["rater"].astype(str),
            "trustee": "u" + ratings["ratee"].astype(str),
            "kind": "observation",
            "outcome": (ratings["rating"] > 0).astype(float),
        }
    )
    return _events(frame)


def diplomacy() -> Events:
    """Messages between seats of twelve games: an observation where the receiver judged its truth.

    The clock is the message's number in its game, as days.
    """
    messages = pd.read_csv(
        folder() / "diplomacy" / "messages.csv.gz", dtype=str, keep_default_na=False
    )
    index = messages["absolute_message_index"].astype(int)
    label = messages["receiver_label"].str.lower()
    judged = label.isin(["true", "false"])
    frame = pd.DataFrame(
        {
            "event_id": [f"m{i:05d}" for i in range(len(messages))],
            "at": index * DAY_S + DAY_S * 365 * 30,
            "truster": messages["game_id"] + ":" + messages["receiver"],
            "trustee": messages["game_id"] + ":" + messages["sender"],
            "kind": np.where(judged, "observation", "message"),
            "outcome": np.where(judged, (label == "true").astype(float), np.nan),
            "game": messages["game_id"],
        }
    )
    return _events(frame)


def hotel_bookings() -> pd.DataFrame:
    """Bookings with the day they were made and the day of arrival; the answer columns are dropped."""
    bookings = pd.read_csv(
        folder() / "hotel_bookings" / "bookings.csv.gz", dtype=str, keep_default_na=False
    )
    date = (
        bookings["arrival_date_year"]
        + " "
        + bookings["arrival_date_month"]
        + " "
        + bookings["arrival_date_day_of_month"]
    )
    bookings["arrival"] = pd.to_datetime(date, format="%Y %B %d")
    bookings["booked"] = bookings["arrival"] - pd.to_timedelta(
        bookings["lead_time"].astype(int), "D"
    )
    leaks = [
        "reservation_status",
        "reservation_status_date",
        "assigned_room_type",
        "booking_changes",
        "country",
    ]
    return bookings.drop(columns=leaks)
