"""What a group answered together, told so that nobody in it can be told apart.

Three rules: only from five answers on; only in whole fives that stay together, so that two publications
differ by five people at least; and coarsely, a mean to one decimal that stops short
of both ends and a spread in three words, so that a unanimous group does not give each of its members away.
Who knows what four of the five answered can still reckon the fifth: no count of answers helps against that.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.people.scoring import scale_scores

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from troth.content.questionnaires import Questionnaire

#: Answers are told in so many at once.
LEAST: Final = 5
#: How near an end of the answers a mean is told, in points of the answers.
EDGE: Final = 0.5
#: Standard deviation of the members' scores, in points of the answers: below the first they are close,
#: below the second mixed, else split. Two halves a whole answer apart on either side of the mean are split.
CLOSE: Final = 0.5
MIXED: Final = 1.0


@dataclass(frozen=True)
class Together:
    """One scale over a group.

    Attributes:
        mean: in points of the answers, to one decimal, kept ``EDGE`` from both ends.
        at_edge: whether the mean is at least that near an end, so that it reads "or more" or "or less".
        spread: ``close``, ``mixed`` or ``split``.
    """

    mean: float
    at_edge: bool
    spread: str


@dataclass(frozen=True)
class Group:
    """What a group answered.

    Attributes:
        count: how many answers are in it, a multiple of five.
        waiting: how many more it takes until newer answers show; 1 to 5.
        scales: by scale; empty below five answers.
    """

    count: int
    waiting: int
    scales: dict[str, Together]


def group_of(asked: Questionnaire, sheets: Sequence[Mapping[str, int]]) -> Group:
    """What a group answered, as far as it may be told.

    Args:
        asked: the questionnaire; its scales are means.
        sheets: answers of one person each, fives that were told once always first; within a five any order
            will do. Nothing may be put between or taken out, or two publications could differ by one person.

    Returns:
        Means and spreads over the first whole fives of the sheets on which every scale can be scored.

    Raises:
        AnswerError: an answer cannot be; it is named.

    Source: sweeney2002 for the least number; five, edges and words our choice, decision 0026.
    """
    scored = [scale_scores(asked, sheet) for sheet in sheets]
    whole = [
        {name: score for name, score in row.items() if score is not None}
        for row in scored
        if None not in row.values()
    ]
    count = len(whole) - len(whole) % LEAST
    waiting = LEAST - len(whole) % LEAST
    if not count:
        return Group(0, waiting, {})
    told = whole[:count]
    low, high = asked.choices[0].value + EDGE, asked.choices[-1].value - EDGE
    scales = {}
    for scale in asked.scales:
        values = [row[scale.name] for row in told]
        mean = round(statistics.fmean(values), 1)
        kept = min(max(mean, low), high)
        scales[scale.name] = Together(kept, not low < mean < high, _spread(values))
    return Group(count, waiting, scales)


def _spread(values: Sequence[float]) -> str:
    deviation = statistics.pstdev(values)
    if deviation < CLOSE:
        return "close"
    return "mixed" if deviation < MIXED else "split"
