"""Text to sparse rows: hashed n-grams, damped counts, learned rarity, unit length."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from scipy import sparse

from troth.reading.heads.grams import CHARS, INSIDE, WORDS, count_grams
from troth.reading.plain import plain_codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.types import AnyArray

_UNITS: Final = {"chars": CHARS, "inside": INSIDE, "words": WORDS}


@dataclass(frozen=True)
class Grams:
    """Which n-grams to count.

    Args:
        unit: "chars" runs across blanks (Chinese), "inside" stays inside a word (English spelling),
            "words" takes words, signs and Chinese characters as units.
        low: shortest n-gram, in units, at least 1.
        high: longest n-gram.
        bits: log2 of the number of buckets, at most 24.
    """

    unit: Literal["chars", "inside", "words"]
    low: int
    high: int
    bits: int = 18

    def count(self, texts: Sequence[str]) -> sparse.csr_array:
        """Count the n-grams of each text after folding case, width and traditional characters.

        Args:
            texts: n texts; empty ones give empty rows.

        Returns:
            (n, 2**bits) float32 counts.
        """
        sizes = np.fromiter(map(len, texts), np.int64, len(texts))
        starts = np.concatenate([[0], np.cumsum(sizes)])
        codes = np.ascontiguousarray(plain_codes("".join(texts)), dtype=np.uint32)
        spec = (_UNITS[self.unit], self.low, self.high, self.bits)
        counts, columns, rows = count_grams(codes, starts, spec)
        return sparse.csr_array((counts, columns, rows), shape=(len(texts), 1 << self.bits))


def rarity(counts: sparse.csr_array, least: int = 2) -> AnyArray:
    """How rare each bucket is: ln((1+n)/(1+d)) + 1, and 0 where fewer than ``least`` rows have it.

    Args:
        counts: (n, buckets).
        least: rows a bucket must occur in.

    Returns:
        (buckets,) float32.
    """
    rows_with = np.bincount(counts.indices, minlength=counts.shape[1])
    weight = np.log((1 + counts.shape[0]) / (1 + rows_with)) + 1
    kept: AnyArray = np.where(rows_with >= least, weight, 0.0).astype(np.float32)
    return kept


def weighed(counts: sparse.csr_array, weight: AnyArray) -> sparse.csr_array:
    """Rows of unit length from counts: (1 + ln count) times the bucket's weight.

    Args:
        counts: (n, buckets).
        weight: (buckets,), 0 drops a bucket.

    Returns:
        (n, buckets) float32; a row without kept buckets stays empty.
    """
    values = (1 + np.log(counts.data)) * weight[counts.indices]
    kept = sparse.csr_array((values, counts.indices, counts.indptr), shape=counts.shape)
    squares = np.asarray(kept.multiply(kept).sum(axis=1)).ravel()
    length = np.sqrt(np.where(squares > 0, squares, 1.0))
    kept.data = (kept.data / np.repeat(length, np.diff(kept.indptr))).astype(np.float32)
    return kept
