"""What the words of time are made of before they are put together."""

from __future__ import annotations

from typing import NamedTuple

#: A day, by how it is found: ``("offset", 1)``, ``("weekday", 4, None)``, ``("week", 0)``,
#: ``("friday", 0)``, ``("month", 0)``, ``("year", 0)``, ``("date", None, 6, 3)``,
#: ``("month_day", None, 18)``.
Day = tuple[str | int | None, ...]


class Piece(NamedTuple):
    """A stretch of text that says one thing about a time.

    Attributes:
        start: first character.
        end: character after the last.
        day: which day.
        part: which part of the day, by its name in ``content/times.yaml``.
        clock: hour 0–24, minute 0–59, and ``am``, ``pm``, ``24`` (as it stands) or empty.
        span: an amount and its unit, from now on.
        sort: ``vague`` where no time follows from it; ``not`` where whatever it joins is no due
            time (it is over, or comes every day); ``weak`` where it means something only beside
            a day.
    """

    start: int
    end: int
    day: Day | None = None
    part: str | None = None
    clock: tuple[int, int, str] | None = None
    span: tuple[float, str] | None = None
    sort: str = ""
