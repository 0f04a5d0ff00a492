"""JSON lines as programs send them."""

from __future__ import annotations

import json

import pytest

from tests.ledger.conftest import Reader, ids_of, refusals_of
from troth.ledger.errors import UnreadableError

GOOD = {
    "event_id": "a",
    "at": "2024-01-01T00:00:00Z",
    "truster": "x",
    "trustee": "y",
    "kind": "message",
}


def lines(*records: object) -> str:
    """One line a record; text stands as it is."""
    return "".join(
        (record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records
    )


def test_lines_that_are_no_objects_are_refused_by_number(read: Reader) -> None:
    """Blank lines count, so that an editor shows the same numbers."""
    reading = read(lines(GOOD, "{bad", "", "[1]", {**GOOD, "event_id": "b"}), "events.jsonl")
    assert ids_of(reading) == ["a", "b"]
    assert refusals_of(reading) == [
        (2, "", "the line is not a JSON object"),
        (4, "", "the line is not a JSON object"),
    ]


@pytest.mark.parametrize("value", [["x"], {"name": "x"}, True])
def test_a_cell_that_is_no_single_value_is_refused(read: Reader, value: object) -> None:
    """An id is a text or a number."""
    reading = read(lines(GOOD, {**GOOD, "event_id": "b", "truster": value}), "events.jsonl")
    assert ids_of(reading) == ["a"]
    assert refusals_of(reading)[0][:2] == (2, "truster")


def test_ids_may_be_numbers_in_some_lines(read: Reader) -> None:
    """7 and "7" are the same id."""
    reading = read(lines({**GOOD, "event_id": 7}, {**GOOD, "event_id": "8"}), "events.jsonl")
    assert ids_of(reading) == ["7", "8"]


def test_times_may_be_of_several_types(read: Reader) -> None:
    """Epoch numbers and ISO text in one file."""
    records = [
        {**GOOD, "event_id": str(i), "at": at}
        for i, at in enumerate(
            [1_700_000_000, 1_700_000_000.25, "1700000000", "2023-11-14T22:13:20Z"]
        )
    ]
    reading = read(lines(*records), "events.jsonl")
    assert sorted(reading.events.t_us.tolist()) == [1_700_000_000_000_000] * 3 + [
        1_700_000_000_250_000
    ]


def test_naive_times_stay_naive(read: Reader) -> None:
    """A fast parser would take them for UTC without a word."""
    reading = read(lines({**GOOD, "at": "2024-01-01T00:00:00"}), "events.jsonl")
    assert "no time zone" in refusals_of(reading)[0][2]


def test_extra_text_like_a_date_stays_text(read: Reader) -> None:
    """Nothing is guessed about columns we do not know."""
    reading = read(lines({**GOOD, "arrival": "2024-01-01"}), "events.jsonl")
    assert reading.events.table["arrival"].to_pylist() == ["2024-01-01"]


def test_nan_is_no_json(read: Reader) -> None:
    """NaN costs its own line only."""
    reading = read(lines(GOOD, '{"event_id": "b", "outcome": NaN}'), "events.jsonl")
    assert ids_of(reading) == ["a"]


def test_a_huge_cell_costs_its_own_line_only(read: Reader) -> None:
    """Also where it is larger than any block the fast parser takes."""
    records = [
        {**GOOD, "event_id": i, "text": t}
        for i, t in (("a", "x"), ("b", "x" * 20_000_000), ("c", "x"))
    ]
    reading = read(lines(*records), "events.jsonl")
    assert ids_of(reading) == ["a", "c"]
    assert refusals_of(reading)[0][:2] == (2, "text")


def test_one_array_of_objects_is_read(read: Reader) -> None:
    """Some programs export that."""
    assert ids_of(read(json.dumps([GOOD, {**GOOD, "event_id": "b"}]), "events.json")) == ["a", "b"]


def test_names_in_other_spelling_are_known(read: Reader) -> None:
    """As in CSV."""
    record = {("Event ID" if key == "event_id" else key): value for key, value in GOOD.items()}
    assert ids_of(read(lines(record), "events.jsonl")) == ["a"]


def test_text_that_is_no_json_at_all_is_unreadable(read: Reader) -> None:
    """One clear line."""
    with pytest.raises(UnreadableError):
        read("hello\nworld\n", "events.jsonl")
