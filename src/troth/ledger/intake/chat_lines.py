"""The lines of a pasted chat: who begins to speak, and when."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from troth.ledger.intake.when import CLOCK, clock_of, midnight, on_day, read_time

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from troth.ledger.intake.choice import Choice

#: Longer lines begin nobody's turn by a time at their end, and hold no date alone.
_LONGEST_LINE: Final = 120
_NAME: Final = (
    r"(?P<name>[^\s\[\]:：,，;；。！？!?\"'<>{}|/\\][^\[\]:：,，;；。！？!?\"<>{}|\t]{0,29}?)"
)
_DATE: Final = (
    r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日?|\d{4}([-/.])\d{1,2}(?:\1)\d{1,2}"
    r"|\d{1,2}\s+[a-z]{3,9}\.?,?\s+\d{4}|[a-z]{3,9}\.?\s+\d{1,2},?\s+\d{4})"
)
_RELATIVE: Final = r"今天|昨天|前天|(?:星期|周)[一二三四五六日天]|today|yesterday"
_TIME: Final = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_HALF: Final = r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里)"
_WHEN: Final = re.compile(
    rf"(?:{_DATE}|(?P<relative>{_RELATIVE}))?(?:\s*[(（]?(?:星期|周)[一二三四五六日天][)）]?)?[\s,，]*"
    rf"(?:{_HALF}?\s*{_TIME}(?:\s*[ap]\.?m\.?)?)?",
    re.ASCII | re.IGNORECASE,
)
_CLOCKED: Final = re.compile(CLOCK, re.ASCII)
_BRACKETED: Final = re.compile(
    rf"[\[【(（](?P<when>[^\]】)）]{{3,40}})[\]】)）]\s*{_NAME}\s*[:：]\s*(?P<text>.*)"
)
_DASHED: Final = re.compile(
    rf"(?P<when>[^-–—]{{3,40}}|\d{{4}}-[^–—]{{3,35}}?)\s+[-–—]\s+{_NAME}\s*[:：]\s*(?P<text>.*)"
)
_PLAIN: Final = re.compile(rf"{_NAME}\s*[:：](?!//)\s*(?P<text>.*)")
_RULE: Final = re.compile(r"^[\s\-—–=*·•]+|[\s\-—–=*·•]+$")
_ENDS: Final = re.compile(r"[\d日号mM.)\]）】\-—–=*·•\s]$")
_DIGIT: Final = re.compile(r"\d")
_LONGEST_TURN: Final = 100_000
_WEEKDAYS: Final = "一二三四五六日"


@dataclass
class Turn:
    """One message.

    Attributes:
        row: its first line.
        name: who speaks; empty for what stands before the first speaker.
        when: the time as written, with the day it carries on from; empty where none was seen.
        day: midnight of its day.
        clock: its time of day; None where none was seen.
        lines: what was said.
    """

    row: int
    name: str
    when: str
    day: datetime
    clock: timedelta | None
    lines: list[str]

    @property
    def at(self) -> int:
        """Microseconds UTC; the day's beginning where the file names no time."""
        return on_day(self.day, self.clock or timedelta())


class ChatReader:
    """Reads line after line, and carries the last date on."""

    def __init__(self, choice: Choice, known: Collection[str], *, timed: bool) -> None:
        self._zone = choice.clock
        self._timed, self._known = timed, known
        self._day = self._today = midnight(choice.now_us, choice.clock)
        self._clock: timedelta | None = None
        self._written = ""

    def turns(self, lines: Iterable[str]) -> Iterator[Turn]:
        """The turns of a chat.

        Yields:
            Each turn once it is over; what stands before the first has no name.
        """
        turn: Turn | None = None
        for row, line in enumerate(lines, start=1):
            if may_hold_when(line) and self._note(_RULE.sub("", line)):
                continue
            head = head_of(line, timed=self._timed, known=self._known)
            if head is None and (turn or not line.strip()):
                if turn:
                    turn.lines.append(line)
                continue
            if turn:
                yield turn
            name, when, text = head or ("", "", line)
            if when:
                self._note(when)
            turn = Turn(row, name, self._written, self._day, self._clock, [text])
        if turn:
            yield turn

    def _note(self, when: str) -> bool:
        """Keep a time for what follows; False where the words are none."""
        if not is_when(when):
            return False
        text = unicodedata.normalize("NFKC", when).strip().lower()
        shape = _WHEN.fullmatch(text)
        clock = _clock_in(text)
        relative = shape["relative"] if shape else None
        whole = None if relative or clock_alone(text) else read_time(text, self._zone)
        if whole is not None:
            self._day, self._written = midnight(whole, self._zone), text
        elif relative:
            self._day, self._written = self._back(relative), text
        elif clock is not None:
            self._written = f"{self._written.partition('|')[0]}|{text}"
        else:
            return False
        self._clock = clock
        return True

    def _back(self, relative: str) -> datetime:
        days = {"昨天": 1, "yesterday": 1, "前天": 2}.get(relative, 0)
        if relative[0] in "星周":
            weekday = _WEEKDAYS.index(relative[-1].replace("天", "日"))
            days = (self._today.weekday() - weekday) % 7
        return self._today - timedelta(days=days)


def clock_alone(text: str) -> bool:
    """Whether a time has no day: it begins with its hour, or with the part of the day."""
    return not re.match(r"\d{4}|[a-z]{3,9}\.?\s+\d|\d{1,2}\s+[a-z]{3}", text)


def may_hold_when(line: str) -> bool:
    """A quick look that spares most lines a slow one: a date or a time ends in a digit or the like."""
    if len(line) > _LONGEST_LINE:
        return False
    return _ENDS.search(line) is not None and _DIGIT.search(line) is not None


def _clock_in(text: str) -> timedelta | None:
    found = None
    for match in _CLOCKED.finditer(text):
        found = match
    try:
        return clock_of(found.groupdict()) if found else None
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def is_when(text: str) -> bool:
    """Whether a line, or part of one, is a date, a time of day, or both, and nothing else."""
    if not 2 <= len(text) <= _LONGEST_LINE:
        return False
    text = unicodedata.normalize("NFKC", text).strip().lower()
    return bool(_WHEN.fullmatch(text)) and any(c.isdigit() for c in text)


def head_of(line: str, *, timed: bool, known: Collection[str]) -> tuple[str, str, str] | None:
    """Who begins to speak in a line, when, and with which words; None where nobody does.

    Args:
        line: one line.
        timed: whether turns of this chat begin with times; then a mere ``Name:`` is only believed
            of a name that is known, since a sentence may hold a colon.
        known: names that are known to speak.
    """
    line = line.strip()
    if line[:1] in "[【(（0123456789" and line and len(line) <= _LONGEST_TURN:
        for pattern in (_BRACKETED, _DASHED):
            found = pattern.fullmatch(line)
            if found and is_when(found["when"]):
                return found["name"].strip(), found["when"], found["text"]
    if " " in line and may_hold_when(line) and not is_when(_RULE.sub("", line)):
        place = _split(line)
        if place is not None:
            return place
    plain = _PLAIN.match(line)
    if plain and (not timed or plain["name"].strip() in known):
        return plain["name"].strip(), "", line[plain.start("text") :]
    return None


def _split(line: str) -> tuple[str, str, str] | None:
    """``Name <time>`` cut where the longest time begins."""
    for gap in re.finditer(r"\s+", line):
        name, when = line[: gap.start()], line[gap.end() :]
        clean = name.rstrip(":：")
        if is_when(when) and re.fullmatch(_NAME, clean) and not is_when(clean):
            return clean.strip(), when, ""
    return None


def looks_like_chat(text: str) -> bool:
    """Whether a text's first lines are those of a chat."""
    lines = [line for line in text.splitlines() if line.strip()][:5]
    if not lines:
        return False
    first = [head_of(line, timed=False, known=()) is not None for line in lines[:2]]
    dated = is_when(_RULE.sub("", lines[0][: _LONGEST_LINE + 1]))
    timed = any(head_of(line, timed=True, known=()) for line in lines[:5])
    return first[0] or timed or (dated and len(lines) > 1 and first[1])
