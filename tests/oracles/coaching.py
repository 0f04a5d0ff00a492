"""Pairing learners with coaches by trying everything: slow, and plain to see."""

from __future__ import annotations

from itertools import product


def best_pairs(points, capacity):
    """The best assignment.

    Args:
        points: one list a learner, a number a coach; None where the two may not be paired.
        capacity: how many learners each coach takes.

    Returns:
        The coach's place or None for each learner: most pairs, then most points, then the first coaches
        for the first learners, nobody coming last.
    """
    coaches = range(len(capacity))
    best = None
    for choice in product([*coaches, None], repeat=len(points)):
        pairs = [
            (row, coach) for row, coach in zip(points, choice, strict=True) if coach is not None
        ]
        if any(row[coach] is None for row, coach in pairs):
            continue
        if any(choice.count(coach) > capacity[coach] for coach in coaches):
            continue
        order = tuple(len(capacity) if coach is None else coach for coach in choice)
        key = (-len(pairs), -sum(row[coach] for row, coach in pairs), order)
        if best is None or key < best[0]:
            best = (key, list(choice))
    return best[1]
