"""English words of time, one at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from troth.content.times import either, times
from troth.reading.numerals import number_en
from troth.reading.time_pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.reading.time_pieces import Day

_WORDS: Final[dict[str, Any]] = times()["en"]
_END: Final = r"(?![a-z0-9])"
_FREE: Final = r"(?<![a-z0-9])"
_MONTH: Final = either(_WORDS["months"])
_LATE: Final = r"(?:by|before|on|until|till|from|for|come|and|or|to|the|latest|at)"
_NUMBER: Final = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|{either(_WORDS['numbers'])}{_END})"
_SPELLED: Final = either(word for word, n in _WORDS["numbers"].items() if n <= 12 and len(word) > 2)
_HALF_DAY: Final = r"(?P<half>[ap])\s?\.?\s?m(?:\.(?!\w)|(?![a-z0-9]))"
_TO: Final = r"\s?(?:-|–|—|to|till|until|and|or)\s?"
_ORDINAL: Final = r"(?:st|nd|rd|th)"

_RELATIVE: Final = re.compile(
    rf"(?:(?P<away>this|next|the following|the coming|coming|following)\s+)?"
    rf"(?P<weekday>{either(_WORDS['weekdays'])}){_END}(?!'s|s{_END})"
)
_DATE: Final = re.compile(
    rf"(?:(?P<m1>{_MONTH})\.?\s+(?:the\s+)?(?:\d{{1,2}}{_ORDINAL}?\s?[-–]\s?)?(?P<d1>\d{{1,2}}){_ORDINAL}?{_END}(?![:%])"
    rf"|(?:\d{{1,2}}{_ORDINAL}?{_TO})?(?P<d2>\d{{1,2}})(?P<th>{_ORDINAL})?(?:\s+of)?\s+(?P<m2>{_MONTH}){_END})"
    r"(?:,?\s+(?P<year>20\d\d)(?!\d))?"
)
_ISO: Final = re.compile(
    r"(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])(?:t(?=\d))?"
    r"|(?P<one>\d{1,2})[/.](?P<two>\d{1,2})(?:[/.](?P<full>20\d\d))?(?![\d/.]\d|\d|%)"
)
_MONTH_DAY: Final = re.compile(
    rf"(?:the\s+)?(?:\d{{1,2}}{_ORDINAL}?{_TO})?(?P<day>\d{{1,2}}){_ORDINAL}{_END}"
    rf"(?!\s+(?:{either(_WORDS['numbered'])})|-)"
)
_CLOCK: Final = re.compile(
    rf"(?:(?:\d{{1,2}}(?:[:.]\d\d)?)\s?(?:[ap]\.?m\.?)?{_TO})?"
    rf"(?:(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>[0-5]\d))?\s?{_HALF_DAY}"
    rf"|(?P<of>\d{{1,2}}|{_SPELLED})\s?o'?\s?clock{_END}"
    r"|(?P<h24>[01]?\d|2[0-4])[:h](?P<m24>[0-5]\d)(?::[0-5]\d)?(?![\d:%]))"
)
_SPOKEN: Final = re.compile(
    rf"(?:a\s+)?(?P<how>half|quarter|ten|twenty|five|\d{{1,2}})\s+(?P<side>past|to|after)\s+"
    rf"(?P<hour>\d{{1,2}}|{_SPELLED}){_END}(?:\s?{_HALF_DAY})?"
)
_BARE: Final = re.compile(
    rf"(?:(?:\d{{1,2}}|{_SPELLED})(?::\d\d)?{_TO})?(?P<hour>\d{{1,2}}|{_SPELLED})(?![a-z0-9%:/'-]|\.\d|,\d)"
    rf"(?=[ \t]*(?:[\n\r.,!?;)]|$|[\u4e00-\u9fff])|\s+{either(_WORDS['behind_hour'])}{_END})"
)
_HALF: Final = re.compile(rf"half\s+(?P<hour>{_SPELLED}){_END}")
_LATEST: Final = re.compile(rf"\s+(?:at the (?:very )?latest|sharp|on the dot){_END}")
_HOUR_BEFORE: Final = re.compile(
    rf"{_FREE}(?:by|before|at|around|about|until|till|between|after|latest|past)\s+$"
)
_PART: Final = re.compile(
    rf"(?:(?P<this>this\s+|later this\s+)|(?P<the>in the\s+|by the\s+|during the\s+|the\s+|in\s+|by\s+))?"
    rf"(?P<part>{either(_WORDS['parts'])}){_END}"
)
_Q: Final = (
    rf"(?:(?P<few>half an|half a|quarter of an|three quarters of an)|(?:{_NUMBER}{_TO})?(?P<count>{_NUMBER})"
    r"(?:\s?\(\d+\))?(?P<and>\s+and\s+a\s+half)?)"
)
_SPAN: Final = re.compile(
    rf"(?:(?P<ahead>{either(_WORDS['ahead'])})\s+)?(?:the\s+)?{_Q}[\s-]*(?P<unit>{either(_WORDS['units'])}){_END}"
    rf"(?P<after>\s+and\s+a\s+half|\s+or\s+(?:two|so))?(?P<time>'?s?'?\s+time{_END})?"
    rf"(?:\s+(?P<behind>{either(_WORDS['behind'])}{_END}))?"
)
_OVER: Final = re.compile(r"\s+(?:ago|old|earlier|before|late\b|of|in a row|running|straight)")
_SPAN_BEFORE: Final = re.compile(r"(?:last|past|previous|every|for|waited|after)\s+(?:the\s+)?$")
_FEW: Final = {"half an": 0.5, "half a": 0.5, "quarter of an": 0.25, "three quarters of an": 0.75}
_STRETCHES: Final[dict[str, Day]] = {
    "this_friday": ("friday", 0), "next_friday": ("friday", 1), "this_week": ("week", 0),
    "next_week": ("week", 1), "second_week": ("week", 2), "this_month": ("month", 0),
    "next_month": ("month", 1), "this_year": ("year", 0),
}  # fmt: skip
_EVERY: Final = re.compile(
    rf"(?:{either(_WORDS['every'])}\s+(?:{either(_WORDS['weekdays'])}s?|day|days|morning|evening|afternoon|night|week|month|hour)"
    rf"|(?:{either([w for w in _WORDS['weekdays'] if len(w) > 5])})s){_END}"
)


def _table() -> dict[str, Piece]:
    """A piece, placed at 0, by word."""
    found = {word: Piece(0, len(word), sort="vague") for word in _WORDS["vague"]}
    for name in ("past", "each"):
        found.update({word: Piece(0, len(word), sort="not") for word in _WORDS[name]})
    for word, count in _WORDS["workdays"].items():
        found[word] = Piece(0, len(word), span=(count, "workday"))
    for word, offset in _WORDS["days"].items():
        found[word] = Piece(0, len(word), day=("offset", offset))
    for word, part in _WORDS["sure_parts"].items():
        sort = "weak" if part == "early" else ""
        found[word] = Piece(0, len(word), part=part, sort=sort)
    for word, name in _WORDS["stretches"].items():
        found[word] = Piece(0, len(word), day=_STRETCHES[name])
    found["midnight"] = Piece(0, 8, clock=(24, 0, "24"))
    found["tonight"] = Piece(0, 7, day=("offset", 0), part="night")
    found["early"] = Piece(0, 5, part="early", sort="weak")
    return found


_TABLE: Final = _table()
_TABLED: Final = re.compile(rf"(?:later\s+)?(?P<word>{either(_TABLE)}){_END}(?!\s+(?:than|this))")


def _first_words() -> str:
    """A pattern of the words at which an English word of time may begin, by first letter."""
    phrases = [*_TABLE, *_WORDS["weekdays"], *_WORDS["months"], *_WORDS["parts"], *_WORDS["ahead"]]
    phrases += [*_WORDS["numbers"], *_WORDS["every"], "this", "next", "coming", "half", "quarter"]
    words = {phrase.split()[0] for phrase in phrases} - {"a", "the", "by"}
    words |= {"a (?=week|day|couple|month|minute|moment|few|fortnight|quarter)", "by the", "in the"}
    words.add(r"the (?=end|day|week|month|year|same|next|coming|following|\d)")
    letters = sorted({word[0] for word in words})
    return "|".join(
        f"{first}(?:"
        + "|".join(sorted({w[1:] for w in words if w[0] == first}, key=len, reverse=True))
        + ")"
        for first in letters
    )


#: Where an English word of time may begin.
FIRST_EN: Final = rf"{_FREE}(?:{_first_words()})"


def piece_en(text: str, at: int) -> Piece | None:
    """The piece that begins at a place.

    Args:
        text: in one spelling.
        at: where ``FIRST_EN`` or a digit stands.

    Returns:
        The longest reading of what begins there; None where it is no word of time.
    """
    for read in _NUMBERS if text[at].isdigit() else _READERS:
        found = read(text, at)
        if found:
            return found
    return None


def _tabled(text: str, at: int) -> Piece | None:
    match = _EVERY.match(text, at)
    if match:
        return Piece(at, match.end(), sort="not")
    match = _TABLED.match(text, at)
    if not match:
        return None
    return _TABLE[match["word"]]._replace(start=at, end=match.end())


def _relative(text: str, at: int) -> Piece | None:
    """Friday, this Friday, next Friday."""
    match = _RELATIVE.match(text, at)
    if not match:
        return None
    name, away = match["weekday"], match["away"]
    if name in _WORDS["short_weekdays"] and not away and not _by_day(text, at, match.end()):
        return None
    weeks = {"this": 0, "next": 1}.get(away or "")
    return Piece(at, match.end(), day=("weekday", _WORDS["weekdays"][name], weeks))


def _by_day(text: str, at: int, end: int) -> bool:
    """Whether 'sat' and the like stand where only a day can."""
    before = re.search(rf"{_FREE}(?:by|before|until|on|to|or|from)\s+$", text[max(0, at - 8) : at])
    return bool(
        before
        and re.match(
            r"[ \t]*(?:[\n\r.,!?;)]|$|at|by|\d|morning|afternoon|evening|night)",
            text[end : end + 12],
        )
    )


def _date(text: str, at: int) -> Piece | None:
    """June 3rd, 3 June 2026."""
    match = _DATE.match(text, at)
    if not match:
        return None
    day, month = int(match["d1"] or match["d2"]), _WORDS["months"][match["m1"] or match["m2"]]
    if match["m2"] == "may" and not (match["th"] or _after_preposition(text, at)):
        return None
    if not 1 <= day <= 31:
        return None
    year = int(match["year"]) if match["year"] else None
    return Piece(at, match.end(), day=("date", year, month, day))


def _after_preposition(text: str, at: int) -> bool:
    return bool(re.search(rf"{_FREE}{_LATE}\s+$", text[max(0, at - 9) : at]))


def _due_before(text: str, at: int) -> bool:
    return bool(re.search(rf"{_FREE}(?:by|before|on|until)\s+$", text[max(0, at - 9) : at]))


def _iso(text: str, at: int) -> Piece | None:
    """2026-06-03, and 25/12 where only one of the numbers can be a month."""
    match = _ISO.match(text, at)
    if not match or (at and text[at - 1] in "0123456789/.:-$£€"):
        return None
    if match["year"]:
        year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    else:
        one, two = int(match["one"]), int(match["two"])
        year = int(match["full"]) if match["full"] else 0
        if (one > 12) == (two > 12) or not (year or _due_before(text, at)) or "." in match[0]:
            return None
        day, month = max(one, two), min(one, two)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Piece(at, match.end(), day=("date", year or None, month, day))


def _month_day(text: str, at: int) -> Piece | None:
    """The 18th."""
    match = _MONTH_DAY.match(text, at)
    if not match or not _after_preposition(text, at) or not 1 <= int(match["day"]) <= 31:
        return None
    return Piece(at, match.end(), day=("month_day", None, int(match["day"])))


def _clock(text: str, at: int) -> Piece | None:
    """3pm, 15:00, 5 o'clock, half past three."""
    if at and text[at].isdigit() and text[at - 1] in "0123456789.:/-$£€#":
        return None
    match = _SPOKEN.match(text, at)
    if match:
        return _spoken(match)
    match = _CLOCK.match(text, at)
    if not match:
        return None
    written = match["hour"] or match["of"] or match["h24"]
    hour, minute = number_en(written), int(match["minute"] or match["m24"] or 0)
    if hour is None or hour > (12 if match["half"] else 24):
        return None
    sure = "24" if match["h24"] and (hour > 12 or written[0] == "0") else ""
    sure = f"{match['half']}m" if match["half"] else sure
    return Piece(at, match.end(), clock=(int(hour), minute, sure))


def _spoken(match: re.Match[str]) -> Piece | None:
    hour = number_en(match["hour"])
    minute = {"half": 30, "quarter": 15}.get(match["how"]) or number_en(match["how"])
    if hour is None or not 1 <= hour <= 12 or minute is None or minute > 30:
        return None
    total = int(hour * 60 + (-minute if match["side"] == "to" else minute))
    sure = f"{match['half']}m" if match["half"] else ""
    return Piece(match.start(), match.end(), clock=(total // 60, total % 60, sure))


def _bare(text: str, at: int) -> Piece | None:
    """The 5 of 'by 5'."""
    before = _HOUR_BEFORE.search(text, max(0, at - 9), at)
    match = (_HALF if text.startswith("half", at) else _BARE).match(text, at)
    if match is None or not (before or _LATEST.match(text, match.end())):
        return None
    hour = number_en(match["hour"])
    if hour is None or not 1 <= hour <= 12:
        return None
    return Piece(at, match.end(), clock=(int(hour), 30 if match.re is _HALF else 0, ""))


def _part(text: str, at: int) -> Piece | None:
    """This afternoon, in the morning."""
    match = _PART.match(text, at)
    if not match:
        return None
    part = _WORDS["parts"][match["part"]]
    if match["this"]:
        return Piece(at, match.end(), day=("offset", 0), part=part)
    return Piece(at, match.end(), part=part, sort="" if match["the"] else "weak")


def _span(text: str, at: int) -> Piece | None:
    """Within 24 hours, in half an hour, 2-3 business days."""
    match = _SPAN.match(text, at)
    if not match or (at and text[at - 1] in ".$£€#"):
        return None
    end, unit = match.end(), _WORDS["units"][match["unit"]]
    if _OVER.match(text, end):
        return Piece(at, end, sort="not")
    if _SPAN_BEFORE.search(text, max(0, at - 14), at) and not match["ahead"]:
        return Piece(at, end, sort="not")
    several = (
        bool(match["count"])
        and match.start("count") > match.start() + len(match["ahead"] or "") + 1
    )
    if not (match["ahead"] or match["behind"] or match["time"] or (unit == "workday") or several):
        return None
    count = _FEW[match["few"]] if match["few"] else number_en(match["count"])
    if count is None:
        return None
    after = (match["after"] or "").split()
    count += 0.5 * bool(match["and"] or after[-1:] == ["half"])
    if after[-1:] == ["two"]:
        count = 2.0
    return Piece(at, end, span=(count, unit))


_NUMBERS: Final[tuple[Callable[[str, int], Piece | None], ...]] = (
    _date, _iso, _clock, _span, _month_day, _bare,
)  # fmt: skip
_READERS: Final[tuple[Callable[[str, int], Piece | None], ...]] = (
    _tabled, _relative, _date, _span, _part, _clock, _month_day, _bare,
)  # fmt: skip
