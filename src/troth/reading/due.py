"""By when: words of time in a message, resolved against the message's own time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any, Final

from troth.content.times import either, times
from troth.reading.due_clock import after, moment
from troth.reading.due_en import FIRST_EN, piece_en
from troth.reading.due_zh import FIRST_ZH, piece_zh
from troth.reading.numerals import DIGIT_ZH
from troth.reading.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from troth.reading.time_pieces import Day, Piece

_ZH: Final[dict[str, Any]] = times()["zh"]
_EN: Final[dict[str, Any]] = times()["en"]
_FIRST: Final = re.compile(rf"[{FIRST_ZH}]|{FIRST_EN}")
#: Digits that were looked at in vain, and runs of Chinese numerals too long to be a number.
_NUMBER: Final = re.compile(rf"\d+|[{DIGIT_ZH}十百]{{9,}}")
#: A message that names more times is a table.
MOST: Final = 10_000
_DEADLINE: Final = either([*_EN["before"], "before the", "before your", "by the", "on the"])
_JOIN: Final = re.compile(
    rf"[ \t,()]{{0,3}}(?:的|之|在|{either([*_EN['before'], 'of', 'in'])}(?: the)?)?[ \t]{{0,2}}"
)
_RANGE: Final = re.compile(
    r"[ \t]?(?:-|~|–|—|到|至|或者?|or|to|till|until|and|、|or on|or by)[ \t]?"
)
_BETWEEN: Final = re.compile(r"between\s+$")
_BEFORE: Final = re.compile(rf"(?:{either(_ZH['before'])}\s?)+$|(?<![a-z0-9])(?:{_DEADLINE}\s+)+$")
_AFTER: Final = re.compile(
    rf"(?!{either(_ZH['not_after'])})(?:{either(_ZH['after'])})+|\s+{either(_EN['after'])}(?![a-z0-9])"
)
_REACH: Final = 28
_STRETCHED: Final = ("week", "friday", "month", "year")


@dataclass(frozen=True, slots=True)
class Due:
    """A time by which something may be due.

    Attributes:
        start: first character in the text as it was given.
        end: character after the last.
        text: the words, deadline words such as "by" and 前 included.
        due_at: the latest moment they name, in the zone of the message; None where they are vague,
            or the message's own time is not known.
        kind: ``clock``, ``part`` (of a day), ``day``, ``span`` (from now) or ``vague``.
        precision: ``second``, ``minute``, ``hour``, ``part``, ``day``, ``week``, ``month``,
            ``year`` or ``none``.
    """

    start: int
    end: int
    text: str
    due_at: datetime | None
    kind: str
    precision: str


@dataclass(slots=True)
class _Group:
    """Pieces that name one time together."""

    start: int
    end: int
    day: Day | None
    part: str | None
    clock: tuple[int, int, str] | None
    span: tuple[float, str] | None
    sort: str


def find_dues(text: str, said_at: datetime | None) -> list[Due]:
    """The times that a text names and that may still come.

    Days that are over ("yesterday", "three days ago") and what comes round every day are left out.

    Args:
        text: any text, in any spelling.
        said_at: when it was said, with its zone; None where that is not known.

    Returns:
        Times by start, the first ``MOST`` of them; none overlap.

    Source: our choice, the convention in docs/reference/reading.md.

    >>> from datetime import UTC, datetime
    >>> due = find_dues("今天下午三点前回复您", datetime(2026, 6, 3, 10, tzinfo=UTC))[0]
    >>> due.text, due.due_at.isoformat()
    ('今天下午三点前', '2026-06-03T15:00:00+00:00')
    """
    spelled = text.lower() if text.isascii() else plain(text)
    groups = list(islice(_groups(spelled), MOST))
    found: list[Due] = []
    for group, following in zip_longest(groups, groups[1:]):
        low = found[-1].end if found else 0
        high = following.start if following else len(text)
        found.append(_due(text, spelled, group, said_at, (low, high)))
    return found


def _pieces(text: str) -> Iterator[Piece]:
    place = 0
    while match := _FIRST.search(text, place):
        at = match.start()
        first = text[at]
        piece = piece_zh(text, at) if first in _ZH_FIRST else None
        if piece is None and first.isascii():
            piece = piece_en(text, at)
        if piece:
            yield piece
            place = max(piece.end, at + 1)
        else:
            number = _NUMBER.match(text, at)
            place = number.end() if number else match.end()


_ZH_FIRST: Final = frozenset(FIRST_ZH)


def _groups(text: str) -> Iterator[_Group]:
    """Pieces put together, without those that name no time to come."""
    held: _Group | None = None
    for piece in _pieces(text):
        if held is not None:
            gap = text[held.end : piece.start] if piece.start - held.end <= _REACH else "\n"
            if _joined(held, piece, gap, text):
                held.end = piece.end
                continue
            if held.sort not in ("not", "weak"):
                yield held
        held = _Group(*piece)
    if held is not None and held.sort not in ("not", "weak"):
        yield held


def _joined(held: _Group, piece: Piece, gap: str, text: str) -> bool:
    """Whether a piece belongs to the group before it; if so, the group takes it in."""
    if "vague" in (held.sort, piece.sort) or held.span or piece.span:
        return False
    if "not" in (held.sort, piece.sort):
        alone = held.sort == piece.sort or (held.sort == "not" and piece.day is not None)
        if alone or "," in gap or not _JOIN.fullmatch(gap):
            return False
        held.sort = "not"
        return True
    if _RANGE.fullmatch(gap):
        return _ranged(held, piece, gap, text)
    return bool(_JOIN.fullmatch(gap)) and _filled(held, piece, gap, text)


def _filled(held: _Group, piece: Piece, gap: str, text: str) -> bool:
    """The piece says what the group had left open, or the same again."""
    settled = held.part is not None or held.clock is not None
    # in Chinese the larger unit comes first; what comes later in a list is another time
    listed = not text[piece.start].isascii() or "," in gap
    if listed and ((piece.day and settled) or (piece.part and held.clock)):
        return False
    day = _one_day(held.day, piece.day)
    doubled = held.part and piece.part and not ({held.part, piece.part} & {"early", "night"})
    if day is False or doubled or (held.clock and piece.clock):
        return False
    held.day = day  # type: ignore[assignment] # True is never returned
    held.part = held.part or piece.part
    held.clock = held.clock or piece.clock
    held.sort = held.sort and piece.sort
    return True


def _one_day(one: Day | None, other: Day | None) -> Day | bool | None:
    """The day that both name; False where they are two."""
    if one is None or other is None:
        return one or other
    for day, stretch in ((one, other), (other, one)):
        if day[0] == "weekday" and stretch[0] in ("week", "friday"):
            return ("weekday", day[1], stretch[1])
    kinds = {one[0], other[0]}
    if len(kinds) == 2 and kinds <= {"offset", "weekday", "date", "month_day"}:
        return one if one[0] == "date" or other[0] == "weekday" else other
    return False


def _ranged(held: _Group, piece: Piece, gap: str, text: str) -> bool:
    """From one time to another: the group takes the later end."""
    if gap.strip() == "and" and not _BETWEEN.search(text, max(0, held.start - 9), held.start):
        return False
    if piece.day and held.day and held.day[0] == "date" and piece.day[0] == "month_day":
        held.day = ("date", held.day[1], held.day[2], piece.day[2])
    elif piece.day:
        held.day = piece.day
    elif held.part is None and held.clock is None:
        return _filled(held, piece, gap, text)
    held.part = piece.part if piece.day else piece.part or held.part
    held.clock = piece.clock
    held.sort = held.sort and piece.sort
    return True


def _due(
    text: str, spelled: str, group: _Group, said_at: datetime | None, room: tuple[int, int]
) -> Due:
    """The group as a time, with the deadline words around it that no other time claims."""
    start, end = group.start, group.end
    if group.sort != "vague":
        before = _BEFORE.search(spelled, max(room[0], start - _REACH), start)
        behind = _AFTER.match(spelled, end, room[1])
        start, end = before.start() if before else start, behind.end() if behind else end
    kind, precision = _kind(group)
    return Due(start, end, text[start:end], _resolved(group, said_at), kind, precision)


def _kind(group: _Group) -> tuple[str, str]:
    if group.sort == "vague":
        return "vague", "none"
    if group.span:
        units = {"quarter": "minute", "workday": "day", "fortnight": "week"}
        return "span", units.get(group.span[1], group.span[1])
    if group.clock:
        return "clock", "minute"
    if group.day and group.day[0] in _STRETCHED:
        return "day", "week" if group.day[0] == "friday" else str(group.day[0])
    return ("part", "part") if group.part else ("day", "day")


def _resolved(group: _Group, said_at: datetime | None) -> datetime | None:
    if said_at is None or group.sort == "vague":
        return None
    part = group.part
    if group.day and group.day[0] in _STRETCHED and part == "early":
        part = None
    try:
        if group.span:
            return after(said_at, *group.span)
        return moment(said_at, group.day, part, group.clock)
    except (OverflowError, ValueError):
        return None  # beyond the calendar, or a day that no month has
