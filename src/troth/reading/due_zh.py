"""Chinese words of time, one at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from troth.content.times import either, times
from troth.reading.numerals import DIGIT_ZH, number_zh
from troth.reading.time_pieces import Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.reading.time_pieces import Day

_WORDS: Final[dict[str, Any]] = times()["zh"]
_N: Final = rf"(?:\d{{1,2}}|[{DIGIT_ZH}十]{{1,3}})"
_NEXT: Final = either(_WORDS["next"])
_WEEK: Final = either(_WORDS["week"])
_TO: Final = r"\s?(?:-|~|–|—|到|至|或|、)\s?"

_STRETCH: Final = re.compile(
    rf"(?P<next>{_NEXT})?(?:{_WEEK}"
    r"(?:(?P<weekday>[一二三四五六日天])(?!定|直|样|般|切|些|次)|(?P<weekend>末)"
    r"|(?P<within>内|之内|以内)?)"
    rf"|(?P<month>月)(?:(?P<month_end>底|末|内|之内)|(?P<day>{_N})[号日]|)|年(?P<year>底|末|内))"
)
_PAST: Final = re.compile(rf"(?:上上?个?|每个?)(?:{_WEEK}[一二三四五六日天末]?|月(?:{_N}[号日])?)")
_DATE: Final = re.compile(
    rf"(?:(?P<year>20\d\d)[-/.年]\s?(?P<m>\d{{1,2}})[-/.月]\s?(?P<d>\d{{1,2}})[号日]?(?!\d)"
    rf"|(?P<month>{_N})\s?月份?\s?(?:(?:{_N}[号日]?{_TO})?(?P<day>{_N})\s?[号日]|(?P<end>底|末)))"
)
_MONTH_DAY: Final = re.compile(
    rf"(?:{_N}[号日]?{_TO})?(?P<day>{_N})(?:(?P<hao>号)(?!{either(_WORDS['numbered'])})"
    r"|日(?![\u4e00-\u9fff]|\w)|日(?=前|之前|以前|下午|上午|中午|晚|早|给|左右|\d))"
)
_COLON: Final = re.compile(
    r"(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:%])(?!\s?[ap]\.?m)"
)
_CLOCK: Final = re.compile(
    rf"(?:{_N}(?:点钟?|时)?(?:半|{_N}分?)?{_TO})?(?P<hour>{_N})(?P<mark>点钟?|时)"
    rf"(?:(?P<half>半)|(?P<quarter>一刻|三刻)|过?(?P<minute>[0-5]\d|\d(?=分)|[零〇][{DIGIT_ZH}]"
    rf"|[一二三四五]?十[{DIGIT_ZH}]?|[{DIGIT_ZH}](?=分))分?|整)?"
)
_Q: Final = rf"(?:\d{{1,4}}(?:\.\d{{1,2}})?|[{DIGIT_ZH}十百]{{1,4}})"
_SPAN: Final = re.compile(
    rf"(?:{_Q}(?:{either(_WORDS['units'])})?{_TO})?(?:(?P<half>半)|(?P<count>{_Q}))\s?"
    rf"(?P<and>个半|个多)?\s?(?P<unit>个?月|{either([*_WORDS['units'], '个', ''])})(?P<more>半)?"
    r"(?:的?时间)?(?P<end>\s?(?:之内|以内|内(?!部|容)|之后|以后|后(?!台|续|面|期|勤|厨)))?"
)
_AHEAD: Final = re.compile(rf"(?:{either(_WORDS['ahead'])}在?){{1,2}}\s?$")
_BEHIND: Final = re.compile(rf"\s?{either(_WORDS['deed'])}(?!了)")
_OVER: Final = re.compile(r"\s?(?:之|以)?前|\s?了|\s?多?了")
_POINTS: Final = re.compile(either(_WORDS["points"]))
_COUNTED: Final = re.compile(either(_WORDS["counted"]) + "$")
_ONE: Final = re.compile(rf"\s?(?:{either(_WORDS['one_o_clock'])}|$|[^\w\u4e00-\u9fff])")
_SURE: Final = re.compile(r"(?:之|以)?前(?!面|台)|左右|钟|准时|给|前后|\s?$|[,。!;\n]")


def _table() -> dict[str, Piece]:
    """A piece, placed at 0, by word."""
    found = {word: Piece(0, len(word), sort="vague") for word in _WORDS["vague"]}
    for name in ("past", "each"):
        found.update({word: Piece(0, len(word), sort="not") for word in _WORDS[name]})
    for word, count in _WORDS["workdays"].items():
        found[word] = Piece(0, len(word), span=(count, "workday"))
    for word, offset in _WORDS["days"].items():
        found[word] = Piece(0, len(word), day=("offset", offset))
    for word, part in _WORDS["parts"].items():
        found[word] = Piece(0, len(word), part=part)
    for word, (offset, part) in _WORDS["day_parts"].items():
        found[word] = Piece(0, len(word), day=("offset", offset), part=part)
    return found


_TABLE: Final = _table()
_BY_FIRST: Final = {
    first: re.compile(either([word for word in _TABLE if word[0] == first]))
    for first in {word[0] for word in _TABLE}
}
_GREETING: Final = re.compile(r"好|安|茶|场|班(?!前|之前|以前)|饭|餐")
_COUNT: Final = "0123456789半十" + DIGIT_ZH
#: Characters at which a Chinese word of time may begin.
FIRST_ZH: Final = "".join(
    sorted({*_BY_FIRST, *_COUNT, *(w[0] for w in (*_WORDS["next"], *_WORDS["week"])), *"月年上每"})
)


def piece_zh(text: str, at: int) -> Piece | None:
    """The piece that begins at a place.

    Args:
        text: in one spelling.
        at: where a character of ``FIRST_ZH`` stands.

    Returns:
        The longest reading of what begins there; None where it is no word of time.
    """
    first = text[at]
    if first in _COUNT:
        for read in _NUMBERS:
            found = read(text, at)
            if found:
                return found
    match = _PAST.match(text, at)
    if match:
        return Piece(at, match.end(), sort="not")
    words = _BY_FIRST.get(first)
    match = words.match(text, at) if words else None
    if match:
        piece = _TABLE[match[0]]
        if piece.part and _GREETING.match(text, match.end()):
            return Piece(at, match.end(), day=piece.day) if piece.day else None
        return piece._replace(start=at, end=match.end())
    return _stretch(text, at)


def _stretch(text: str, at: int) -> Piece | None:
    """A weekday, or a week, month or year by where it ends."""
    match = _STRETCH.match(text, at)
    if not match or (at and text[at - 1] in _COUNT + "几每上"):
        return None
    day = _month_or_year(match) if match["month"] or match["year"] else _week(text, match)
    return Piece(at, match.end(), day=day) if day else None


def _week(text: str, match: re.Match[str]) -> Day | None:
    away = _WORDS["next"].get(match["next"])
    if match["weekday"]:
        return ("weekday", _WORDS["weekdays"][match["weekday"]], away)
    if match["weekend"]:
        before = re.match("(?:之|以)?前", text[match.end() : match.end() + 2])
        return ("friday" if before else "week", away or 0)
    return ("week", away or 0) if match["next"] or match["within"] else None


def _month_or_year(match: re.Match[str]) -> Day | None:
    away = _WORDS["next"].get(match["next"])
    if match["year"]:
        return ("year", away or 0)
    if match["day"]:
        day = number_zh(match["day"])
        return None if day is None or away is None else ("month_day", away, int(day))
    return ("month", away or 0) if match["next"] or match["month_end"] in ("底", "末") else None


def _colon(text: str, at: int) -> Piece | None:
    """15:00."""
    match = _COLON.match(text, at)
    if not match or (at and text[at - 1] in "0123456789.:"):
        return None
    hour = int(match["hour"])
    sure = "24" if hour > 12 or match["hour"][0] == "0" else ""
    return Piece(at, match.end(), clock=(hour, int(match["minute"]), sure))


_NUMBER_BEFORE: Final = "0123456789.:/-"


def _clock(text: str, at: int) -> Piece | None:
    """三点半."""
    match = _CLOCK.match(text, at)
    if not match or (at and text[at - 1] in "第这那几共.:0123456789"):
        return None
    end = match.end()
    plainly = match.end("mark") == end and match["mark"] == "点"
    if plainly and (_POINTS.match(text, end) or _few(text, at, end)):
        return None
    if match["mark"] == "时" and not match["hour"][0].isdigit() and not _part_before(text, at):
        return None
    hour = number_zh(match["hour"])
    minute = number_zh(match["minute"]) if match["minute"] else 0
    minute = {"半": 30, "一刻": 15, "三刻": 45}.get(match["half"] or match["quarter"] or "", minute)
    if hour is None or minute is None or hour > 24 or minute > 59:
        return None
    return Piece(at, end, clock=(int(hour), int(minute), "24" if hour > 12 or not hour else ""))


def _few(text: str, at: int, end: int) -> bool:
    """Whether 一点 is 'a bit', or 三点 three points."""
    if _COUNTED.search(text, max(0, at - 4), at) and not _SURE.match(text, end):
        return True
    if text[at:end] != "一点":
        return False
    if not _ONE.match(text, end):
        return True
    return not (
        _part_before(text, at)
        or re.match("(?:之|以)?前(?!面|台)|钟|整|半(?!点)|左右", text[end : end + 2])
    )


def _part_before(text: str, at: int) -> bool:
    """Whether a day or a part of one stands right before."""
    return bool(_DAY_BEFORE.search(text, max(0, at - 4), at))


_DAY_BEFORE: Final = re.compile(
    either([*_WORDS["days"], *_WORDS["parts"], *_WORDS["day_parts"]]) + r"的?\s?$"
)


def _date(text: str, at: int) -> Piece | None:
    """6月3日, 2026-06-03."""
    match = _DATE.match(text, at)
    if not match or (at and text[at - 1] in _NUMBER_BEFORE):
        return None
    year = int(match["year"]) if match["year"] else None
    month = number_zh(match["m"] or match["month"])
    day = 31.0 if match["end"] else number_zh(match["d"] or match["day"])
    if month is None or day is None or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return Piece(at, match.end(), day=("date", year, int(month), int(day)))


def _month_day(text: str, at: int) -> Piece | None:
    """18号."""
    match = _MONTH_DAY.match(text, at)
    if not match or (at and not _NUMBERED_BEFORE.match(text[at - 1])):
        return None
    if match["hao"] and _NAMED.search(text, max(0, at - 3), at):
        return None
    day = number_zh(match["day"])
    if day is None or not 1 <= day <= 31:
        return None
    return Piece(at, match.end(), day=("month_day", None, int(day)))


_NUMBERED_BEFORE: Final = re.compile(
    r"[^\w.第#\-/尾编工单座票]|[\u4e00-\u9fff](?<![第尾编工单座票栋层])"
)
_NAMED: Final = re.compile(r"(?:房间|客服|编号|工位|窗口|尾号|地铁|信箱|门牌|型号|号码)$")


def _span(text: str, at: int) -> Piece | None:
    """半小时内, 1-3个工作日."""
    match = _SPAN.match(text, at)
    if not match or (at and text[at - 1] in "第.0123456789") or not match["unit"]:
        return None
    unit, end = match["unit"], match.end()
    short = unit in ("月", "日", "h") and not match["end"]
    count = 0.5 if match["half"] else number_zh(match["count"])
    if unit == "个" or short or count is None or (unit == "月" and not match["half"]):
        return None
    if not match["end"] and _OVER.match(text, end):
        return Piece(at, end, sort="not")
    name = "month" if unit in ("月", "个月") else _WORDS["units"][unit]
    ahead = _AHEAD.search(text, max(0, at - 6), at)
    several = match.start("count") > at or _loose(match["count"])
    sure = ahead or several or name == "workday" or _BEHIND.match(text, end)
    if not match["end"] and (not sure or _past_before(text, at)):
        return None
    count += 0.5 if match["and"] == "个半" or match["more"] else 0.0
    return Piece(ahead.start() if ahead else at, end, span=(count, name))


def _loose(written: str | None) -> bool:
    """两三, 三五: a range in two digits."""
    return bool(written) and len(written or "") == 2 and all(c in DIGIT_ZH for c in written or "")


def _past_before(text: str, at: int) -> bool:
    return bool(re.search(r"(?:了|已经|已|都|才|快|住|满|每|隔)\s?$", text[max(0, at - 3) : at]))


_NUMBERS: Final[tuple[Callable[[str, int], Piece | None], ...]] = (
    _colon, _date, _clock, _span, _month_day,
)  # fmt: skip
