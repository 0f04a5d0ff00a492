"""Events that answer others, as arrays: what the compiled reckoning of changes works on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from troth.types import BoolArray, CodeArray, FloatArray, IntArray


class Book(NamedTuple):
    """Events that answer another or are answered, k of them in order of time.

    Attributes:
        t_us: (k,) int64 times.
        answers: (k,) int32 position of the event that each answers; −1 for none.
        good: (k,) own mass for trust.
        bad: (k,) own mass against trust; a breach has some.
        loadings: (k, 4) shares by dimension.
        rho: (k, 4) share of a breach's harm that each undoes, by dimension; 0 for none.
        opens: (k,) whether it opens a breach.
        closes: (k,) whether it closes the breach it answers.
        retracts: (k,) whether it takes back the event it answers.
    """

    t_us: IntArray
    answers: CodeArray
    good: FloatArray
    bad: FloatArray
    loadings: FloatArray
    rho: FloatArray
    opens: BoolArray
    closes: BoolArray
    retracts: BoolArray
