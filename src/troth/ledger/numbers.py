"""Numbers as files write them: floats, integers, decimals or text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.casting import cast_or_null, one_chunk, true_where

if TYPE_CHECKING:
    from troth.types import BoolArray, FloatArray

_NUMBER: Final = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_NOT_FINITE: Final = r"(?i)^[+-]?(nan|inf|infinity)$"


@dataclass(frozen=True)
class Numbers:
    """A column read as numbers.

    Attributes:
        values: (n,) float64; NaN where there is none.
        present: (n,) whether the record said something there.
        unreadable: (n,) whether what it said is no number at all.
    """

    values: FloatArray
    present: BoolArray
    unreadable: BoolArray


def parse_numbers(column: pa.ChunkedArray | pa.Array) -> Numbers:
    """Read a column as numbers.

    Args:
        column: (n,) of any numeric type, text, or dictionary-coded text.

    Returns:
        The numbers; anything else than a number or text is unreadable throughout.
    """
    cells = one_chunk(column)
    if pa.types.is_dictionary(cells.type):
        cells = cells.dictionary_decode()
    if pa.types.is_decimal(cells.type):
        cells = cells.cast(pa.float64())
    if pa.types.is_integer(cells.type) or pa.types.is_floating(cells.type):
        present = true_where(pc.is_valid(cells))
        return Numbers(
            _values(cells.cast(pa.float64(), safe=False)), present, np.zeros_like(present)
        )
    if pa.types.is_string(cells.type) or pa.types.is_large_string(cells.type):
        return _from_text(cells)
    present = true_where(pc.is_valid(cells))
    return Numbers(np.full(len(cells), np.nan), present, present)


def _from_text(cells: pa.Array) -> Numbers:
    try:
        numbers = pc.cast(cells, pa.float64())
        present = true_where(pc.is_valid(cells))
        return Numbers(_values(numbers), present, np.zeros_like(present))
    except pa.ArrowInvalid:
        cells = pc.utf8_trim_whitespace(cells)
    cells = pc.if_else(pc.equal(cells, ""), None, cells)
    looks_right = pc.or_(
        pc.match_substring_regex(cells, _NUMBER), pc.match_substring_regex(cells, _NOT_FINITE)
    )
    numbers = cast_or_null(pc.if_else(looks_right, cells, None), pa.float64(), _python_float)
    present = true_where(pc.is_valid(cells))
    return Numbers(_values(numbers), present, present & ~true_where(pc.is_valid(numbers)))


def _python_float(cell: str) -> float:
    """Arrow refuses a leading plus sign and a few other spellings that Python takes."""
    return float(cell)


def _values(numbers: pa.Array) -> FloatArray:
    values: FloatArray = numbers.to_numpy(zero_copy_only=False)
    return values
