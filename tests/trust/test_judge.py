"""Judging: strictly earlier evidence only, the same forecasts for any prefix, honest figures."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from troth.lab.recovery import World, simulate
from troth.ledger.read import read_events
from troth.trust.judge import Protocol
from troth.trust.learn import fit
from troth.trust.parameters import default_parameters, read_parameters, write_parameters

NOW = 2 * 10**15


@pytest.fixture(scope="module")
def table():
    """A small simulated year."""
    return simulate(
        default_parameters(), World(events=900, trusters=25, trustees=6), np.random.default_rng(5)
    )[0]


def predictions(table: pa.Table, **options) -> dict[str, float]:
    """Forecasts of the held-out outcomes by event."""
    fitted = fit(read_events(table, now_us=NOW).events, baselines=False, **options)
    return dict(
        zip(*(fitted.predictions[c].to_pylist() for c in ("event_id", "probability")), strict=True)
    )


def test_a_prefix_gives_the_same_predictions(table):
    """Cutting the file short changes no forecast that both files make."""
    whole, part = predictions(table), predictions(table.slice(0, 700))
    common = whole.keys() & part.keys()
    assert len(common) > 100
    assert {k: whole[k] for k in common} == {k: part[k] for k in common}


def test_what_comes_later_changes_nothing_before(table):
    """Turning every outcome after a time leaves all forecasts up to that time as they were."""
    late = np.arange(len(table)) >= 720
    outcome = table["outcome"].to_numpy()
    turned = table.set_column(5, "outcome", pa.array(np.where(late, 1 - outcome, outcome)))
    before, after = predictions(table), predictions(turned)
    early = [f"sim-{i:06d}" for i in range(541, 721)]
    assert [before[e] for e in early] == [after[e] for e in early]


def test_outcomes_of_one_instant_do_not_see_each_other(table):
    """Among ties the order of ids and outcomes changes no forecast of that instant."""
    coarse = pc.multiply(pc.divide(table["t_us"], 86_400_000_000), 86_400_000_000)
    tied = table.set_column(1, "t_us", coarse)
    day = tied["t_us"].to_pylist()
    last = [i for i, t in enumerate(day) if t == day[-1]]
    assert len(last) > 1
    outcome = tied["outcome"].to_numpy().copy()
    outcome[last] = 1 - outcome[last]
    turned = tied.set_column(5, "outcome", pa.array(outcome))
    a, b = predictions(tied), predictions(turned)
    ids = [f"sim-{i:06d}" for i in last]
    assert [a[e] for e in ids] == [b[e] for e in ids]


def test_soft_readings_are_never_targets(table):
    """Rows that a reader produced are evidence but are not judged."""
    source = pa.array(["reading" if i % 3 == 0 else "" for i in range(len(table))])
    found = predictions(table.append_column("source", source))
    assert all(int(e.removeprefix("sim-")) % 3 for e in found)


def test_test_from_a_time(table):
    """A time splits where a share would."""
    cut = table["t_us"][600].as_py()
    found = predictions(table, protocol=Protocol(test_from_us=cut))
    assert min(found) == "sim-000600"


def test_groups_are_held_out_whole(table):
    """Only the named groups are forecast; worlds without shared parties follow one another."""
    a = table.append_column("game", pa.array(["a"] * len(table)))
    b = table.append_column("game", pa.array(["b"] * len(table)))
    for i, name in enumerate(("event_id", "truster", "trustee")):
        place = b.column_names.index(name)
        b = b.set_column(
            place, name, pc.binary_join_element_wise("b", b[name].combine_chunks(), f"-{i}-")
        )
    both = pa.concat_tables([b, a])
    found = predictions(both, protocol=Protocol(group="game", test_groups=("b",)))
    assert len(found) == len(table)
    assert all(e.startswith("b") for e in found)


@pytest.mark.parametrize(
    ("rows", "words"), [(0, "no events"), (40, "a fit needs 64"), (100, "a fit needs 64")]
)
def test_too_little_to_learn_from_is_said(table, rows, words):
    """A clear message instead of a made-up fit."""
    with pytest.raises(ValueError, match=words):
        fit(read_events(table.slice(0, rows), now_us=NOW).events, baselines=False)


def test_baselines_stand_beside(table):
    """Every baseline is measured on the same rows in the same run, and the result is stamped."""
    fitted = fit(read_events(table, now_us=NOW).events)
    expected = {
        "global_rate", "trustee_mean", "beta", "hierarchical_beta_forgetting", "crossed_elo",
        "glicko2_style", "persistence", "lightgbm",
    }  # fmt: skip
    assert set(fitted.figures["baselines"]) == expected
    for figures in [fitted.figures["model"], *fitted.figures["baselines"].values()]:
        assert 0 < figures["log_loss"] < 2
        assert 0 <= figures["ece"] <= 1
    assert fitted.figures["rows"] == len(fitted.predictions)
    assert {"version", "seed", "fitted_on", "held_out"} <= fitted.parameters.stamp.keys()


def test_parameters_survive_the_file(table, tmp_path):
    """What is written is what is read."""
    parameters = fit(read_events(table, now_us=NOW).events, baselines=False).parameters
    write_parameters(parameters, tmp_path / "p.toml")
    assert read_parameters(tmp_path / "p.toml").to_dict() == parameters.to_dict()
