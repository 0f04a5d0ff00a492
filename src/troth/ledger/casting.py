"""Turn text into numbers or times at full speed, and find the few cells that resist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.types import BoolArray

_SLICE: Final = 4096


def one_chunk(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    """The column as a single array."""
    if isinstance(column, pa.ChunkedArray):
        return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()
    return column


def true_where(flags: pa.Array) -> BoolArray:
    """(n,) bool from Arrow's, null being false."""
    mask: BoolArray = pc.fill_null(flags, fill_value=False).to_numpy(zero_copy_only=False)
    return mask


def cast_or_null(
    text: pa.Array, to: pa.DataType, otherwise: Callable[[str], Any] = lambda _: None
) -> pa.Array:
    """Cast text, leaving null wherever it cannot be cast.

    A cast fails as a whole, so the column is cut until the resisting cells stand alone.

    Args:
        text: (n,) strings, may hold nulls.
        to: the type wanted.
        otherwise: tried on a single cell that resists; gives a value or None.

    Returns:
        (n,) array of type ``to``.
    """
    try:
        return pc.cast(text, to)
    except pa.ArrowInvalid:
        pass
    if len(text) > _SLICE:
        parts = [text.slice(start, _SLICE) for start in range(0, len(text), _SLICE)]
        return pa.concat_arrays([cast_or_null(part, to, otherwise) for part in parts])
    if len(text) > 16:
        half = len(text) // 2
        halves = (text.slice(0, half), text.slice(half))
        return pa.concat_arrays([cast_or_null(part, to, otherwise) for part in halves])
    return pa.concat_arrays([_cast_cell(text.slice(i, 1), to, otherwise) for i in range(len(text))])


def _cast_cell(cell: pa.Array, to: pa.DataType, otherwise: Callable[[str], Any]) -> pa.Array:
    try:
        return pc.cast(cell, to)
    except pa.ArrowInvalid:
        value = otherwise(cell[0].as_py())
        return pa.nulls(1, to) if value is None else pa.array([value], to)
