"""Fingerprints stand for texts."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from troth.ledger.fingerprints import fingerprints, may_repeat


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40)))
def test_they_repeat_exactly_where_texts_do(texts: list[str]) -> None:
    """Also in a slice of a larger array."""
    array = pa.array(["before", *texts], pa.string())
    assert may_repeat(array.slice(1)) == (len(set(texts)) < len(texts))
    assert may_repeat(array) == (len({"before", *texts}) < len(texts) + 1)


def test_zero_bytes_and_length_count() -> None:
    """A text is more than its words."""
    assert len(set(fingerprints(pa.array(["", "\0", "\0\0", "a", "a\0"])).tolist())) == 5
