"""Facts of one relationship that speak to its stage's checklist."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from troth.content.kinds import contact_kinds
from troth.guidance.relationship import taken_back

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.standing import Row

RECENT_DAYS: Final = 90
HAND_OVERS: Final = ("hand_over", "hand_over_kept", "hand_over_dropped")
_DAY_US: Final = 86_400_000_000


def facts_of(rows: Sequence[Row], at_us: int, open_breaches: int) -> dict[str, dict[str, Any]]:
    """Count what the checklists ask about, over the last 90 days.

    Args:
        rows: the relationship's own events in order of time (``own_events``).
        at_us: microseconds UTC.
        open_breaches: cases that wait for repair.

    Returns:
        Figures by measure, named as in ``troth.content.stages.MEASURES``.
    """
    gone = taken_back(rows)
    standing = [row for row in rows if row["event_id"] not in gone]
    recent = [row for row in standing if row["t_us"] >= at_us - RECENT_DAYS * _DAY_US]
    count = Counter(row["kind"] for row in recent)
    ended = {row["ref"] for row in standing if row["kind"] in ("promise_kept", "promise_broken")}
    waiting = [
        row
        for row in recent
        if row["kind"] == "promise_made"
        and row["event_id"] not in ended
        and (row["due_us"] or 0) >= at_us
    ]
    facts: dict[str, dict[str, Any]] = {
        "promises": {
            "kept": count["promise_kept"], "broken": count["promise_broken"], "open": len(waiting)
        },
        "preferences": {"met": count["preference_honoured"], "missed": count["preference_missed"]},
        "disclosures": {"count": count["disclosure"]},
        "people": {"count": len({row["trustee"] for row in recent})},
        "open_breaches": {"count": open_breaches},
        "hand_overs": {"count": sum(count[kind] for kind in HAND_OVERS)},
    }  # fmt: skip
    met = [row for row in standing if row["kind"] in contact_kinds()]
    if met:
        facts["last_contact"] = {"days": (at_us - met[-1]["t_us"]) / _DAY_US}
    return facts
