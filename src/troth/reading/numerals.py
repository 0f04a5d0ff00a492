"""Numbers as people write them, in digits and in words."""

from __future__ import annotations

from typing import Final

from troth.content.times import times

#: One Chinese digit.
DIGIT_ZH: Final = "〇零一二两三四五六七八九"
_VALUE: Final = dict(zip(DIGIT_ZH, (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))


def number_zh(written: str) -> float | None:
    """The value of a number in digits or Chinese numerals; of a loose pair, the larger.

    >>> number_zh("二十四"), number_zh("零五"), number_zh("1.5"), number_zh("两三")
    (24.0, 5.0, 1.5, 3.0)
    >>> number_zh("三二一") is None
    True
    """
    if written[:1].isascii():
        return float(written)
    if "百" in written:
        hundreds, rest = written.split("百", 1)
        return _compound(hundreds, rest.lstrip("零"), 100)
    if "十" in written:
        tens, ones = written.split("十", 1)
        return _compound(tens, ones, 10)
    if len(written) > 1 and written[0] in "零〇":
        written = written[1:]
    if len(written) == 2:
        low, high = _VALUE.get(written[0], 0), _VALUE.get(written[1], 0)
        return float(high) if 0 < low < high else None
    return float(_VALUE[written]) if written in _VALUE else None


def _compound(many: str, rest: str, unit: int) -> float | None:
    """``many`` units and the rest, as in 二十|四."""
    front = number_zh(many) if many else 1.0
    behind = number_zh(rest) if rest else 0.0
    if front is None or behind is None or front >= 10 or behind >= unit:
        return None
    return front * unit + behind


def number_en(written: str) -> float | None:
    """The value of a number in digits or English words.

    >>> number_en("a couple of"), number_en("15"), number_en("umpteen")
    (2.0, 15.0, None)
    """
    if written[:1].isdigit():
        return float(written)
    value = times()["en"]["numbers"].get(" ".join(written.split()))
    return None if value is None else float(value)
