"""How much a group's own record says beside the common rate: empirical-Bayes prior strength."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from troth.types import AnyArray, FloatArray

#: Intraclass correlations outside these bounds would give a prior worth nothing or everything.
CORRELATION_BOUNDS = (1e-3, 0.9)


def prior_strength(groups: AnyArray, outcomes: FloatArray) -> float | None:
    """Prior strength s of a beta-binomial by the moment (ANOVA) estimate of the correlation ρ.

    ρ = [Σ n_g(p_g − μ)² / (μ(1−μ)) − (G−1)] / [N − Σn_g²/N − (G−1)],  s = (1−ρ)/ρ.

    Args:
        groups: (n,) group of each outcome, non-negative codes.
        outcomes: (n,) 0–1.

    Returns:
        s > 0, or None where nothing repeats or outcomes never differ, so that ρ is not identified.

    Source: Kleinman 1973, moments for the beta-binomial; clipped as in docs/explanation/the-formula.
    """
    if groups.size == 0:
        return None
    _, codes = np.unique(groups, return_inverse=True)
    count = np.bincount(codes).astype(np.float64)
    rate = np.bincount(codes, weights=outcomes) / count
    total, mean = count.sum(), outcomes.mean()
    scale = mean * (1 - mean)
    room = total - (count**2).sum() / total - (count.size - 1)
    if scale <= 0 or room <= 1e-9 * total:
        return None
    correlation = ((count * (rate - mean) ** 2).sum() / scale - (count.size - 1)) / room
    correlation = float(np.clip(correlation, *CORRELATION_BOUNDS))
    return (1 - correlation) / correlation
