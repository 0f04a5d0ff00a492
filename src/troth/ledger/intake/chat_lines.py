"""The lines of a pasted chat: who begins to speak, and when."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from troth.ledger.intake.when import CLOCK, clock_of, midnight, on_day, read_time

if TYPE_CHECKING:
    from collections.abc import Collection
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
_BEHIND: Final = re.compile(rf"{_NAME}[:：]?\s+(?P<when>\S.*)")
_BRACKETED: Final = re.compile(
    rf"[\[【(（](?P<when>[^\]】)）]{{3,40}})[\]】)）]\s*{_NAME}\s*[:：]\s*(?P<text>.*)"
)
_DASHED: Final = re.compile(
    rf"(?P<when>[^-–—]{{3,40}}|\d{{4}}-[^–—]{{3,35}}?)\s+[-–—]\s+{_NAME}\s*[:：]\s*(?P<text>.*)"
)
_PLAIN: Final = re.compile(rf"{_NAME}\s*[:：](?!//)\s*(?P<text>.*)")
_RULE: Final = re.compile(r"^[\s\-—–=*·•]+|[\s\-—–=*·•]+$")
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
        self._zone, self._now_us = choice.clock, choice.now_us
        self._timed, self._known = timed, known
        self._day = self._today = midnight(choice.now_us, choice.clock)
        self._clock: timedelta | None = None
        self._written = ""
        self.turns: list[Turn] = []

    def read(self, row: int, line: str) -> None:
        """Take one line: a date, the beginning of a turn, or more of the last one."""
        bare = _RULE.sub("", line)
        if bare and self._note(bare):
            return
        head = head_of(line, timed=self._timed, known=self._known)
        if head is not None:
            name, when, text = head
            if when:
                self._note(when)
            self._open(row, name, text)
        elif self.turns:
            self.turns[-1].lines.append(line)
        elif line.strip():
            self._open(row, "", line)

    def _open(self, row: int, name: str, text: str) -> None:
        lines = [text] if text.strip() else []
        turn = Turn(row, name, self._written, self._day, self._clock, lines)
        self.turns.append(turn)

    def _note(self, when: str) -> bool:
        """Keep a time for what follows; False where the words are none."""
        if not is_when(when):
            return False
        text = unicodedata.normalize("NFKC", when).strip().lower()
        shape = _WHEN.fullmatch(text)
        clock = _clock_in(text)
        relative = shape["relative"] if shape else None
        whole = read_time(text, self._zone)
        if whole is not None and not relative:
            moment = midnight(whole, self._zone)
            self._day, self._written = moment, text
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
        if relative[-1] in (*_WEEKDAYS, "天") and relative[0] in "星周":
            weekday = _WEEKDAYS.index(relative[-1].replace("天", "日"))
            days = (self._today.weekday() - weekday) % 7
        return self._today - timedelta(days=days)


def _clock_in(text: str) -> timedelta | None:
    found = None
    for match in _CLOCKED.finditer(text):
        found = match
    try:
        return clock_of(found.groupdict()) if found else None
    except ValueError:
        return None


def is_when(text: str) -> bool:
    """Whether a line, or part of one, is a date, a time of day, or both, and nothing else."""
    text = unicodedata.normalize("NFKC", text).strip().lower()
    if not 4 <= len(text.encode()) <= _LONGEST_LINE or not (text[-1].isalnum() or text[-1] == "."):
        return False
    if not _WHEN.fullmatch(text):
        return False
    return any(c.isdigit() for c in text)


def head_of(line: str, *, timed: bool, known: Collection[str]) -> tuple[str, str, str] | None:
    """Who begins to speak in a line, when, and with which words; None where nobody does.

    Args:
        line: one line.
        timed: whether turns of this chat begin with times; then a mere ``Name:`` is only believed
            of a name that is known, since a sentence may hold a colon.
        known: names that are known to speak.
    """
    line = line.strip()
    for pattern in (_BRACKETED, _DASHED):
        found = pattern.fullmatch(line) if len(line) <= 100_000 else None
        if found and is_when(found["when"]):
            return found["name"].strip(), found["when"], found["text"]
    if len(line) <= _LONGEST_LINE:
        behind = _BEHIND.fullmatch(line)
        if behind and not is_when(line):
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
    lines = [line for line in text.splitlines() if line.strip()][:40]
    if not lines:
        return False
    first = [head_of(line, timed=False, known=()) is not None for line in lines[:2]]
    dated = is_when(_RULE.sub("", lines[0]))
    return first[0] or (dated and len(lines) > 1 and first[1])
