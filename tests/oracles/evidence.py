"""What stands at a time, straight from the definitions: slow, and obvious enough to trust.

Nothing is appended here: at each time the whole history known by then is reckoned afresh.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from troth.content.kinds import codebook
from troth.content.shares import DIMENSIONS


@dataclass
class Standing:
    """One event's evidence as it stands: masses by dimension, and whether its case is open."""

    good: list[float] = field(default_factory=lambda: [0.0] * 4)
    bad: list[float] = field(default_factory=lambda: [0.0] * 4)
    is_open: bool = False


def standing_before(events: list[dict], until_us: int) -> dict[str, Standing]:
    """Evidence of every event before ``until_us``, by id, as known just before that time."""
    by_id = {event["event_id"]: event for event in events}
    known = _in_order([event for event in events if event["t_us"] < until_us], by_id)
    stands = _uncorrected(known)
    result = {event["event_id"]: Standing() for event in known}
    for event in known:
        standing = result[event["event_id"]]
        good, bad = _own_mass(event)
        if event["event_id"] in stands:
            left = _left_of_harm(event, known, stands)
            for i, name in enumerate(DIMENSIONS):
                standing.good[i] = good * event[name]
                standing.bad[i] = bad * event[name] * left[i]
        standing.is_open = _is_open(event, known, stands, by_id)
    return result


def _own_mass(event: dict) -> tuple[float, float]:
    """A repair that answers an event says nothing of its own."""
    if codebook()[event["kind"]].repairs and event["ref"] is not None:
        return 0.0, 0.0
    return event["weight"] * event["outcome"], event["weight"] * (1.0 - event["outcome"])


def _opens(event: dict) -> bool:
    return codebook()[event["kind"]].opens and _own_mass(event)[1] > 0


def _in_order(known: list[dict], by_id: dict[str, dict]) -> list[dict]:
    def depth(event: dict) -> int:
        target = by_id.get(event["ref"])
        if target is None or target["t_us"] != event["t_us"] or not _matters(event, by_id):
            return 0
        return 1 + depth(target)

    return sorted(known, key=lambda event: (event["t_us"], depth(event), event["event_id"]))


def _matters(event: dict, by_id: dict[str, dict]) -> bool:
    """Only events that change what another says have a place behind it."""
    kind, target = codebook()[event["kind"]], by_id.get(event["ref"])
    if target is None:
        return False
    changes = _opens(event) or kind.closes or bool(kind.repairs)
    return kind.retracts or (changes and _own_mass(target)[1] > 0)


def _uncorrected(known: list[dict]) -> set[str]:
    """Later events first: a correction counts unless a correction that counts takes it back."""
    stands: set[str] = set()
    for event in reversed(known):
        corrections = [
            other
            for other in known
            if codebook()[other["kind"]].retracts and other["ref"] == event["event_id"]
        ]
        if not any(other["event_id"] in stands for other in corrections):
            stands.add(event["event_id"])
    return stands


def _left_of_harm(breach: dict, known: list[dict], stands: set[str]) -> list[float]:
    """Repairs multiply and undo four fifths at most; a repetition undoes the repairs before it."""
    left = [1.0] * 4
    for event in known:
        if event["ref"] != breach["event_id"] or event["event_id"] not in stands:
            continue
        if _own_mass(breach)[1] <= 0:
            continue
        if _opens(event):
            left = [1.0] * 4
        rho = codebook()[event["kind"]].repairs
        left = [x * (1.0 - rho.get(name, 0.0)) for x, name in zip(left, DIMENSIONS, strict=True)]
    return [max(0.2, x) for x in left]


def _is_open(event: dict, known: list[dict], stands: set[str], by_id: dict[str, dict]) -> bool:
    """The case that began with ``event``: opened by it or a repetition, closed by what closes."""
    if _root(event, by_id) is not event:
        return False
    is_open = False
    for step in known:
        target = by_id.get(step["ref"])
        answers_breach = target is not None and _own_mass(target)[1] > 0
        answers_case = answers_breach and _root(target, by_id) is event
        mine = _opens(step) if step is event else answers_case
        if mine and step["event_id"] in stands:
            if _opens(step):
                is_open = True
            elif codebook()[step["kind"]].closes:
                is_open = False
    return is_open


def _root(event: dict, by_id: dict[str, dict]) -> dict:
    target = by_id.get(event["ref"])
    if _opens(event) and target is not None and _own_mass(target)[1] > 0:
        return _root(target, by_id)
    return event
