"""Breaches that wait, and what can be recorded as done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from troth.guidance.breaches import OpenBreach
    from troth.web.relations.opened import Opened

#: Kind of event → key of what people call it here; the last one closes the case.
DONE: Final = {
    "apology": "relations.done.apology",
    "explanation": "relations.done.explanation",
    "complaint_answered": "relations.done.answer",
    "compensation": "relations.done.compensation",
    "complaint_resolved": "relations.done.settled",
}


def cases_of(opened: Opened) -> list[dict[str, Any]]:
    """Each case that waits: since when, its sentence, what was done, and what may be recorded."""
    words = opened.words
    found = []
    for breach, case in zip(opened.view.waiting, opened.view.cases, strict=True):
        steps = [(kind, words.say(DONE[kind])) for kind in steps_for(breach)]
        found.append(case | {"steps": steps})
    return found


def steps_for(breach: OpenBreach) -> list[str]:
    """Kinds that may be recorded about a breach; only complaints can be answered."""
    complained = breach.kind.startswith("complaint")
    return [kind for kind in DONE if complained or kind != "complaint_answered"]
