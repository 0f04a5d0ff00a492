"""Politeness: markers, and what the installed head adds to them."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files

import numpy as np

from troth.reading.message import read_messages
from troth.reading.politeness import Politeness, refined


def _polite(text: str) -> float | None:
    return read_messages([text], [None], [None])[0].politeness


def test_the_head_moves_english_with_markers_alone() -> None:
    """Chinese, and English without a marker, keep the score of their markers."""
    texts = ["Could you please check this? Thank you!", "麻烦您看一下,谢谢", "The train is blue."]
    before = Politeness(np.array([3.0, 3.0, 2.0]), np.array([2, 2, 0]))
    after = refined(before, texts, ["en", "zh", "en"])
    assert after.score[0] != 3
    assert after.score[1:].tolist() == [3, 2]
    assert after.found is before.found


def test_kind_requests_are_politer_than_curt_ones() -> None:
    """The order people would give, within 0 to 4."""
    kind = _polite("Hi, could you please have a look when you have time? Thank you so much!")
    curt = _polite("You must fix this now, what is wrong with you? Please stop.")
    assert kind is not None
    assert curt is not None
    assert 0 <= curt < 2 < kind <= 4


def test_a_message_without_a_marker_is_left_open() -> None:
    """The head alone is too unsure to say anything."""
    assert _polite("The train leaves at nine.") is None


def test_the_company_of_a_message_changes_nothing() -> None:
    """Read alone or in a batch, a message is as polite."""
    texts = ["Thanks for your help!", "谢谢您", "", "Please send the bill.", "ok"]
    together = [r.politeness for r in read_messages(texts, [None] * 5, [None] * 5)]
    assert together == [_polite(text) for text in texts]


def test_weights_are_loaded_only_when_needed() -> None:
    """Reading Chinese loads neither the weights nor what computes with them."""
    code = (
        "import sys; from troth.reading.message import read_messages;"
        "read_messages(['谢谢您'], [None], [None]);"
        "sys.exit('troth.reading.heads.installed' in sys.modules or 'numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_notice_ships_beside_the_weights() -> None:
    """Whoever gets the weights gets the licence of the data they were learned from."""
    weights = files("troth.content").joinpath("weights")
    assert weights.joinpath("installed.npz").is_file()
    assert "Apache License, Version 2.0" in weights.joinpath("NOTICE").read_text("utf-8")
