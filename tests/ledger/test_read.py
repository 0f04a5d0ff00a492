"""Reading as a whole: order, and never an exception for a bad row."""

from __future__ import annotations

import io
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import HEADER, NOW_US, ids_of, line
from troth.ledger.columns import Terms, draft_of
from troth.ledger.errors import UnreadableError
from troth.ledger.read import read_events
from troth.ledger.rejections import SCHEMA as REJECTED
from troth.ledger.schema import SCHEMA
from troth.ledger.sources import read_bytes

ROWS = "".join(line(f"e{i}", f"文字 {i}") for i in range(6))
CSV = (HEADER + ROWS + line("q", '"a ""b"" \n c"')).encode()
JSONL = (
    b'{"event_id":"a","at":"2024-01-01T00:00:00Z","truster":"x","trustee":"y","kind":"message"}\n'
    b'{"event_id":"b","at":1704067200,"truster":"x","trustee":"y","kind":"review","outcome":0.5}\n'
)


def parquet() -> bytes:
    """A small Parquet file."""
    sink = io.BytesIO()
    pq.write_table(
        pa.table(
            {
                "event_id": ["a"],
                "at": ["2024-01-01"],
                "truster": ["x"],
                "trustee": ["y"],
                "kind": ["message"],
            }
        ),
        sink,
    )
    return sink.getvalue()


def refused_or_taken(name: str, data: bytes) -> bool:
    """Whether the file was read, or refused in one line; anything else is raised."""
    try:
        draft_of(read_bytes(name, data), Terms(NOW_US))
    except UnreadableError as error:
        return "\n" not in str(error)
    return True


def test_events_stand_by_time_and_id() -> None:
    """Whatever the order of input."""
    table = pa.table(
        {
            "event_id": ["c", "b", "a", "d"],
            "t_us": [2, 1, 2, 2],
            "truster": ["x"] * 4,
            "trustee": ["y"] * 4,
            "kind": ["message"] * 4,
        }
    )
    assert ids_of(read_events(table, now_us=NOW_US)) == ["b", "a", "c", "d"]


@given(st.permutations(range(8)))
def test_the_order_of_input_does_not_matter(order: list[int]) -> None:
    """The same rows give the same table."""
    table = pa.table(
        {
            "event_id": list("hgfedcba"),
            "t_us": [1, 1, 2, 2, 2, 3, 3, 1],
            "truster": list("xyzxyzxy"),
            "trustee": ["s"] * 8,
            "kind": ["message", "contact"] * 4,
            "organisation": ["o", None] * 4,
        }
    )
    shuffled = read_events(table.take(pa.array(order)), now_us=NOW_US).events.table
    assert shuffled.equals(read_events(table, now_us=NOW_US).events.table)


def test_the_schema_is_the_same_whatever_was_read() -> None:
    """Nothing, little or much."""
    assert read_events([], now_us=NOW_US).events.table.schema == SCHEMA
    assert read_events([], now_us=NOW_US).rejected.schema == REJECTED


@pytest.mark.parametrize("seed", range(150))
@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_damage_is_refused_and_never_raised(kind: str, seed: int) -> None:
    """Bytes cut, changed or doubled anywhere give rejections or one clear line."""
    chance = random.Random(seed)
    data = bytearray({"csv": CSV, "jsonl": JSONL, "parquet": parquet()}[kind])
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(data))
        deed = chance.random()
        if deed < 0.6:
            data[place] = chance.choice(
                [0, 10, 13, 34, 44, 92, 123, 0x80, 0xFF, chance.randrange(256)]
            )
        elif deed < 0.8:
            del data[place : place + chance.randint(1, 9)]
        else:
            data[place:place] = data[place : place + chance.randint(1, 9)]
    assert refused_or_taken(f"x.{kind}", bytes(data))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["x.csv", "x.jsonl"]))
def test_any_text_is_refused_and_never_raised(text: str, name: str) -> None:
    """Under our header, anything may follow."""
    start = HEADER.encode() if name == "x.csv" else JSONL
    assert refused_or_taken(name, start + text.encode())
