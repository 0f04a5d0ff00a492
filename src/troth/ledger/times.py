"""Times as files write them: ISO 8601 with a zone, epochs of any unit, dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.casting import cast_or_null, one_chunk, true_where
from troth.ledger.schema import FIRST_US, LAST_US

if TYPE_CHECKING:
    from troth.types import AnyArray, BoolArray, FloatArray, IntArray

#: Problems of a cell, as phrases of content/text/errors.yaml; 0 is none.
PROBLEMS: Final = ("", "time_unreadable", "time_naive", "time_ambiguous")
UNREADABLE, NAIVE, AMBIGUOUS = 1, 2, 3

_UTC_US: Final = pa.timestamp("us", tz="UTC")
_CLOCK: Final = r"[Tt ]?\d{1,2}(:?\d\d){0,2}([.,]\d+)?"
_DAY: Final = r"^(\d{4}-\d\d-\d\d|\d{8}|\d{4}-?W\d\d(-?\d)?)"
_ZONED: Final = _DAY + _CLOCK + r" ?([Zz]|[+-]\d\d(:?\d\d)?)$"
_WITHOUT_ZONE: Final = (
    r"^(\d{4}-\d\d-\d\d|\d{8}T|\d{4}-?W\d\d-?\dT)[Tt ]?\d\d?(:?\d\d){0,2}([.,]\d+)?$"
)
_DATE: Final = r"^\d{4}-\d\d-\d\d$"
_NUMBER: Final = r"^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
#: Epochs below each bound are in that many microseconds a unit: s, ms, µs, ns.
_BOUNDS: Final = (1e11, 1e14, 1e17)
_UNITS_US: Final = (1e6, 1e3, 1.0, 1e-3)


@dataclass
class Times:
    """A column read as times.

    Attributes:
        t_us: (n,) int64 microseconds UTC; 0 where there is none.
        present: (n,) whether the record said something there.
        problem: (n,) int8 index into ``PROBLEMS``.
        dates: how many cells were dates, taken as midnight UTC.
    """

    t_us: IntArray
    present: BoolArray
    problem: AnyArray
    dates: int = 0


def parse_times(column: pa.ChunkedArray | pa.Array, *, assume_utc: bool = False) -> Times:
    """Read a column as times.

    Args:
        column: (n,) timestamps, dates, numbers or text.
        assume_utc: take times without a zone as UTC instead of refusing them.

    Returns:
        The times, with a problem for each cell that is none.
    """
    cells = one_chunk(column)
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if pa.types.is_timestamp(cells.type):
        return _from_timestamps(cells, naive=cells.type.tz is None and not assume_utc)
    if pa.types.is_date(cells.type):
        times = _from_timestamps(cells.cast(pa.timestamp("s")), naive=False)
        times.dates = int(times.present.sum())
        return times
    if pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type):
        return _from_numbers(cells)
    if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
        return _from_text(cells, assume_utc=assume_utc)
    times = _nothing(cells)
    times.problem[times.present] = UNREADABLE
    return times


def _nothing(cells: pa.Array) -> Times:
    n = len(cells)
    return Times(np.zeros(n, np.int64), true_where(pc.is_valid(cells)), np.zeros(n, np.int8))


def _from_timestamps(cells: pa.Array, *, naive: bool) -> Times:
    times = _nothing(cells)
    units_us = {"s": 1_000_000, "ms": 1_000, "us": 1, "ns": 1}[cells.type.unit]
    raw = _integers(cells.cast(pa.int64()))
    if cells.type.unit == "ns":
        raw = raw // 1_000
    outside = (raw < FIRST_US // units_us) | (raw > LAST_US // units_us)
    times.t_us = np.where(outside, 0, raw) * units_us
    times.problem[outside & times.present] = UNREADABLE
    if naive:
        times.problem[times.present] = NAIVE
    return times


def _from_numbers(cells: pa.Array) -> Times:
    times = _nothing(cells)
    if pa.types.is_integer(cells.type):
        whole = _integers(cells.cast(pa.int64(), safe=False))
        magnitude = np.abs(whole.astype(np.float64))
        times.problem[times.present & _looks_like_date(whole)] = AMBIGUOUS
    else:
        floats: FloatArray = pc.fill_null(cells.cast(pa.float64()), 0.0).to_numpy(
            zero_copy_only=False
        )
        magnitude = np.abs(floats)
        usable = magnitude < 1e20
        times.problem[times.present & ~usable] = UNREADABLE
        floats = np.where(usable, floats, 0.0)
    unit = np.searchsorted(_BOUNDS, magnitude, side="right")
    for index, scale in enumerate(_UNITS_US):
        here = unit == index
        if not here.any():
            continue
        if pa.types.is_integer(cells.type):
            times.t_us[here] = whole[here] // 1_000 if scale < 1 else whole[here] * int(scale)
        else:
            times.t_us[here] = np.rint(floats[here] * scale).astype(np.int64)
    outside = (times.t_us < FIRST_US) | (times.t_us > LAST_US)
    times.problem[times.present & outside] = UNREADABLE
    return times


def _looks_like_date(whole: IntArray) -> BoolArray:
    """Whether an integer reads as YYYYMMDD: taken as seconds it would silently be August 1970."""
    year, month, day = whole // 10_000, whole // 100 % 100, whole % 100
    return (
        (year >= 1900) & (year < 2200) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    )  # fmt: skip


def _integers(cells: pa.Array) -> IntArray:
    whole: IntArray = pc.fill_null(cells, 0).to_numpy(zero_copy_only=False)
    return whole


def _from_text(cells: pa.Array, *, assume_utc: bool) -> Times:
    """A column is mostly of one spelling, which one cast can read; others fail at once."""
    spellings = [_UTC_US, pa.date32(), pa.int64(), *([pa.timestamp("us")] if assume_utc else [])]
    for spelling in spellings:
        try:
            read = pc.cast(cells, spelling)
        except pa.ArrowInvalid:
            continue
        return parse_times(read, assume_utc=assume_utc)
    return _from_mixed_text(pc.utf8_trim_whitespace(cells), assume_utc=assume_utc)


def _from_mixed_text(cells: pa.Array, *, assume_utc: bool) -> Times:
    cells = pc.if_else(pc.equal(cells, ""), None, cells)
    times = _nothing(cells)
    times.problem[times.present] = UNREADABLE
    zoned, dated, without = (_matching(cells, regex) for regex in (_ZONED, _DATE, _WITHOUT_ZONE))
    numeric = _matching(cells, _NUMBER)
    _fill(times, zoned, cast_or_null(cells.filter(pa.array(zoned)), _UTC_US, _zoned_time))
    days = cast_or_null(cells.filter(pa.array(dated)), pa.timestamp("us"))
    _fill(times, dated, days)
    times.dates = len(days) - days.null_count
    if assume_utc:
        readable = cast_or_null(cells.filter(pa.array(without)), pa.timestamp("us"), _naive_time)
        _fill(times, without, readable)
    else:
        times.problem[without] = NAIVE
    if numeric.any():
        _fill_numbers(times, numeric, cells.filter(pa.array(numeric)))
    return times


def _fill(times: Times, where: BoolArray, stamps: pa.Array) -> None:
    readable = true_where(pc.is_valid(stamps))
    index = np.flatnonzero(where)[readable]
    times.t_us[index] = _integers(stamps.cast(pa.int64()))[readable]
    times.problem[index] = 0


def _fill_numbers(times: Times, where: BoolArray, text: pa.Array) -> None:
    """Whole numbers are read as such: a float holds no microsecond beyond the year 2255."""
    index = np.flatnonzero(where)
    whole = cast_or_null(text, pa.int64())
    is_whole = true_where(pc.is_valid(whole))
    floats = cast_or_null(text, pa.float64(), float)
    for numbers, chosen in ((whole, is_whole), (floats, ~is_whole)):
        part = _from_numbers(numbers.filter(pa.array(chosen)))
        times.t_us[index[chosen]] = part.t_us
        times.problem[index[chosen]] = part.problem


def _matching(cells: pa.Array, regex: str) -> BoolArray:
    return true_where(pc.match_substring_regex(cells, regex))


def _zoned_time(cell: str) -> datetime | None:
    """ISO 8601 that Arrow does not read: basic form, week dates, many decimals, lower-case z."""
    try:
        found = datetime.fromisoformat(_tidy(cell))
    except (ValueError, OverflowError):
        return None
    if found.tzinfo is None:
        return None
    shifted_us = (found - _EPOCH) // _MICROSECOND
    return (
        _EPOCH + timedelta(microseconds=shifted_us) if FIRST_US <= shifted_us <= LAST_US else None
    )


def _naive_time(cell: str) -> datetime | None:
    try:
        return datetime.fromisoformat(_tidy(cell))
    except ValueError:
        return None


def _tidy(cell: str) -> str:
    return re.sub(r" (?=[Zz+-])", "", cell).replace("z", "Z").replace(",", ".")


def epoch_us(moment: datetime | date) -> int:
    """Microseconds UTC of a zoned datetime, or of a date's midnight UTC.

    >>> epoch_us(date(1970, 1, 2))
    86400000000
    """
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return (moment - _EPOCH) // _MICROSECOND
