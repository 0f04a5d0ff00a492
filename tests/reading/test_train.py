"""Training: better than the mean on dialogues held out, the same by seed, the same from a file."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest

from tests.reading.rated import rated
from troth.reading.reader import Reader
from troth.reading.schema import GRADES, Dialogue, Turn
from troth.reading.train import held_out, train


@pytest.fixture(scope="module")
def trained():
    """A reader trained on 160 dialogues, with its report."""
    return train(rated(160), seed=3)


def test_it_beats_the_mean_on_dialogues_held_out(trained):
    """Satisfaction and solved come nearer to the votes than their training mean does, by half."""
    _, report = trained
    assert report["held_out"] == sum(held_out([d.id for d in rated(160)], 3))
    for target in ("satisfaction", "solved"):
        figures = report["targets"][target]
        assert figures["model"]["nmd"] < 0.5 * figures["baseline"]["nmd"]
        assert figures["model"]["pearson"] > 0.9
        assert sum(part["count"] for part in report["calibration"][target]) == report["held_out"]
    turns = report["targets"]["turns"]
    assert turns["model"]["mae"] < 0.5 * turns["baseline"]["mae"]


def test_shuffled_votes_teach_nothing():
    """With votes dealt out by chance no forecast beats the mean by more than chance: no label leaks."""
    dialogues = rated(160)
    order = np.random.default_rng(0).permutation(len(dialogues))
    dealt = [
        replace(d, labels={"satisfaction": dialogues[o].labels["satisfaction"]})
        for d, o in zip(dialogues, order, strict=True)
    ]
    _, report = train(dealt, seed=3)
    figures = report["targets"]["satisfaction"]
    assert figures["model"]["nmd"] > 0.9 * figures["baseline"]["nmd"]
    assert abs(figures["model"]["pearson"]) < 0.45


def test_new_dialogues_are_forecast_the_same_from_a_file(trained, tmp_path):
    """A reader that was written and read again says the same, and says what was made so."""
    reader, _ = trained
    new = rated(20, seed=9)
    own = reader.trained.outlook(new, reader.trained.shares(new))["satisfaction"]
    with (tmp_path / "own.npz").open("wb") as file:
        reader.save(file)
    again = Reader.load(tmp_path / "own.npz")
    kept = again.trained.outlook(new, again.trained.shares(new))["satisfaction"]
    assert np.abs(own - kept).max() < 0.02  # weights travel in half precision
    good = own[:, 3:].sum(axis=1)
    assert good[1::2].min() > good[::2].max()
    assert again.name == "own"
    assert again.trained.stamp["seed"] == 3


def test_the_same_seed_writes_the_same_file(trained):
    """Training is repeatable to the last bit."""
    again, _ = train(rated(160), seed=3)
    files = [BytesIO(), BytesIO()]
    for reader, file in zip((trained[0], again), files, strict=True):
        reader.save(file)
    one, other = (np.load(BytesIO(f.getvalue())) for f in files)
    assert one.files == other.files
    assert all((one[name] == other[name]).all() for name in one.files)


def test_too_few_dialogues_are_refused():
    """Under forty labelled dialogues the reason is said; those without labels do not count."""
    bare = [Dialogue(str(i), (Turn("customer", "hi"),)) for i in range(100)]
    with pytest.raises(ValueError, match="30 labelled dialogues"):
        train(rated(30) + bare)


def test_targets_rated_apart_are_learned_apart():
    """Where some dialogues have one target and others another, each is learned from its own."""
    dialogues = [
        replace(d, labels={("satisfaction", "solved")[i % 2]: d.labels["satisfaction"]})
        for i, d in enumerate(rated(120))
    ]
    reader, report = train(dialogues)
    assert {targets for targets, _, _ in reader.trained.outlooks} == {
        ("satisfaction",),
        ("solved",),
    }
    assert set(report["targets"]) == {"satisfaction", "solved"}


def test_a_file_that_is_no_reader_is_refused(tmp_path):
    """Another array file, or no array file at all, says so instead of breaking later."""
    other = tmp_path / "other.npz"
    np.savez(other, x=np.zeros(3))
    with pytest.raises(KeyError):
        Reader.load(other)
    other.write_bytes(b"nothing")
    with pytest.raises(ValueError, match=r"pickle|reader"):
        Reader.load(other)
    with pytest.raises(ValueError, match="nothing of its own"):
        Reader.installed().save(BytesIO())


def test_distributions_sum_to_one_on_odd_dialogues(trained):
    """No turns, empty turns, one side alone: still distributions."""
    odd = [
        Dialogue("a", ()),
        Dialogue("b", (Turn("customer", ""),)),
        Dialogue("c", (Turn("staff", "您好"), Turn("staff", "\ud83d"))),
    ]
    found = trained[0].trained.outlook(odd, trained[0].trained.shares(odd))
    for shares in found.values():
        assert shares.shape == (3, len(GRADES))
        assert np.allclose(shares.sum(axis=1), 1)
