"""What a chart of one relationship over time shows, and the list of all that happened in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime
from math import copysign
from typing import TYPE_CHECKING, Final

from troth.guidance.relationship import taken_back
from troth.pages.charts import Curve, Mark
from troth.pages.sums import LEAST, hundredths_of
from troth.pages.words import hundredths
from troth.trust.stage import ENOUGH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.guidance.standing import Row
    from troth.pages.words import Words
    from troth.trust.explain import Explanation, Point

#: More marks than this would hide each other, more rows would hide the page.
MOST_MARKS: Final = 300
MOST_EVENTS: Final = 500
FEW_DAYS: Final = 45
#: Weight of a mark where no number may be told.
UNMEASURED: Final = 0.4
_DAY_US: Final = 86_400_000_000
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 600)


def numbered_points(told: Explanation, rows: Sequence[Row]) -> list[Point]:
    """The points of the timeline that may be shown as numbers: from two pieces of evidence on."""
    if not told.enough:
        return []
    mass, start = 0.0, told.at_us
    for row in rows:
        mass += (row.get("weight") or 0.0) * told.parameters.kinds.get(row["kind"], 1.0)
        if mass >= ENOUGH:
            start = row["t_us"]
            break
    return [point for point in told.timeline if point.t_us >= start]


def curve_of(told: Explanation, rows: Sequence[Row], words: Words, ticks: int) -> Curve:
    """The belief over time and a mark for each of the relationship's own events.

    Args:
        told: the explanation.
        rows: its own events in order of time.
        words: of the reader.
        ticks: how many labels the time axis has room for.
    """
    points = numbered_points(told, rows)
    first = rows[0]["t_us"] if rows else told.timeline[0].t_us
    span = (min(first, told.at_us - _DAY_US), told.at_us)
    phi = {c.event_id: c.phi for c in told.contributions if c.own}
    most = max((abs(v) for v in phi.values()), default=1.0)
    times = [point.t_us for point in points]
    marks = []
    for row in rows[-MOST_MARKS:]:
        value = phi.get(row["event_id"], 0.0)
        place = bisect_right(times, row["t_us"]) - 1
        unplaced = bool(points) and place < 0
        weight = value / most if abs(value) >= LEAST and not unplaced else 0.0
        if not points:
            # Where it is too early for numbers, sizes would tell what is left unsaid.
            weight = copysign(UNMEASURED, weight) if weight else 0.0
            height = 0.5 + (0.28 if weight > 0 else -0.28 if weight < 0 else 0.0)
        else:
            height = points[place].probability if weight else 0.0
        marks.append(Mark(row["t_us"], height, weight, mark_title(row, words)))
    drawn = [(point.t_us, point.probability, point.low, point.high) for point in points]
    # Half the chart would stand empty where trust never came near even odds.
    floor = 0.5 if points and min(point.low for point in points) >= 0.5 else 0.0
    return Curve(drawn, marks, ticks_of(span, words, ticks), span, floor)


def mark_title(row: Row, words: Words) -> str:
    """Date, kind and words of an event."""
    parts = (words.date(row["t_us"]), words.kind(row["kind"]), words.quote(row["text"], 120))
    return " · ".join(part for part in parts if part)


def ticks_of(span: tuple[int, int], words: Words, most: int) -> list[tuple[int, str]]:
    """Beginnings of months, or days where the time is short; at most so many."""
    first, last = span
    if last - first < FEW_DAYS * _DAY_US:
        count = max(1, min(most, (last - first) // _DAY_US))
        times = [first + i * (last - first) // count for i in range(count + 1)][:most]
        return list(dict.fromkeys((t_us, words.day(t_us)) for t_us in times))
    begin, end = words.local(first), words.local(last)
    months = [begin.year * 12 + begin.month, end.year * 12 + end.month - 1]
    every = next((s for s in _STEPS if (months[1] - months[0]) // s < most), _STEPS[-1])
    found = []
    for month in range(months[0] + (-months[0]) % every, months[1] + 1, every):
        at = datetime(month // 12, month % 12 + 1, 1, tzinfo=words.zone)
        t_us = int(at.timestamp()) * 1_000_000
        found.append((t_us, words.month(t_us)))
    return found


@dataclass(frozen=True)
class Entry:
    """One event of the list, ready to show.

    Attributes:
        number: its place among the relationship's events, which names its anchor.
        moment: when.
        stamp: when, for machines.
        kind: what.
        party: the trustee, where it is not the one the page is about.
        words: what was said.
        phi: signed log-odds, or "" where it adds none or no number may be shown.
        side: ``good``, ``bad`` or ``still``.
        notes: due time, and whether it was taken back.
        links: (number, sentence) of the events it answers and that answer it.
    """

    number: int
    moment: str
    stamp: str
    kind: str
    party: str
    words: str
    phi: str
    side: str
    notes: tuple[str, ...] = ()
    links: tuple[tuple[int, str], ...] = ()


def entries_of(
    told: Explanation, rows: Sequence[Row], words: Words, places: Sequence[int] | None = None
) -> list[Entry]:
    """The list of everything that happened, newest first, breaches linked to their repairs.

    Args:
        told: the explanation.
        rows: the relationship's own events in order of time.
        words: of the reader.
        places: of the rows that are wanted, in the order they are listed; by default all that a
            page holds, and then links lead to those alone.
    """
    first = max(0, len(rows) - MOST_EVENTS) if places is None else 0
    listed = range(len(rows) - 1, first - 1, -1) if places is None else places
    place = {row["event_id"]: i for i, row in enumerate(rows)}
    later: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        if row["ref"] in place:
            later.setdefault(row["ref"], []).append(i)
    phi = {c.event_id: c.phi for c in told.contributions if c.own}
    gone = taken_back(rows)
    found = []
    for i in listed:
        row = rows[i]
        links = [(i, "answers") for i in (place.get(row["ref"]),) if i is not None]
        links += [(j, "answered") for j in later.get(row["event_id"], [])]
        entry = _entry(told, row, (i, phi.get(row["event_id"], 0.0)), words)
        linked = tuple((j, _link(rows[j], way, words)) for j, way in links if j >= first)
        notes = _notes(row, words, counts=row["event_id"] not in gone)
        found.append(replace(entry, links=linked, notes=notes))
    return found


def _link(row: Row, way: str, words: Words) -> str:
    return words.say(
        f"explain.events.{way}", date=words.day(row["t_us"]), kind=words.kind(row["kind"])
    )


def _notes(row: Row, words: Words, *, counts: bool) -> tuple[str, ...]:
    notes = []
    if row["due_us"] is not None:
        notes.append(words.say("explain.events.due", moment=words.moment(row["due_us"])))
    if not counts:
        notes.append(words.say("explain.events.taken_back"))
    return tuple(notes)


def _entry(told: Explanation, row: Row, counted: tuple[int, float], words: Words) -> Entry:
    number, phi = counted
    value = hundredths_of(phi)
    party = "" if row["trustee"] == told.trustee else words.name(row["trustee"])
    return Entry(
        number=number,
        moment=words.moment(row["t_us"]),
        stamp=words.stamp(row["t_us"]),
        kind=words.kind(row["kind"]),
        party=words.say("explain.events.with", name=party) if party else "",
        words=words.quote(row["text"], 1200),
        phi=hundredths(value) if value and told.enough else "",
        side="good" if value > 0 else "bad" if value < 0 else "still",
    )
