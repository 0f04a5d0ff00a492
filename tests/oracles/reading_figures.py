"""Distances between distributions over five grades, written out."""

from __future__ import annotations

import math


def nmd_slow(p, q):
    """The normalised match distance of two distributions."""
    total = 0.0
    for last in range(5):
        total += abs(sum(p[: last + 1]) - sum(q[: last + 1]))
    return total / 4


def rsnod_slow(p, q):
    """The root symmetric normalised order-aware divergence of two distributions."""
    return math.sqrt((_one_way(p, q) + _one_way(q, p)) / 2 / 4)


def _one_way(p, q):
    there = [i for i in range(5) if q[i] > 0]
    return sum(
        sum(abs(i - j) * (p[j] - q[j]) ** 2 for j in range(5)) for i in there
    ) / len(there)  # fmt: skip
