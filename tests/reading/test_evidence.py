"""Soft evidence: what readings say about trust, counted once and weighed by how far they are believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reading.readings import EVEN, reading_of, turn_reading
from troth.content import reader_reliability
from troth.content.acts import acts
from troth.content.kinds import codebook
from troth.content.reader_reliability import Reliability
from troth.ledger.read import read_events
from troth.reading import evidence
from troth.reading.evidence import AGAIN, soft_events, times_of
from troth.reading.schema import ActSpan, Dialogue, Turn

SURE = {"-2": 1.0, "-1": 0.0, "0": 0.0, "1": 0.0, "2": 0.0}
UNMEASURED = reader_reliability.reliability().unmeasured
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


def told(*turns, satisfaction=EVEN, reader=None, **dialogue):
    """A dialogue and its reading; a turn is its speaker and the acts found in it, perhaps with strengths."""
    said = tuple(
        Turn(speaker, "words", NOON + timedelta(minutes=i)) for i, (speaker, *_) in enumerate(turns)
    )
    spoken = Dialogue("d1", said, **dialogue)
    read = tuple(
        turn_reading(
            "words",
            acts=tuple(ActSpan(a, 0, 5, s, "words") for a, s in (_pair(act) for act in found)),
        )
        for _, *found in turns
    )
    changes = {"reader": reader} if reader else {}
    return reading_of(spoken, turns=read, satisfaction=satisfaction, **changes), spoken


def _pair(act):
    return act if isinstance(act, tuple) else (act, 1.0)


def weights(*args, **kwargs):
    """Act, outcome and weight of every row."""
    return [(r["act"], r["outcome"], r["weight"]) for r in soft_events(*told(*args, **kwargs))]


def test_an_act_weighs_what_it_says_times_strength_times_reliability():
    """Base weight, strength of the wording and the share to believe are multiplied."""
    base = acts()["evasion"].evidence.weight
    assert weights(("staff", ("evasion", 0.5))) == [
        ("evasion", 0.0, round(base * 0.5 * UNMEASURED, 4))
    ]


def test_acts_of_one_group_count_once_in_a_message():
    """Two reproaches in one message are one hurt, as heavy as the heavier; another group counts beside."""
    one = weights(("customer", ("complaint", 0.8), ("distrust", 0.9), ("complaint", 0.9)))
    assert one == weights(("customer", ("distrust", 0.9)))
    assert [act for act, *_ in weights(("staff", "ownership", "solution"))] == [
        "ownership",
        "solution",
    ]


def test_the_same_again_counts_less_each_time():
    """A group halves from message to message, so that no number of them passes twice the first."""
    found = [w for _, _, w in weights(*[("customer", "complaint")] * 6)]
    assert found[0] == pytest.approx(acts()["complaint"].evidence.weight * UNMEASURED)
    assert found[1] == pytest.approx(found[0] * AGAIN)
    assert sum(found) < 2 * found[0]


def test_a_hurt_that_was_made_good_counts_half():
    """Only what came before the customer was glad is mended, and only hurt."""
    glad = weights(("customer", "complaint"), ("staff", "evasion"), ("customer", "solved"))
    plain = weights(("customer", "complaint"), ("staff", "evasion"))
    assert glad[0][2] == pytest.approx(plain[0][2] * evidence.LEFT_WHEN_SOLVED)
    assert glad[1] == plain[1]
    relapse = weights(("customer", "solved"), ("customer", "complaint"))
    assert relapse[1] == plain[0]


def test_an_act_of_the_other_side_and_a_doubted_one_say_nothing():
    """A customer cannot evade, and a reader unsure of acts brings none."""
    assert weights(("customer", "evasion")) == []
    reading, spoken = told(("staff", "evasion"))
    doubted = reading_of(
        spoken, turns=(turn_reading("words", acts=reading.turns[0].acts, unsure=["acts"]),)
    )
    assert soft_events(doubted, spoken) == []


def test_the_forecast_adds_only_what_the_acts_have_not_told():
    """Acts and forecast together weigh what the heavier of both weighs alone, never the sum."""
    alone = weights(("customer",), satisfaction=SURE)
    assert alone == [("satisfaction", 0.0, round(evidence.FORECAST_WEIGHT * UNMEASURED, 4))]
    both = weights(("staff", "canned"), satisfaction=SURE)
    assert [act for act, *_ in both] == ["canned", "satisfaction"]
    assert sum(w for *_, w in both) == pytest.approx(alone[0][2])
    heavy = weights(("customer", "distrust"), satisfaction=SURE)
    assert [act for act, *_ in heavy] == ["distrust"]


def test_a_forecast_that_names_no_grade_says_nothing():
    """An even distribution is no evidence at all, not evidence of the middle."""
    assert weights(("customer",)) == []


def test_measured_figures_hold_for_the_reader_they_were_taken_of(monkeypatch):
    """An act's own figure is used, then its group's; another reader or a second opinion is unmeasured."""
    table = Reliability("installed", 0.3, {}, {("evasion", "zh"): 0.9, ("harm", "zh"): 0.7})
    monkeypatch.setattr(evidence, "reliability", lambda: table)
    base = acts()["evasion"].evidence.weight
    stamp = {"version": "0", "weights": "installed"}
    wanted = {
        ("evasion", 0.9): stamp, ("blame", 0.7): stamp,
        ("evasion", 0.3): stamp | {"weights": "ours"},
        ("blame", 0.3): stamp | {"second_opinion": {"used": True}},
    }  # fmt: skip
    for (act, share), reader in wanted.items():
        assert weights(("staff", act), reader=reader) == [(act, 0.0, round(base * share, 4))]


def test_a_language_that_is_not_read_brings_no_evidence():
    """Of two languages the less reliable counts; of another none."""
    table = Reliability("installed", 0.3, {}, {("harm", "zh"): 0.9, ("harm", "en"): 0.6})
    assert table.share(("evasion", "harm"), "mixed") == 0.6
    assert table.share(("evasion", "harm"), "other") == 0.0


def test_rows_are_events_that_the_ledger_takes():
    """They pass its checks, carry names or stand-ins, and are marked as made by a reader."""
    reading, spoken = told(
        ("staff", "evasion"), ("customer", "distrust"), customer="Ms Lu", staff="Wen"
    )
    rows = soft_events(reading, spoken)
    table = read_events_of(rows)
    assert table["truster"].to_pylist() == ["Ms Lu"] * 2
    assert table["trustee"].to_pylist() == ["Wen"] * 2
    assert table["organisation"].to_pylist() == ["house"] * 2
    assert set(table["source"].to_pylist()) == {"reading:0"}
    assert table["weight"].to_pylist() == [row["weight"] for row in rows]
    assert not codebook()[rows[0]["kind"]].judged
    unnamed = soft_events(*told(("staff", "evasion")))[0]
    assert (unnamed["truster"], unnamed["trustee"]) == ("d1", "staff")


def read_events_of(rows):
    """The rows as checked events."""
    import pyarrow as pa

    reading = read_events(pa.Table.from_pylist(rows), now_us=1_900_000_000_000_000)
    assert reading.rejected.num_rows == 0, reading.rejected.to_pylist()
    return reading.events.table


def test_a_dialogue_called_staff_does_not_trust_itself():
    """A stand-in that meets its like is told apart."""
    spoken = Dialogue("staff", (Turn("staff", "words", NOON),))
    act = ActSpan("evasion", 0, 5, 1.0, "words")
    row = soft_events(reading_of(spoken, turns=(turn_reading("words", acts=(act,)),)), spoken)[0]
    assert row["truster"] != row["trustee"]


def test_words_are_copied_only_when_asked():
    """By default an event holds no text."""
    reading, spoken = told(("staff", "evasion"))
    assert "text" not in soft_events(reading, spoken)[0]
    assert soft_events(reading, spoken, with_words=True)[0]["text"] == "words"


def test_ids_follow_from_dialogue_turn_and_group_alone():
    """Another version or figure gives the same ids; a dialogue that has grown keeps its earlier rows."""
    first = soft_events(*told(("staff", "evasion"), ("customer", "distrust")))
    later = soft_events(
        *told(("staff", ("blame", 0.4)), ("customer", "distrust"), reader={"version": "9"})
    )
    assert [r["event_id"] for r in first] == [r["event_id"] for r in later]
    grown = soft_events(*told(("staff", "evasion"), ("customer", "distrust"), ("staff", "blame")))
    assert grown[:2] == first
    assert len({r["event_id"] for r in grown}) == 3


@given(st.lists(st.booleans(), min_size=1, max_size=8))
def test_turns_without_a_time_keep_their_order(timed):
    """Times rise with the turns and known ones stay; with none at all they count days from 1970."""
    turns = [
        Turn("staff", "", NOON + timedelta(minutes=i) if known else None)
        for i, known in enumerate(timed)
    ]
    times = times_of(turns)
    assert all(b > a for a, b in pairwise(times))
    assert all(t == turn.at for t, turn in zip(times, turns, strict=True) if turn.at)
    if not any(timed):
        assert times == [datetime(1970, 1, 1 + i, tzinfo=UTC) for i in range(len(turns))]
