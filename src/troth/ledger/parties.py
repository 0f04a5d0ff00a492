"""Coded text: names of parties, kinds and channels, each kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from troth.ledger.casting import one_chunk, true_where
from troth.ledger.schema import CODED

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.types import AnyArray, BoolArray, CodeArray


def encode(column: pa.ChunkedArray | pa.Array) -> pa.DictionaryArray:
    """Code a column's text, trimmed; empty text becomes null.

    Args:
        column: (n,) text, coded text, or whole numbers.

    Returns:
        (n,) dictionary array whose dictionary has no repeats.
    """
    cells = one_chunk(column)
    if not pa.types.is_dictionary(cells.type):
        cells = as_text(cells).dictionary_encode()
    return recode(cells, str.strip)


def as_text(cells: pa.Array) -> pa.Array:
    """Cells as strings; whole floats lose their ``.0``, which pandas gives to ids with gaps."""
    if pa.types.is_floating(cells.type):
        cells = pc.if_else(pc.is_nan(cells), None, cells)
        sound = pc.and_(pc.equal(pc.floor(cells), cells), pc.less(pc.abs(cells), 2.0**63))
        whole = pc.all(sound).as_py()
        cells = cells.cast(pa.int64()) if whole else cells
    return cells if pa.types.is_string(cells.type) else cells.cast(pa.string())


def recode(coded: pa.DictionaryArray, change: Callable[[str], str]) -> pa.DictionaryArray:
    """Change the spelling of coded text; spellings that fall together share a code, "" is null.

    Args:
        coded: (n,) dictionary array.
        change: new spelling of one entry.

    Returns:
        (n,) dictionary array whose dictionary has no repeats.
    """
    spellings = coded.dictionary.to_pylist()
    changed = [None if spelling is None else change(spelling) or None for spelling in spellings]
    if changed == spellings and len(set(changed)) == len(changed):
        return coded if coded.type == CODED else coded.cast(CODED)
    merged = pa.array(changed, pa.string()).dictionary_encode()
    indices = merged.indices.take(coded.indices.cast(pa.int64()))
    return pa.DictionaryArray.from_arrays(indices, merged.dictionary)


def codes_of(coded: pa.DictionaryArray) -> CodeArray:
    """(n,) int32 codes; −1 for null."""
    codes: CodeArray = pc.fill_null(coded.indices.cast(pa.int32()), -1).to_numpy(
        zero_copy_only=False
    )
    return codes


def in_order(coded: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same cells with the dictionary in order of first appearance and without unused entries.

    So two tables with equal cells are equal, however they were read.
    """
    codes = codes_of(coded)
    first = np.full(len(coded.dictionary) + 1, codes.size, dtype=np.int64)
    first[codes[::-1]] = np.arange(codes.size - 1, -1, -1)
    first = first[:-1]
    used = np.flatnonzero(first < codes.size)
    order = used[np.argsort(first[used], kind="stable")]
    if order.size == len(coded.dictionary) and (order == np.arange(order.size)).all():
        return coded
    new = np.full(first.size + 1, -1, dtype=np.int32)
    new[order] = np.arange(order.size, dtype=np.int32)
    return decode(new[codes], coded.dictionary.take(pa.array(order)))


def decode(codes: CodeArray, dictionary: pa.Array) -> pa.DictionaryArray:
    """A dictionary array from codes, −1 being null."""
    indices = pa.array(codes, pa.int32(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, dictionary)


def common_codes(*columns: pa.DictionaryArray) -> tuple[list[CodeArray], pa.Array]:
    """Codes of several columns in one dictionary.

    Args:
        columns: dictionary arrays, of any lengths.

    Returns:
        Codes of each column, −1 for null, and the dictionary they share.
    """
    entries = pa.concat_arrays([column.dictionary for column in columns]).dictionary_encode()
    shared: AnyArray = entries.indices.to_numpy(zero_copy_only=False)
    found, start = [], 0
    for column in columns:
        mapping = np.append(shared[start : start + len(column.dictionary)], -1).astype(np.int32)
        found.append(mapping[codes_of(column)])
        start += len(column.dictionary)
    return found, entries.dictionary


def missing(column: pa.Array) -> BoolArray:
    """(n,) whether a cell is null."""
    return true_where(pc.is_null(column))
