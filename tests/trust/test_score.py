"""One row a relationship, by every engine and at every level."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

import troth
from tests.oracles import belief as oracle
from troth.lab.demo import DEMO_UNTIL_US, demo_events
from troth.ledger.evidence import evidence_rows
from troth.ledger.read import read_events
from troth.trust.explain import Explainer, UnknownPartyError
from troth.trust.parameters import default_parameters
from troth.trust.score import score_events

LEVELS = ("house", "pair", "trustee", "organisation")


@pytest.fixture(scope="module")
def events():
    """The demo's year: repairs, corrections of course, hand-overs inside the team."""
    table = pa.Table.from_pylist(demo_events(7, DEMO_UNTIL_US))
    return read_events(table, now_us=DEMO_UNTIL_US).events


def figures(table: pa.Table) -> np.ndarray:
    """All numbers of a score."""
    names = ["probability", "low", "high", "evidence", "ability", "reliability", "trend"]
    return np.column_stack([table[name].to_numpy() for name in names])


@pytest.mark.parametrize("by", LEVELS)
def test_batch_and_stream_agree(events, by):
    """Both engines give the same figures to 1e-9, and the same stages and reasons."""
    batch, stream = (
        score_events(events, default_parameters(), engine=e, by=by) for e in ("batch", "stream")
    )
    np.testing.assert_allclose(figures(batch), figures(stream), atol=1e-9)
    for name in ("stage", "repair", "enough", "reason_1", "last_event"):
        assert batch[name].equals(stream[name])


@pytest.mark.parametrize("by", LEVELS)
def test_agrees_with_the_oracle(events, by):
    """A belief equals the design's equations over the rows, with houses standing for their members."""
    parameters = default_parameters()
    evidence = evidence_rows(events)
    table = score_events(events, parameters, by=by)
    at = json.loads(table.schema.metadata[b"troth"])["at_us"]
    projected = by in ("house", "organisation")
    shift = len(evidence.parties)
    touches = []
    for i in range(len(evidence)):
        house = int(evidence.organisation[i])
        if projected and house < 0:
            continue
        touches.append(
            oracle.Touch(
                int(evidence.truster[i]),
                shift + house if projected else int(evidence.trustee[i]),
                -1 if projected else house,
                int(evidence.t_us[i]),
                int(evidence.from_us[i]),
                float(evidence.good[i]),
                float(evidence.bad[i]),
            )
        )
    judged = evidence.outcome[evidence.judged & (evidence.breach < 0)]
    mean = parameters.running_mean(judged.sum(), judged.size)
    code = {n: i for i, n in enumerate(evidence.parties)}
    code |= {n: shift + i for i, n in enumerate(evidence.organisations)}
    for row in table.slice(0, 3).to_pylist():
        truster = code.get(row.get("truster"), -1)
        trustee = code[row["organisation"] if projected else row["trustee"]]
        house = next((e.organisation for e in reversed(touches) if e.trustee == trustee), -1)
        eta = oracle.log_odds(touches, (truster, trustee, house), at, parameters, mean)
        assert row["probability"] == pytest.approx(1 / (1 + np.exp(-eta)), abs=1e-9)


def test_standing_earlier_sees_only_what_was_known(events):
    """A score at a time equals the score of the events before that time."""
    at = int(events.t_us[4000])
    earlier = score_events(events, default_parameters(), at_us=at)
    cut = type(events)(events.table.filter(pc.less(events.table["t_us"], at)))
    alone = score_events(cut, default_parameters(), at_us=at)
    assert earlier.num_rows == alone.num_rows
    np.testing.assert_allclose(figures(earlier), figures(alone), atol=1e-9)
    assert earlier["stage"].equals(alone["stage"])


def test_too_early_to_tell(events):
    """Under two pieces of evidence a row says so, and still carries its probability."""
    table = score_events(events, default_parameters(), by="pair")
    thin = table.filter(pc.less(table["evidence"], 2.0))
    assert thin.num_rows > 0
    assert not any(thin["enough"].to_pylist())
    assert all(0 < p < 1 for p in thin["probability"].to_pylist())


@pytest.mark.parametrize("kind", ["arrow", "pandas", "polars", "path"])
def test_takes_and_gives_frames(kind, tmp_path):
    """A frame comes back as the kind that was given."""
    rows = {
        "event_id": ["a", "b"], "at": ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"],
        "truster": ["x", "x"], "trustee": ["y", "y"], "kind": ["survey", "survey"], "outcome": [1.0, 0.0],
    }  # fmt: skip
    table = pa.table(rows)
    if kind == "path":
        given = tmp_path / "e.jsonl"
        given.write_text("\n".join(json.dumps(r) for r in table.to_pylist()), encoding="utf-8")
    else:
        given = {
            "arrow": lambda: table,
            "pandas": table.to_pandas,
            "polars": lambda: __import__("polars").from_arrow(table),
        }[kind]()
    found = troth.score(given)
    assert type(found) is (pa.Table if kind == "path" else type(given))
    assert len(found) == 1


def test_refused_records_are_not_swallowed():
    """From Python a bad record is an error that names row, column and reason."""
    bad = pa.table(
        {
            "event_id": ["a"],
            "at": ["soon"],
            "truster": ["x"],
            "trustee": ["y"],
            "kind": ["survey"],
            "outcome": [1.0],
        }
    )
    with pytest.raises(ValueError, match="row 1, at"):
        troth.score(bad)


@pytest.mark.parametrize(
    "options",
    [{"by": "nobody"}, {"engine": "steam"}, {"at": "yesterday"}, {"at": "2026-01-01T10:00"}],
)
def test_wrong_options_are_named(options):
    """What cannot be meant is refused with its name."""
    good = pa.table(
        {
            "event_id": ["a"],
            "at": ["2026-01-01T00:00:00Z"],
            "truster": ["x"],
            "trustee": ["y"],
            "kind": ["survey"],
            "outcome": [1.0],
        }
    )
    with pytest.raises(ValueError, match=str(next(iter(options.values())))):
        troth.score(good, **options)


def test_explanations_agree_with_the_score(events):
    """The page and the table tell the same belief, interval and stage; contributions sum to it."""
    table = score_events(events, default_parameters(), by="house")
    explainer = Explainer(events)
    for row in table.slice(0, 12).to_pylist():
        told = explainer.explain(row["truster"], row["organisation"])
        assert told.probability == pytest.approx(row["probability"], abs=1e-9)
        assert (told.low, told.high) == pytest.approx((row["low"], row["high"]), abs=1e-9)
        assert (told.stage, told.repair, told.enough) == (
            row["stage"],
            row["repair"],
            row["enough"],
        )
        total = sum(c.phi for c in told.contributions)
        scale = sum(abs(c.phi) for c in told.contributions)
        assert abs(total - (told.eta - told.baseline)) <= 1e-12 * scale + 1e-12
        assert told.timeline[-1].probability == told.probability


def test_explain_and_fit_take_files_too(tmp_path):
    """What score takes, explain and fit take."""
    path = tmp_path / "e.csv"
    lines = (
        f"e{i},{1_700_000_000 + i * 9000},c{i % 5},s,survey,{int(i % 4 > 0)}" for i in range(200)
    )
    path.write_text(
        "event_id,at,truster,trustee,kind,outcome\n" + "\n".join(lines), encoding="utf-8"
    )
    assert troth.explain(path, "c1", "s").trustee == "s"
    assert troth.fit(path, baselines=False).figures["rows"] == 80


def test_an_unknown_party_is_named(events):
    """Asking for somebody who is not there says who."""
    with pytest.raises(UnknownPartyError, match="nobody"):
        Explainer(events).explain("nobody", "hotel:linjiang")


def test_empty_events_give_an_empty_table():
    """No events, no relationships, no error."""
    columns = {
        c: pa.array([], pa.string()) for c in ("event_id", "at", "truster", "trustee", "kind")
    }
    assert troth.score(pa.table(columns)).num_rows == 0
