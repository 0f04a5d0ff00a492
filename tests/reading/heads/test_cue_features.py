"""Cue features: what the installed reading finds, as columns."""

from __future__ import annotations

import numpy as np

from troth.reading.heads.cue_features import COLUMNS, cue_features


def _columns(text: str) -> dict[str, float]:
    return dict(zip(COLUMNS, cue_features([text])[0], strict=True))


def test_good_and_bad_words_are_told_apart_by_where_they_stand() -> None:
    """A good beginning and a bad end are seen as such, and what follows a "but" apart."""
    seen = _columns("房间很漂亮。但是服务太差劲了")
    assert seen["first_sentence.good"] > 0
    assert seen["first_sentence.bad"] == 0
    assert seen["last_clause.bad"] > 0
    assert seen["last_clause.good"] == 0
    assert seen["after_turn.bad"] > 0
    assert seen["after_turn.good"] == 0
    assert seen["after_turn.balance"] < 0 < seen["first_sentence.balance"]
    assert seen["turns"] > 0


def test_denied_words_count_apart() -> None:
    """A good word denied is neither good nor bad."""
    seen = _columns("the room was not comfortable")
    assert seen["all.good_denied"] > 0
    assert seen["all.good"] == 0
    assert seen["all.balance"] < 0


def test_acts_and_languages_have_their_columns() -> None:
    """An apology shows in its column alone with its strength; the language in its own."""
    seen = _columns("非常抱歉")
    assert 0.5 < seen["act.apology"] <= 1
    assert seen["act.blame"] == 0
    assert seen["zh"] == 1
    assert seen["en"] == 0


def test_a_text_reads_the_same_in_any_company() -> None:
    """Neighbours, empty ones among them, change nothing; no texts give no rows."""
    texts = ["", "房间很漂亮", "The staff were rude, but the bed was great!", " \n", "😀😀"]
    together = cue_features(texts)
    assert together.shape == (5, len(COLUMNS))
    assert np.isfinite(together).all()
    np.testing.assert_array_equal(together, np.vstack([cue_features([text]) for text in texts]))
    assert cue_features([]).shape == (0, len(COLUMNS))
