"""What not to say to somebody now, from the facts of a relationship."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from troth.content.cards import lines_for
from troth.content.kinds import codebook
from troth.guidance.promises import ENDED, MADE, MOVED, promise_courses
from troth.guidance.relationship import taken_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.breaches import OpenBreach
    from troth.guidance.standing import Row
    from troth.pages.words import Words
    from troth.trust.explain import Explanation

#: What happened so lately still colours a talk.
LATELY_DAYS: Final = 30
PRAISE_OUTCOME: Final = 0.9
_DAY_US: Final = 86_400_000_000
_PRAISE: Final = ("review", "recognition", "survey")


@dataclass(frozen=True)
class Advice:
    """What not to say, what to say instead, and who found it out ("" for our own choice)."""

    avoid: str
    instead: str
    source: str


def advice_of(
    told: Explanation,
    rows: Sequence[Row],
    waiting: Sequence[OpenBreach],
    words: Words,
    *,
    quiet: bool = False,
) -> list[Advice]:
    """The lines that fit a relationship now.

    Args:
        told: the explanation.
        rows: its own events in order of time.
        waiting: its breaches that wait for repair.
        words: of the reader.
        quiet: whether it went quiet.
    """
    from troth.pages.story import short_citation

    facts = facts_of(told, rows, waiting) | {"going_quiet": quiet}
    return [
        Advice(
            line.avoid[words.lang], line.instead[words.lang],
            "" if line.source == "our_choice" else short_citation(line.source),
        )
        for line in lines_for(facts)
    ]  # fmt: skip


def facts_of(
    told: Explanation, rows: Sequence[Row], waiting: Sequence[OpenBreach]
) -> dict[str, Any]:
    """Facts by name, as ``troth.content.cards.lines_for`` asks for them."""
    gone = taken_back(rows)
    standing = [row for row in rows if row["event_id"] not in gone]
    recent = [row for row in standing if row["t_us"] >= told.at_us - LATELY_DAYS * _DAY_US]
    kinds = {row["kind"] for row in recent}
    due = _due_times(standing)
    since = min((case.since_us for case in waiting), default=told.at_us)
    return {
        "promise_overdue": any(t is not None and t < told.at_us for t in due),
        "promise_open": bool(due),
        "preference_missed": "preference_missed" in kinds,
        "complaint_reopened": any(case.kind == "complaint_reopened" for case in waiting),
        "praise": any(
            row["kind"] in _PRAISE and (row["outcome"] or 0.0) >= PRAISE_OUTCOME for row in recent
        ),
        "apologies_given": sum(
            row["kind"] == "apology" and row["t_us"] >= since for row in standing
        ),
        "open_breach": [case.kind for case in waiting],
        "breach_dimension": [_most_hurt(case.kind) for case in waiting[:1]],
        "stage": [told.stage, *(["repair"] if told.repair else [])],
    }


def _due_times(rows: Sequence[Row]) -> list[int | None]:
    """When each promise that waits is due."""
    told = [row for row in rows if row["kind"] in (MADE, MOVED, *ENDED)]
    return [c.latest["due_us"] for c in promise_courses(told).values() if c.end is None]


def _most_hurt(kind: str) -> str:
    """The dimension that a breach of a kind hurts most."""
    shares = codebook()[kind].loadings
    return max(shares, key=lambda name: shares[name])
