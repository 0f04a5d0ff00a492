"""What a stretch of a sentence is to a promise: its doer, its mood, and what it says will be done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from troth.content.scope_words import scope_words
from troth.content.times import either
from troth.content.word_lists import word_lists
from troth.reading.sentence_parts import Part, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.reading.due import Due

_TOWARD: Final = "".join(word_lists("commitments")["toward"]["zh"])
_OBJECT: Final = "".join(word_lists("commitments")["object"]["zh"])
#: We, one of the house, or "our" and who is ours.
DOER: Final = (
    rf"(?:(?<![{_OBJECT}]){words('self')}(?!{words('kin')})|(?<![{_TOWARD}]){words('house')}"
    rf"|(?<![a-z])our (?!{words('not_house')})[a-z]+(?: (?!{words('will')})[a-z]+)?)"
)
SELF: Final = re.compile(DOER)
_NOT_PROMISED: Final = re.compile(words("not_promised"))
CONDITION: Final = re.compile(words("condition"))
# Possessive: what these words are made of is never tried in another way, which would take for ever.
_LEAD: Final = re.compile(rf"(?:{words('lead')}|[\s,.、!。])++")
_TAIL: Final = re.compile(rf"(?:{words('tail')}|[\s,.、!。~])++$")
_PLEDGE: Final = re.compile(rf"(?:{words('pledge')}|{words('lead')}|\W)++")
_THEIRS_BEHIND: Final = re.compile(rf"\s*{words('theirs')}|的(?!话|时候|时间|之前)")
_THEIRS_BEFORE: Final = re.compile(
    rf"{words('theirs')}\s+(?:(?:is|was|starts|leaves|due)\s+)?(?:(?:on|at|for|of|from|to)\s+)?(?:the\s+)?$"
    r"|(?<![给帮为替跟把向和与])[您你](?:们)?(?:在|的)?$"
)
_BY: Final = re.compile(r"(?:by|before|within|no later)\b")
_UNTIL: Final = re.compile(rf"{words('until')}\s*$")
_TAG: Final = re.compile(r"\s*['’]s\b")
_WAIT: Final = re.compile(words("wait"))
_LOOK: Final = 24
#: How far before a cue its doer and its mood are looked for, in characters.
REACH: Final = 240
_LONGEST_TAIL: Final = 40
_REPORT: Final = re.compile(
    either(scope_words()["report"]["zh"])
    + r"|[您你][^,我]{0,5}说|(?<![a-z])"
    + either([*scope_words()["report"]["en"], "you mentioned", "you said", "did you say"])
    + r"(?![a-z])"
)
_OTHERS: Final = re.compile(
    either(scope_words()["others"]["zh"])
    + r"|(?<![a-z])"
    + either(scope_words()["others"]["en"])
    + rf"(?![a-z])|{words('strangers')}"
)
_NOT_OTHERS: Final = re.compile(either(scope_words()["not_others"]["zh"]))


@dataclass(frozen=True, slots=True)
class Timed:
    """A part of a sentence with what stands in it.

    Attributes:
        part: where it lies.
        dues: definite times that may be a promise's, by start.
        loose: times that count only where there is no other: vague ones, "until 6".
        bare: whether it says little besides a time.
    """

    part: Part
    dues: tuple[Due, ...]
    loose: tuple[Due, ...]
    bare: bool


def timed(spelled: str, part: Part, dues: Sequence[Due]) -> Timed:
    """Sort the times of a part.

    Args:
        spelled: the text in one spelling.
        part: where it lies.
        dues: all times of the part, by start.

    Returns:
        The part; times of a condition and of the customer's own doings are left out.
    """
    condition = CONDITION.search(spelled, part.start, part.end)
    definite, loose = [], []
    for due in dues:
        if condition and condition.start() < due.start:
            continue
        if due.kind == "vague" or _until(spelled, part, due):
            loose.append(due)
        elif not _of_the_customer(spelled, part, due):
            definite.append(due)
    bare = bool(definite) and _says_little(spelled, part, dues)
    return Timed(part, tuple(definite), tuple(loose), bare)


def _says_little(spelled: str, part: Part, dues: Sequence[Due]) -> bool:
    """Whether a part holds no more than a time, a doer and the beginning of a promise."""
    if part.end - part.start > REACH:
        return False
    left = "".join(spelled[a:b] for a, b in _between(part, dues))
    if _WAIT.search(left):
        return True
    left = left[slice(*_without_trimmings(left, 0, len(left)))]
    return len(left) <= 6 if _is_chinese(left) else len(left.split()) <= 2


def _until(spelled: str, part: Part, due: Due) -> bool:
    return bool(_UNTIL.search(spelled, max(part.start, due.start - 8), due.start))


def _of_the_customer(spelled: str, part: Part, due: Due) -> bool:
    """'Your flight at 5', '您明天入住', "tomorrow's breakfast": when something of theirs is."""
    if _BY.match(spelled, due.start):
        return False
    if _TAG.match(spelled, due.end) or _THEIRS_BEHIND.match(spelled, due.end):
        return True
    if spelled.startswith(("稍等", "等"), due.start):
        return False  # 您稍等五分钟: our time
    low = max(part.start, due.start - _LOOK)
    return bool(_THEIRS_BEFORE.search(spelled, low, due.start))


def _between(part: Part, dues: Sequence[Due]) -> list[tuple[int, int]]:
    """What is left of a part without its times."""
    found, start = [], part.start
    for due in dues:
        found.append((start, max(start, min(due.start, part.end))))
        start = max(start, min(due.end, part.end))
    return [*found, (start, max(start, part.end))]


def promised(spelled: str, part: Part, hit: int) -> bool:
    """Whether a promise cue at ``hit`` promises: no habit, wish, guess or condition before it."""
    low = max(part.start, hit - REACH)
    if _NOT_PROMISED.search(spelled, low, hit):
        return False
    return not CONDITION.search(spelled, low, hit)


def of_others(spelled: str, start: int, end: int) -> bool:
    """Whether somebody else is named as a doer."""
    for match in _OTHERS.finditer(spelled, max(start, end - REACH), end):
        around = _NOT_OTHERS.search(spelled, max(0, match.start() - 3), match.end() + 4)
        named = around and around.start() <= match.start() and around.end() >= match.end()
        if not named and spelled[match.end() : match.end() + 1] != "的":
            return True
    return False


def reported(spelled: str, start: int, end: int) -> bool:
    """Whether the words from ``end`` on are told as somebody's."""
    return bool(_REPORT.search(spelled, max(start, end - REACH), end))


def deliverable(spelled: str, part: Part, hit: int, dues: Sequence[Due]) -> Part:
    """What is to be done: the part without its doer, its times and politeness.

    Args:
        spelled: the text in one spelling.
        part: where the promise stands.
        hit: where its cue begins.
        dues: all times of the part, by start.

    Returns:
        The stretch that names the deed; empty where nothing is left.
    """
    begin = part.start
    low = max(part.start, hit - REACH)
    for match in SELF.finditer(spelled, low, max(hit + 6, low)):
        if match.start() <= hit and match.end() <= part.end:
            begin = match.start()
    stretches = _between(Part(begin, part.end), [due for due in dues if due.end > begin])
    left = [_without_trimmings(spelled, low, high) for low, high in stretches]
    left = [one for one in left if one.end - one.start > 1]
    if not left:
        return Part(part.start, part.start)
    # Chinese says the deed behind its time, English before it
    return left[-1] if _is_chinese(spelled[left[-1].start : left[-1].end]) else left[0]


def _without_trimmings(spelled: str, low: int, high: int) -> Part:
    lead = _LEAD.match(spelled, low, high)
    start = lead.end() if lead else low
    tail = _TAIL.search(spelled, max(start, high - _LONGEST_TAIL), high)
    return Part(start, tail.start() if tail else high)


def _is_chinese(written: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in written)


def only_pledges(words_left: str) -> bool:
    """Whether words promise without a deed, as "I give you my word"."""
    return bool(_PLEDGE.fullmatch(words_left))
