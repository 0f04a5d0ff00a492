"""The reader as installed and as trained: whole lines out, whatever comes in."""

from __future__ import annotations

import math

import pytest

from tests.reading.rated import rated
from troth.reading.json_schema import fault, output_schema
from troth.reading.reader import Reader
from troth.reading.schema import TARGETS, Dialogue, Turn
from troth.reading.train import train

ODD = [
    Dialogue("none", ()),
    Dialogue("empty", (Turn("customer", ""), Turn("staff", "  "))),
    Dialogue("half", (Turn("customer", "\ud83d\udc4d?? \ud83d"), Turn("staff", "<b>&nbsp;</b>"))),
]


@pytest.fixture(scope="module", params=["installed", "trained"])
def reader(request):
    """Both kinds of reader; what holds for one holds for the other."""
    return Reader.installed() if request.param == "installed" else train(rated(80), seed=1)[0]


def test_lines_are_as_described(reader):
    """Every line fits the published schema, and every distribution sums to 1."""
    dialogues = rated(6, seed=4) + ODD
    found = reader.read(dialogues)
    assert [line.id for line in found] == [dialogue.id for dialogue in dialogues]
    for dialogue, line in zip(dialogues, found, strict=True):
        assert fault(line.to_json(), output_schema()) is None
        assert len(line.turns) == len(dialogue.turns)
        for target in TARGETS:
            assert math.isclose(sum(getattr(line, target).values()), 1, abs_tol=1e-9)
        for turn, reading in zip(dialogue.turns, line.turns, strict=True):
            assert all(turn.text[a.start : a.end] == a.text for a in reading.acts)


def test_each_dialogue_is_read_by_itself(reader):
    """A dialogue says the same alone as among others."""
    dialogues = rated(4, seed=4)
    together = reader.read(dialogues)
    for dialogue, line in zip(dialogues, together, strict=True):
        (alone,) = reader.read([dialogue])
        assert [t.acts for t in alone.turns] == [t.acts for t in line.turns]
        for target in TARGETS:
            assert getattr(alone, target) == pytest.approx(getattr(line, target), abs=1e-3)


def test_good_dialogues_are_forecast_above_bad_ones(reader):
    """Thanked and solved stands above evaded and asked a third time, after the last turn too."""
    found = reader.read(rated(12, seed=4))
    grade = [sum(int(g) * p for g, p in line.satisfaction.items()) for line in found]
    assert min(grade[1::2]) > max(grade[::2])
    after = [line.turns[-1].satisfaction for line in found]
    assert min(after[1::2]) > max(after[::2])
    assert all(line.turning_point is not None for line in found[::2])


def test_learned_acts_stand_beside_cues():
    """What a team labels is found where no cue is, over the whole message."""
    dialogues = rated(80)
    reader, _ = train(dialogues, seed=1)
    found = reader.read(dialogues)
    acts = [{a.act for a in line.turns[1].acts} for line in found]
    assert sum("evasion" in own for own in acts[::2]) > 30
    assert sum("solution" in own for own in acts[1::2]) > 30
    assert not any("evasion" in own for own in acts[1::2])


def test_a_single_message_is_read_for_both_sides_where_nobody_is_named():
    """Without a speaker acts of both sides are read; with one only those it can do."""
    reader = Reader.installed()
    text = "对不起让您久等了,谢谢"
    both = {a.act for a in reader.read_message(text).acts}
    assert {"apology", "thanks"} <= both
    assert "apology" not in {a.act for a in reader.read_message(text, "customer").acts}
