"""How far the items of a scale agree: Cronbach's alpha with its interval, and McDonald's omega.

Rows are people, columns items, the reversed ones turned round already. Alpha takes every item for an equally
good witness; omega asks a one-factor model how good each is. Neither says that the scale measures what its
name says.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: A fit stops once no communality moves by more than this.
_STILL: Final = 1e-10
_MOST_STEPS: Final = 5_000


@dataclass(frozen=True)
class Reliability:
    """How reliable a scale is in one set of answers.

    Attributes:
        people: rows without a gap.
        items: columns.
        alpha: Cronbach's.
        low: lower bound of alpha's interval.
        high: upper bound of alpha's interval.
        omega: McDonald's, of all items together.
    """

    people: int
    items: int
    alpha: float
    low: float
    high: float
    omega: float


def reliability_of(answers: NDArray[Any], confidence: float = 0.95) -> Reliability:
    """Alpha with its interval, and omega.

    Args:
        answers: people × items, keyed; NaN where nothing was answered, whose rows are left out.
        confidence: of the interval.

    Raises:
        ValueError: under two items or three people, or an item that everyone answers alike.
    """
    whole = complete_rows(answers)
    alpha = alpha_of(whole)
    people, items = whole.shape
    low, high = alpha_interval(alpha, people, items, confidence=confidence)
    return Reliability(people, items, alpha, low, high, omega_of(whole))


def complete_rows(answers: NDArray[Any]) -> NDArray[Any]:
    """The rows without a gap.

    Args:
        answers: people × items, NaN for a gap.

    Raises:
        ValueError: too little is left: under two items or three people, or an item without variance.
    """
    table = np.asarray(answers, dtype=float)
    if table.ndim != 2 or table.shape[1] < 2:
        raise ValueError("reliability needs at least two items")
    whole: NDArray[Any] = table[~np.isnan(table).any(axis=1)]
    if len(whole) < 3:
        raise ValueError("reliability needs at least three people who answered all items")
    still = np.flatnonzero(np.ptp(whole, axis=0) == 0)
    if len(still):
        raise ValueError(f"item {still[0]} is answered alike by everyone")
    return whole


def alpha_of(whole: NDArray[Any]) -> float:
    """Cronbach's alpha.

    Args:
        whole: people × items, keyed, without a gap.

    Source: cronbach1951.

    >>> round(alpha_of(np.array([[1, 2], [2, 3], [3, 3], [4, 5]])), 4)
    0.96
    """
    items = whole.shape[1]
    shares = whole.var(axis=0, ddof=1).sum() / whole.sum(axis=1).var(ddof=1)
    return float(items / (items - 1) * (1 - shares))


def alpha_interval(
    alpha: float, people: int, items: int, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Where alpha lies in the population, if the items are parallel.

    Args:
        alpha: as measured.
        people: how many answered.
        items: of the scale.
        confidence: for example 0.95.

    Returns:
        Lower and upper bound.

    Source: feldt1987.

    >>> tuple(round(bound, 4) for bound in alpha_interval(0.913, 873, 20))
    (0.9044, 0.9212)
    """
    from scipy.stats import f

    tail = (1 - confidence) / 2
    of = people - 1, (people - 1) * (items - 1)
    return (
        float(1 - (1 - alpha) * f.ppf(1 - tail, *of)),
        float(1 - (1 - alpha) * f.ppf(tail, *of)),
    )


def omega_of(whole: NDArray[Any]) -> float:
    """McDonald's omega total of one factor.

    Args:
        whole: people × items, keyed, without a gap.

    Returns:
        The share of the variance of the sum, of standardised items weighed by their deviations, that the
        common factor makes; 0 to 1.

    Source: mcdonald1999.
    """
    deviations = whole.std(axis=0, ddof=1)
    loadings = loadings_of(np.corrcoef(whole, rowvar=False))
    common = float((loadings * deviations).sum()) ** 2
    unique = float(((1 - loadings**2) * deviations**2).sum())
    return common / (common + unique)


def loadings_of(correlations: NDArray[Any]) -> NDArray[Any]:
    """Loadings on one factor, by minimal residuals.

    Each step takes the strongest direction of the matrix whose diagonal holds the communalities, and puts
    the squared loadings in their place, until they stay: no matrix is inverted. Where it stays, the squares
    of the residuals outside the diagonal are least.

    Args:
        correlations: items × items.

    Returns:
        One loading an item from -1 to 1, most of them positive.

    Raises:
        ValueError: the communalities do not come to rest.

    Source: harman_jones1966.

    >>> loadings_of(np.outer([0.8, 0.7, 0.6], [0.8, 0.7, 0.6]) + np.diag([0.36, 0.51, 0.64])).round(4)
    array([0.8, 0.7, 0.6])
    """
    reduced = np.array(correlations, dtype=float)
    np.fill_diagonal(reduced, 0.0)
    kept = np.abs(reduced).max(axis=1)
    for _ in range(_MOST_STEPS):
        np.fill_diagonal(reduced, kept)
        values, directions = np.linalg.eigh(reduced)
        loadings = directions[:, -1] * np.sqrt(max(values[-1], 0.0))
        fresh = np.minimum(loadings**2, 1.0)
        moved = float(np.abs(fresh - kept).max())
        kept = fresh
        if moved < _STILL:
            bounded: NDArray[Any] = np.clip(loadings, -1.0, 1.0)
            return bounded if bounded.sum() >= 0 else -bounded
    raise ValueError("the loadings do not come to rest; the items share no single factor")
