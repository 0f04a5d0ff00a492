"""``troth reader``: trained on rated dialogues, with figures told; and the model card."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli.fake_reader import FakeReader
from troth.content.yaml_files import ContentError
from troth.reading.card import FILE, card

REPORT = {
    "dialogues": 3,
    "held_out": 1,
    "targets": {
        "satisfaction": {
            "model": {"rsnod": 0.1234, "pearson": 0.5}, "baseline": {"rsnod": 0.2345},
        },
        "mood": {"model": {"hits": 1.0}},
    },
    "calibration": {
        "satisfaction": [{"from": 0.0, "to": 0.5, "forecast": 0.25, "observed": 0.3, "count": 1234}]
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def seen(monkeypatch):
    """Training that keeps what it was given."""
    given = {}

    def train(dialogues, seed, progress):
        progress("train", 1, 1)
        given.update(dialogues=dialogues, seed=seed)
        if seed == 99:
            raise ValueError("too few dialogues")
        return FakeReader(), REPORT

    for name, attribute, value in (
        ("troth.reading.train", "train", train), ("troth.reading.reader", "Reader", FakeReader),
    ):  # fmt: skip
        module = ModuleType(name)
        setattr(module, attribute, value)
        monkeypatch.setitem(sys.modules, name, module)
    return given


def put(*labels: dict, name: str = "in.jsonl") -> str:
    """A file of dialogues with these labels."""
    rows = (
        json.dumps({"id": str(i), "turns": [{"speaker": "客服", "text": "您好"}], **label})
        for i, label in enumerate(labels)
    )
    Path(name).write_text("\n".join(rows), encoding="utf-8")
    return name


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("judged on 1 held out", "satisfaction · trained", "satisfaction · baseline", "0.1234",
                "mood", "hits", "Calibration: satisfaction", "0.00–0.50", "1,234")),
        ("zh", ("用留出的 1 段检验", "满意度 · 学成的", "校准：满意度", "写入 mine.npz")),
    ],
)  # fmt: skip
def test_training_tells_how_good_it_is(run, lang, words):
    """Held-out accuracy and calibration as tables, names that nobody worded as they are."""
    put({"satisfaction": 1}, {})
    code, out, _ = run("reader", "train", "in.jsonl", "-o", "mine.npz", "--lang", lang)
    assert code == 0
    for word in words:
        assert word in out, out


def test_what_was_trained_can_be_used(run):
    """The file is written whole, and ``troth read --reader`` takes it."""
    put({"satisfaction": 1})
    assert run("reader", "train", "in.jsonl", "-o", "mine.npz")[0] == 0
    assert run("read", "您好", "--reader", "mine.npz")[0] == 0


def test_labels_and_seed_reach_the_training(run, seen):
    """Checked and in one form."""
    put({"satisfaction": 1}, {"solved": {"2": 3, "1": 1}})
    run("reader", "train", "in.jsonl", "-o", "mine.npz", "--seed", "5")
    assert seen["seed"] == 5
    assert [sorted(d.labels) for d in seen["dialogues"]] == [["satisfaction"], ["solved"]]
    assert seen["dialogues"][1].labels["solved"]["2"] == 0.75


def test_training_as_json(run):
    """Figures alone on standard output; rejected lines are counted, exit 1."""
    put({"satisfaction": 1}, {"satisfaction": 7})
    code, out, err = run("reader", "train", "in.jsonl", "-o", "mine.npz", "--json", "--lang", "en")
    assert code == 1
    assert json.loads(out) == {"output": "mine.npz", "rejected": 1} | REPORT
    assert "satisfaction" in Path("REJECTED.csv").read_text(encoding="utf-8")
    assert "1 lines were rejected" in err


@pytest.mark.parametrize(
    ("labels", "more", "code"),
    [
        ([{}], (), 2),
        ([{"satisfaction": 1}], ("--seed", "99"), 2),
        ([{"satisfaction": 1}], ("-o", "mine.txt"), 2),
        ([{"satisfaction": 1}], ("--zone", "Nowhere"), 2),
        (None, (), 3),
    ],
)
def test_training_that_cannot_be_done(run, labels, more, code):
    """No labels, too little, a wrong name or zone: 2; no file: 3. Nothing is written."""
    if labels is not None:
        put(*labels)
    found, out, err = run("reader", "train", "in.jsonl", "-o", "mine.npz", *more)
    assert (found, out) == (code, "")
    assert err.strip()
    assert not Path("mine.npz").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_card_is_printed(run, lang):
    """Every section in the language asked for, and the figures or that there are none."""
    code, out, _ = run("reader", "card", "--lang", lang)
    assert code == 0
    joined = "".join(out.split())
    for section in card().sections:
        assert section.title[lang] in out
        assert "".join(section.text[lang].split()) in joined


def test_the_card_as_json(run):
    """For a program."""
    told = json.loads(run("reader", "card", "--json")[1])
    assert told == card().to_json()
    assert told.keys() == {"name", "weights", "date", "sections", "figures"}


def test_figures_are_shown_beside_their_baselines(tmp_path, run, monkeypatch):
    """With data, language, split and measure."""
    text = FILE.read_text(encoding="utf-8").split("\nfigures:")[0]
    row = "{data: some_set, lang: zh, split: test, measure: r, value: 0.512, baseline: 0.4}"
    path = tmp_path / "card.yaml"
    path.write_text(f"{text}\nfigures:\n- {row}\n", encoding="utf-8")
    found = card(path)
    monkeypatch.setattr("troth.reading.card.card", lambda: found)
    _, out, _ = run("reader", "card", "--lang", "en")
    assert all(word in out for word in ("some_set", "0.512", "0.400"))


@pytest.mark.parametrize(
    "changes",
    [
        ("weights: installed", "wights: installed"),
        ("figures:", "figures: [{data: x}]\nfigures_before:"),
        ("    title: {zh: 它是什么, en: What it is}\n", ""),
        ("en: What it is}", "}"),
    ],
)
def test_a_slip_in_the_card_is_refused(tmp_path, changes):
    """Missing and unknown fields, and a missing language, are named."""
    path = tmp_path / "card.yaml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(*changes), encoding="utf-8")
    with pytest.raises(ContentError):
        card(path)
