"""Views of texts as sparse columns whose products say how alike they are worded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.reading.heads.features import Grams, rarity, weighed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scipy import sparse

    from troth.types import AnyArray, FloatArray

BITS: Final = 16
CHINESE: Final = (Grams("chars", 1, 4, BITS),)
SPELLED: Final = (Grams("inside", 2, 5, BITS), Grams("words", 1, 2, BITS))


def grams_for(texts: Sequence[str]) -> tuple[Grams, ...]:
    """n-grams that suit the script most texts are written in."""
    sample = "".join(texts)[:200_000]
    chinese = sum("\u4e00" <= character <= "\u9fff" for character in sample)
    return CHINESE if chinese > 0.1 * max(len(sample), 1) else SPELLED


@dataclass(frozen=True)
class TextKernel:
    """How v views of texts become columns.

    Attributes:
        grams: n-grams that are counted, each over buckets of its own.
        weight: (v, len(grams), buckets) how much a bucket says by being rare; 0 drops it.
    """

    grams: tuple[Grams, ...]
    weight: AnyArray

    def columns(self, views: Sequence[Sequence[str]]) -> list[sparse.csr_array]:
        """Columns of each view and kind of n-gram, rows of length 1.

        Args:
            views: v lists of n cleaned texts.

        Returns:
            v · len(grams) matrices (n, buckets).
        """
        return [
            weighed(grams.count(texts), self.weight[v, g])
            for v, texts in enumerate(views)
            for g, grams in enumerate(self.grams)
        ]


def learn_text_kernel(
    views: Sequence[Sequence[str]],
) -> tuple[TextKernel, list[sparse.csr_array], AnyArray]:
    """Learn which n-grams are rare.

    Args:
        views: v lists of n cleaned texts.

    Returns:
        How to make columns, the columns of these texts, and (n, n) their products, summed over views.
    """
    grams = grams_for([text for texts in views for text in texts[:200]])
    counts = [[g.count(texts) for g in grams] for texts in views]
    kernel = TextKernel(grams, np.array([[rarity(c) for c in own] for own in counts], np.float32))
    columns = [
        weighed(c, kernel.weight[v, g]) for v, own in enumerate(counts) for g, c in enumerate(own)
    ]
    likeness = np.zeros((len(views[0]), len(views[0])), np.float32)
    for x in columns:
        likeness += (x @ x.T).toarray() / len(grams)
    return kernel, columns, likeness


def primal(columns: list[sparse.csr_array], weights: FloatArray, kinds: int) -> AnyArray:
    """Weights of buckets from weights of rows.

    Args:
        columns: v · kinds matrices (n, buckets).
        weights: (n, k) of rows.
        kinds: kinds of n-grams.

    Returns:
        (v · kinds, buckets, k) float32.
    """
    return np.array([(x.T @ weights) / kinds for x in columns], np.float32)
