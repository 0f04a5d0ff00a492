"""What the reader writes is described by a JSON Schema, and survives being written and read."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from troth.reading.json_schema import fault, opinion_schema, output_schema, turn_schema
from troth.reading.schema import (
    EMOTIONS,
    EMPATHY,
    GRADES,
    ActSpan,
    DialogueReading,
    Empathy,
    TurnReading,
    line_of,
)

EVEN = dict.fromkeys(GRADES, 0.2)
TURN = TurnReading(
    "zh", 0.2, 3.0, dict.fromkeys(EMOTIONS, 0.0),
    {axis: Empathy(level=1, strength=0.5, spans=[(0, 2)]) for axis in EMPATHY},
    (ActSpan("apology", 0, 2, 0.9, "抱歉"),),
    [{"deliverable": "回复您", "due": None, "start": 2, "end": 5, "text": "回复您"}],
    [{"what": "高楼层", "wanted": False, "start": 0, "end": 3, "text": "高楼层"}],
    0.5, ["sentiment"],
)  # fmt: skip
READING = DialogueReading(
    "d1", (TURN, TURN), EVEN, EVEN, EVEN, None, {"version": "1", "weights": "cues"}
)


def test_there_and_back():
    """A line that is written is the reading again when read."""
    line = line_of(READING.to_json())
    assert line.endswith(b"\n")
    assert DialogueReading.from_json(json.loads(line)) == READING
    assert TurnReading.from_json(TURN.to_json()) == TURN


def test_half_a_pair_is_written_as_it_came():
    """Output is UTF-8 whatever the text."""
    odd = replace(READING, id="\ud83d")
    line = line_of(odd.to_json())
    line.decode()
    assert DialogueReading.from_json(json.loads(line)) == odd


def test_a_reading_keeps_to_its_schema():
    """Nothing is at fault in a good one, nor where a reader adds to its stamp or to a promise."""
    told = json.loads(line_of(READING.to_json()))
    assert fault(told, output_schema()) is None
    told["reader"]["more"] = 1
    told["turns"][0]["promises"][0]["strength"] = 0.5
    assert fault(told, output_schema()) is None
    assert fault(told["turns"][0], turn_schema()) is None


WRONG = [
    (("id",), 7, "id: is not string"),
    (("more",), 7, "more: is not known"),
    (("turns", 0, "acts", 0, "act"), "sing", "turns.0.acts.0.act"),
    (("turns", 0, "acts", 0, "start"), -1, "out of range"),
    (("turns", 0, "acts", 0, "start"), 0.5, "is not integer"),
    (("turns", 0, "acts", 0, "start"), True, "is not integer"),
    (("turns", 1, "sentiment"), 1.5, "turns.1.sentiment: is out of range"),
    (("turns", 1, "sentiment"), "low", "is not number or null"),
    (("turns", 1, "empathy", "interpretation", "level"), 3, "allowed"),
    (("turns", 1, "empathy", "interpretation", "spans"), [[1]], "has 1 items"),
    (("satisfaction", "2"), -0.1, "satisfaction.2"),
    (("turning_point",), "none", "turning_point"),
]


@pytest.mark.parametrize(("path", "value", "why"), WRONG)
def test_a_fault_is_found_where_it_is(path, value, why):
    """The field and what is wrong with it."""
    told = json.loads(line_of(READING.to_json()))
    inner = told
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    assert why in fault(told, output_schema())


@pytest.mark.parametrize("name", ["id", "turns", "satisfaction", "reader"])
def test_every_field_is_needed(name):
    """What is missing is told."""
    told = json.loads(line_of(READING.to_json()))
    del told[name]
    assert fault(told, output_schema()) == f"{name}: is missing"


def test_a_language_model_is_held_to_a_closed_schema():
    """Every object is closed with all its fields needed, and the number of turns is fixed."""
    schema = opinion_schema(2)
    seen = [schema]
    while seen:
        part = seen.pop()
        if part.get("type") == "object":
            assert part["additionalProperties"] is False
            assert part["required"] == list(part["properties"])
        seen += [p for p in (*part.get("properties", {}).values(), part.get("items")) if p]
    told = json.loads(line_of(READING.to_json()))
    del told["id"], told["reader"]
    assert fault(told, schema) is None
    assert "turns" in fault(told, opinion_schema(3))
