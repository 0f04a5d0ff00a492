"""The events that stand, in the order in which they can have happened."""

from __future__ import annotations

from itertools import permutations

import pyarrow as pa
import pytest

from troth.guidance.standing import standing_rows

DAY = 86_400_000_000


def told(*rows: tuple[str, int, str, str | None]) -> list[str]:
    """Ids of the standing rows of (id, day, kind, answered id)."""
    table = pa.table(
        {
            "event_id": [row[0] for row in rows],
            "t_us": pa.array([row[1] * DAY for row in rows], pa.int64()),
            "kind": [row[2] for row in rows],
            "ref": pa.array([row[3] for row in rows], pa.string()),
        }
    )
    kinds = ("promise_made", "promise_kept", "promise_renegotiated")
    return [row["event_id"] for row in standing_rows(table, kinds, 100 * DAY)]


@pytest.mark.parametrize("names", list(permutations("abc")))
def test_within_one_instant_an_answer_follows_what_it_answers(names):
    """A file that tells only days puts a promise, its move and its keeping into one instant."""
    made, moved, kept = names
    rows = [
        (kept, 1, "promise_kept", moved),
        (made, 1, "promise_made", None),
        (moved, 1, "promise_renegotiated", made),
    ]
    assert told(*rows) == [made, moved, kept]


def test_other_events_of_one_instant_stand_by_their_ids():
    """Ties that no answer decides are always told alike."""
    assert told(("b", 1, "promise_made", None), ("a", 1, "promise_made", None)) == ["a", "b"]


@pytest.mark.parametrize("name", ["a", "z"])
def test_what_was_taken_back_in_the_same_instant_is_gone(name):
    """Whatever the correction's id, and a correction of the correction lifts it."""
    first = ("m", 1, "promise_made", None)
    assert told(first, (name, 1, "correction", "m")) == []
    assert told(first, (name, 1, "correction", "m"), ("b", 1, "correction", name)) == ["m"]
