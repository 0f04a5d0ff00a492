"""Heads that come with troth: the plans, the half-precision file, the training from a folder."""

from __future__ import annotations

import csv
import gzip
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from troth.reading.heads.install import examples, train
from troth.reading.heads.installed import HEADS, enlarged, read
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
    assert np.corrcoef(said[:, 0], targets[:, 0])[0, 1] > 0.9


def test_the_shipped_file_tells_polite_from_rude() -> None:
    """A warm request is politer than a curt order; what is said stays within 0 and 4."""
    texts = [
        "Hi! Could you please have a look? Thank you so much for your help.",
        "Why did you delete this? Stop doing that.",
        "",
    ]
    said = read("politeness_en", texts)[:, 0]
    assert said[0] > 2.5
    assert said[1] < 2
    assert ((said >= 0) & (said <= 4)).all()


def test_only_the_beginning_of_a_very_long_text_is_read() -> None:
    """A long tail changes nothing."""
    text = "thank you for the page " * 300
    assert read("politeness_en", [text]) == read("politeness_en", [text + "stop! " * 9000])
