"""The shape of a dialogue: who spoke when, how long, how often the same again."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from troth.reading.schema import CUSTOMER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.reading.schema import Dialogue, Turn
    from troth.types import FloatArray

#: What `structure_of` counts, in order.
STRUCTURE: Final = (
    "turns", "customer_turns", "staff_turns", "staff_last", "first_length", "last_length",
    "customer_last_length", "staff_last_length", "staff_first_length", "customer_mean_length",
    "staff_mean_length", "empty_turns", "last_empty", "last_questions", "last_exclamations",
    "customer_questions", "customer_exclamations", "staff_links", "staff_last_link",
    "customer_mentions", "staff_repeats", "customer_repeats", "customer_runs", "staff_delay",
    "staff_longest_delay", "whole_days", "timed",
)  # fmt: skip


@dataclass(frozen=True)
class Views:
    """The turns of a dialogue that say most, as texts; empty where there is none."""

    customer: str
    staff: str
    customer_first: str
    customer_last: str
    staff_last: str
    last: str
    staff_first: str

    def texts(self) -> tuple[str, ...]:
        """All views in a fixed order."""
        return (
            self.customer, self.staff, self.customer_first, self.customer_last,
            self.staff_last, self.last, self.staff_first,
        )  # fmt: skip


def views_of(dialogue: Dialogue) -> Views:
    """The views of a dialogue; ``customer_last`` is empty where the customer spoke once."""
    customer = [turn.text for turn in dialogue.turns if turn.speaker == CUSTOMER]
    staff = [turn.text for turn in dialogue.turns if turn.speaker != CUSTOMER]
    return Views(
        customer="\n".join(customer),
        staff="\n".join(staff),
        customer_first=customer[0] if customer else "",
        customer_last=customer[-1] if len(customer) > 1 else "",
        staff_last=staff[-1] if staff else "",
        last=dialogue.turns[-1].text if dialogue.turns else "",
        staff_first=staff[0] if staff else "",
    )


def structure_of(turns: Sequence[Turn]) -> FloatArray:
    """Figures on a dialogue as far as it has gone.

    Args:
        turns: from the beginning.

    Returns:
        (len(STRUCTURE),) lengths as ln(1 + characters), delays as ln(1 + hours), 0 where times are
        not known (``timed`` says whether they are).
    """
    views = [[t.text for t in turns if (t.speaker == CUSTOMER) is own] for own in (True, False)]
    customer, staff = views
    last = turns[-1].text if turns else ""
    figures = (
        len(turns), len(customer), len(staff),
        float(bool(turns) and turns[-1].speaker != CUSTOMER),
        _length(turns[0].text if turns else ""), _length(last),
        _length(customer[-1] if customer else ""), _length(staff[-1] if staff else ""),
        _length(staff[0] if staff else ""), _mean_length(customer), _mean_length(staff),
        sum(not t.text.strip() for t in turns), float(bool(turns) and not last.strip()),
        _marks(last, "?？"), _marks(last, "!！"),
        sum(_marks(t, "?？") for t in customer), sum(_marks(t, "!！") for t in customer),
        sum("http" in t for t in staff), float(bool(staff) and "http" in staff[-1]),
        sum(t.count("@") for t in customer), len(staff) - len(set(staff)),
        len(customer) - len(set(customer)), _runs(turns), *_delays(turns),
    )  # fmt: skip
    return np.array(figures, float)


def _length(text: str) -> float:
    return float(np.log1p(len(text)))


def _mean_length(texts: list[str]) -> float:
    return sum(map(_length, texts)) / len(texts) if texts else 0.0


def _marks(text: str, marks: str) -> int:
    return min(sum(text.count(mark) for mark in marks), 9)


def _runs(turns: Sequence[Turn]) -> int:
    """How often the customer wrote again before anybody answered."""
    pairs = pairwise(turns)
    return sum(one.speaker == CUSTOMER == two.speaker for one, two in pairs)


def _delays(turns: Sequence[Turn]) -> tuple[float, float, float, float]:
    """Mean and longest delay of staff's answers, the whole length in days, and whether times are known."""
    delays = []
    for one, two in pairwise(turns):
        if one.speaker == CUSTOMER != two.speaker and one.at and two.at:
            delays.append(max(0.0, (two.at - one.at).total_seconds() / 3600))
    times = [turn.at for turn in turns if turn.at]
    whole = (max(times) - min(times)).total_seconds() / 86_400 if times else 0.0
    if not delays:
        return 0.0, 0.0, float(np.log1p(whole)), float(bool(times))
    return (
        float(np.log1p(sum(delays) / len(delays))), float(np.log1p(max(delays))),
        float(np.log1p(whole)), 1.0,
    )  # fmt: skip
