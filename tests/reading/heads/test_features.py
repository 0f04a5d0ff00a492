"""Hashed n-grams: the same counts as a dictionary of strings, on any text."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles.grams import grams
from troth.reading.heads.features import Grams, rarity, weighed
from troth.reading.plain import plain

TEXTS = st.lists(st.text(st.characters(codec=None), max_size=30), max_size=5)
UNITS = ("chars", "inside", "words")


@given(texts=TEXTS, unit=st.sampled_from(UNITS), low=st.integers(1, 2), more=st.integers(0, 3))
def test_counts_are_those_of_a_dictionary(texts: list[str], unit: str, low: int, more: int) -> None:
    """With 2**24 buckets a row's counts are those of its n-grams as strings, lone surrogates too."""
    counted = Grams(unit, low, low + more, bits=24).count(texts)  # type: ignore[arg-type] # drawn as text
    for row, text in enumerate(texts):
        expected = Counter(grams(plain(text), unit, low, low + more).values())
        start, end = counted.indptr[row : row + 2]
        assert Counter(counted.data[start:end].astype(int).tolist()) == expected


def test_a_text_counts_the_same_in_any_company() -> None:
    """A row depends on its own text alone."""
    alone = Grams("chars", 1, 3).count(["请问几点退房"])
    among = Grams("chars", 1, 3).count(["\ud83d", "请问几点退房", "\udc4d room"])
    assert (alone[[0]] != among[[1]]).nnz == 0


def test_writing_is_folded() -> None:
    """Traditional, full-width and capital letters count as their plain forms."""
    odd = Grams("words", 1, 2).count(["請問ＡＢＣ Room"])
    even = Grams("words", 1, 2).count(["请问abc room"])
    assert (odd != even).nnz == 0


def test_buckets_are_the_same_in_another_process() -> None:
    """Hashes depend on no process, so that weights can be saved."""
    code = (
        "from troth.reading.heads.features import Grams;"
        "print(Grams('inside', 2, 4).count(['Thank you, 谢谢']).indices.tolist())"
    )
    here = Grams("inside", 2, 4).count(["Thank you, 谢谢"]).indices.tolist()
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(here)
    assert here == sorted(here)


def test_a_megabyte_is_counted() -> None:
    """One very long message neither fails nor loses counts."""
    counted = Grams("chars", 1, 5).count(["好" * 1_000_000])
    assert counted.data.max() == pytest.approx(1_000_000)


def test_rows_have_unit_length_and_rare_buckets_are_dropped() -> None:
    """Each row with a kept bucket has length 1; an n-gram of one row only weighs nothing."""
    counts = Grams("words", 1, 1).count(["late again", "late", "", "never"])
    weight = rarity(counts)
    rows = weighed(counts, weight)
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    assert lengths == pytest.approx([1, 1, 0, 0])
    assert np.count_nonzero(weight) == 1
    assert weight.max() == pytest.approx(np.log(5 / 3) + 1)
