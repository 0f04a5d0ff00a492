"""Evidence rows, against the definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.ledger.conftest import NOW_US
from tests.oracles.evidence import standing_before
from troth.ledger.evidence import Evidence, evidence_rows
from troth.ledger.read import read_events
from troth.ledger.schema import DIMENSIONS

if TYPE_CHECKING:
    from troth.ledger.events import Events

KINDS = (
    "complaint_opened",
    "promise_broken",
    "complaint_resolved",
    "apology",
    "compensation",
    "complaint_reopened",
    "correction",
    "correction",
    "review",
    "message",
)


def events_of(*rows: dict[str, object]) -> Events:
    """Events that must all be taken in."""
    plain = [{"truster": "guest", "trustee": "clerk", "organisation": "inn", **row} for row in rows]
    names = dict.fromkeys(name for row in plain for name in row)
    table = pa.table({name: [row.get(name) for row in plain] for name in names})
    reading = read_events(table, now_us=NOW_US)
    assert reading.rejected.num_rows == 0, reading.rejected.to_pylist()
    return reading.events


def breach(event_id: str = "a", t_us: int = 1, **more: object) -> dict[str, object]:
    """A complaint."""
    return {"event_id": event_id, "t_us": t_us, "kind": "complaint_opened", **more}


def answer(event_id: str, t_us: int, kind: str, ref: str, **more: object) -> dict[str, object]:
    """An event that answers another."""
    return {"event_id": event_id, "t_us": t_us, "kind": kind, "ref": ref, **more}


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, object]]:
    """Events that answer earlier ones, many of them at the same few times."""
    count = draw(st.integers(1, 10))
    times = sorted(draw(st.lists(st.integers(0, 6), min_size=count, max_size=count)))
    rows: list[dict[str, object]] = []
    for i, t_us in enumerate(times):
        ref = f"e{draw(st.integers(0, i - 1))}" if i and draw(st.booleans()) else None
        kinds = [kind for kind in KINDS if ref is not None or kind != "correction"]
        kind = draw(st.sampled_from(kinds))
        outcome = draw(st.sampled_from([0.0, 0.25, 1.0])) if kind == "review" else None
        rows.append(
            {
                "event_id": f"e{i}",
                "t_us": t_us,
                "kind": kind,
                "ref": ref,
                "outcome": outcome,
                "trustee": draw(st.sampled_from(["clerk", "cook"])),
            }
        )
    return rows


def sums_before(evidence: Evidence, events: Events, until_us: int) -> dict[str, np.ndarray]:
    """By the event whose keys a row has: good and bad by dimension, and open cases."""
    ids = events.table["event_id"].to_pylist()
    sums: dict[str, np.ndarray] = {}
    for i in np.flatnonzero(evidence.from_us < until_us):
        of = evidence.breach[i] if evidence.breach[i] >= 0 else evidence.event[i]
        entry = sums.setdefault(ids[of], np.zeros(9))
        entry[:4] += evidence.good[i] * evidence.loadings[i]
        entry[4:8] += evidence.bad[i] * evidence.loadings[i]
        entry[8] += evidence.open_change[i]
    return sums


@settings(max_examples=400, deadline=None)
@given(histories())
def test_rows_known_before_a_time_sum_to_what_stood_then(history: list[dict[str, object]]) -> None:
    """Repairs, repetitions and corrections sum, at every time, to the plain reckoning of it."""
    events = events_of(*history)
    evidence = evidence_rows(events)
    rows = events.table.to_pylist()
    for until_us in range(8):
        expected = standing_before(rows, until_us)
        found = sums_before(evidence, events, until_us)
        assert set(found) == set(expected)
        for event_id, standing in expected.items():
            assert found[event_id][:4] == pytest.approx(standing.good, abs=1e-12)
            assert found[event_id][4:8] == pytest.approx(standing.bad, abs=1e-12)
            assert found[event_id][8] == standing.is_open


@settings(max_examples=200, deadline=None)
@given(histories())
def test_omitting_what_was_retracted_leaves_the_same_sums(history: list[dict[str, object]]) -> None:
    """In the end, a history with its corrections weighs as much as one where neither happened."""
    events = events_of(*history)
    whole, short = evidence_rows(events), evidence_rows(events, omit_retracted=True)
    for name in ("good", "bad"):
        by_dimension = [
            (getattr(rows, name)[:, None] * rows.loadings).sum(axis=0) for rows in (whole, short)
        ]
        assert by_dimension[0] == pytest.approx(by_dimension[1], abs=1e-12)


@settings(max_examples=200, deadline=None)
@given(histories())
def test_rows_are_well_formed(history: list[dict[str, object]]) -> None:
    """Rows stand by (from_us, event), decay from before they are known, and loadings sum to 1."""
    evidence = evidence_rows(events_of(*history))
    order = np.lexsort((evidence.event, evidence.from_us))
    assert (order == np.arange(len(evidence))).all()
    assert (evidence.t_us <= evidence.from_us).all()
    assert (evidence.loadings >= 0).all()
    assert evidence.loadings.sum(axis=1) == pytest.approx(1.0)
    assert (evidence.breach == -1).sum() == len(history)


def test_a_plain_event_weighs_as_given() -> None:
    """Good mass is weight × outcome, bad mass weight × (1 − outcome)."""
    events = events_of(
        {"event_id": "a", "t_us": 1, "kind": "review", "outcome": 0.25, "weight": 2.0},
    )
    evidence = evidence_rows(events)
    assert evidence.good.tolist() == [0.5]
    assert evidence.bad.tolist() == [1.5]
    assert evidence.judged.tolist() == [True]
    assert evidence.organisations[evidence.organisation[0]] == "inn"


def test_parties_share_one_space() -> None:
    """One who trusts in one event and is trusted in another has one code."""
    events = events_of(
        {"event_id": "a", "t_us": 1, "kind": "message", "truster": "x", "trustee": "y"},
        {"event_id": "b", "t_us": 2, "kind": "message", "truster": "y", "trustee": "x"},
    )
    evidence = evidence_rows(events)
    assert evidence.truster[0] == evidence.trustee[1]
    assert [evidence.parties[code] for code in evidence.truster] == ["x", "y"]


def test_a_repair_has_the_keys_and_time_of_the_breach() -> None:
    """A manager's apology undoes harm done to trust in the clerk, as of the time of the harm."""
    events = events_of(breach(), answer("b", 9, "apology", "a", trustee="manager"))
    evidence = evidence_rows(events)
    repair = 2
    assert evidence.breach[repair] == 0
    assert evidence.event[repair] == 1
    assert evidence.parties[evidence.trustee[repair]] == "clerk"
    assert (evidence.t_us[repair], evidence.from_us[repair]) == (1, 9)
    assert evidence.bad[repair] < 0
    assert evidence.good[1] == evidence.bad[1] == 0.0


def test_repair_never_exceeds_four_fifths() -> None:
    """However many remedies follow, a fifth of the harm stays."""
    remedies = [answer(f"b{i}", 2 + i, "compensation", "a") for i in range(20)]
    evidence = evidence_rows(events_of(breach(), *remedies))
    assert evidence.bad.sum() == pytest.approx(0.2)


def test_a_reopened_complaint_gives_back_the_harm_and_opens_the_case_again() -> None:
    """A case closed too early counts in full again, beside the harm of the repetition."""
    events = events_of(
        breach(),
        answer("b", 2, "complaint_resolved", "a"),
        answer("c", 3, "complaint_reopened", "a"),
    )
    evidence = evidence_rows(events)
    assert evidence.bad.sum() == pytest.approx(2.0)
    assert evidence.open_change[evidence.from_us <= 2].sum() == 0
    assert evidence.open_change.sum() == 1


def test_a_broken_promise_opens_a_case_of_its_own() -> None:
    """It answers the promise, which let nobody down."""
    events = events_of(
        {"event_id": "p", "t_us": 1, "kind": "promise_made"}, answer("q", 2, "promise_broken", "p")
    )
    evidence = evidence_rows(events)
    assert evidence.open_change.tolist() == [0, 1]


def test_a_correction_of_a_correction_restores_the_event() -> None:
    """What was taken back by mistake counts again, and so do its repairs."""
    events = events_of(
        breach(),
        answer("b", 2, "apology", "a"),
        answer("c", 3, "correction", "a"),
        answer("d", 4, "correction", "c"),
    )
    evidence = evidence_rows(events)
    before = evidence.bad[evidence.from_us <= 2].sum()
    assert evidence.bad[evidence.from_us <= 3].sum() == pytest.approx(0.0)
    assert evidence.bad.sum() == pytest.approx(before)
    assert len(evidence_rows(events, omit_retracted=True)) == 3


def test_no_events_make_no_evidence() -> None:
    """An empty ledger is no error."""
    assert len(evidence_rows(read_events([], now_us=NOW_US).events)) == 0


def test_loadings_follow_the_table() -> None:
    """Given loadings, not the kind's, share out the mass."""
    events = events_of({"event_id": "a", "t_us": 1, "kind": "complaint_opened", "integrity": 2.0})
    assert evidence_rows(events).loadings.tolist() == [[0.0, 0.0, 1.0, 0.0]]
    assert [events.table[name][0].as_py() for name in DIMENSIONS] == [0.0, 0.0, 1.0, 0.0]
