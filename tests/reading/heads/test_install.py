"""Heads that come with troth: the plans, the half-precision file, the training from a folder."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from troth.reading.heads.install import examples, train
from troth.reading.heads.installed import HEADS, enlarged
from troth.reading.heads.material import Material
from troth.reading.heads.stack import head_from

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("please", "thanks", "kindly", "now", "wrong", "again", "stop", "late")


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small made-up folder in the public data's form."""
    for name in ("stack_exchange", "wikipedia"):
        requests = [
            {
                "request": f"{WORDS[at % 8]} send {WORDS[at % 5]} page {at % 9}",
                "normalized_score": str(1 - (at % 8) / 4),
            }
            for at in range(80)
        ]
        _write(tmp_path / "stanford_politeness" / f"{name}.csv.gz", requests)
    lines = [
        {
            "Dialogue_ID": str(at // 4),
            "Utterance": ("太好了", "气死我了", "知道了")[at % 3] + "呀啊吧"[at % 2],
            "Sentiment": ("positive", "negative", "neutral")[at % 3],
            "Emotion": ("happy", "anger", "neutral")[at % 3],
        }
        for at in range(120)
    ]
    _write(tmp_path / "cped" / "valid.csv.gz", lines)
    replies = [
        {
            "response": f"\ufeffthat sounds {WORDS[at % 3]} {at % 7}",
            "annotator1_score": str(at % 3),
            "annotator2_score": str(at % 3),
            "annotator3_score": str(min(at % 3 + 1, 2)),
        }
        for at in range(90)
    ]
    for language in ("zh", "en"):
        _write(tmp_path / "empathetic_personas_zh_en" / f"labelled_{language}.csv.gz", replies)
    return tmp_path


@pytest.mark.parametrize("name", HEADS)
def test_each_head_is_trained_from_the_folder_and_survives_half_precision(
    folder: Path, name: str
) -> None:
    """What the kept arrays say is finite, has one column an answer and follows the labels."""
    arrays, figures = train(folder, name)
    texts, targets, _ = examples(folder, name)
    again = head_from(HEADS[name].plan, enlarged(arrays))
    said = again.says(Material({"text": texts}))
    assert said.shape == (len(texts), len(HEADS[name].answers))
    assert np.isfinite(said).all()
    assert figures["rows"] == len(texts)
    if HEADS[name].plan.says == "classes":
        assert (said.argmax(axis=1) == targets.argmax(axis=1)).mean() > 0.9
    else:
        assert np.corrcoef(said[:, 0], targets[:, 0])[0, 1] > 0.9


def test_raters_shares_are_the_target(folder: Path) -> None:
    """Where two raters said 0 and one said 1, the target is two thirds and one third."""
    texts, targets, _ = examples(folder, "empathy_en")
    assert targets[0] == pytest.approx([2 / 3, 1 / 3, 0])
    assert not texts[0].startswith("\ufeff")
