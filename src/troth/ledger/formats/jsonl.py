"""JSONL: one object a line, or one array of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import orjson
import pyarrow as pa
from pyarrow import json as arrow_json

from troth.ledger.decode import to_utf8
from troth.ledger.errors import UnreadableError
from troth.ledger.raw import Raw, Refusal, counted_from
from troth.ledger.schema import KNOWN, LONGEST_CELL, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from troth.types import IntArray

_LARGEST_BLOCK: Final = (1 << 31) - 1
_INT64: Final = range(-(1 << 63), 1 << 63)


def read_jsonl(name: str, data: bytes) -> Raw:
    """Read JSON lines.

    Args:
        name: what to call the file.
        data: its bytes, in UTF-8, GB18030 or a mixture by line.

    Returns:
        The records, numbered by line (by position for one array of objects).

    Raises:
        UnreadableError: nothing is there, or a column appears twice under two spellings.
    """
    text, undecodable = to_utf8(data)
    if not text[:4096].strip() and not text.strip():
        raise UnreadableError(name, "file_empty")
    table = _read_alike(text)
    if table is not None:
        return Raw(name, table, counted_from(1, len(table)), [], undecodable)
    records, rows, refused = _records_of(text)
    table, wrong = _columns_of(name, records)
    if wrong:
        refused += [
            Refusal(int(rows[i]), column, "not_single", values, _dumped(records[i]))
            for i, (column, values) in wrong.items()
        ]
        kept = np.array([i for i in range(len(records)) if i not in wrong], dtype=np.int64)
        table, rows = table.take(pa.array(kept)), rows[kept]
    return Raw(name, table, rows, refused, undecodable)


def _read_alike(text: bytes) -> pa.Table | None:
    """The fast way, for lines that all look like the first; None where they do not.

    Types are fixed beforehand, since Arrow would take any text like a date for a time and lose its
    zone. The count of lines must agree, or record numbers would be wrong.
    """
    first = text[: text.find(b"\n") + 1] or text
    try:
        sample = orjson.loads(first)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(sample, dict) or any(plain_name(key) != key for key in sample):
        return None
    types = {str: pa.string(), int: pa.int64(), float: pa.float64()}
    fields = []
    for key, value in sample.items():
        if type(value) not in types and value is not None:
            return None
        numeric = key in ("outcome", "weight") and type(value) is not str
        fields.append((key, pa.float64() if numeric else types.get(type(value), pa.string())))
    schema = pa.schema(fields)
    lines = text.count(b"\n") + (not text.endswith(b"\n"))
    try:
        table = arrow_json.read_json(
            pa.BufferReader(text),
            arrow_json.ReadOptions(use_threads=False, block_size=min(1 << 24, _LARGEST_BLOCK)),
            arrow_json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
        )
    except pa.ArrowInvalid:
        return None
    return table if len(table) == lines else None


def _records_of(text: bytes) -> tuple[list[dict[str, Any]], IntArray, list[Refusal]]:
    """Every object with its number, and what is none."""
    if text.lstrip()[:1] == b"[":
        try:
            loaded = enumerate(orjson.loads(text), start=1)
        except orjson.JSONDecodeError:
            loaded = None
        if loaded is not None:
            return _sorted_out((row, value, b"") for row, value in loaded)
    return _sorted_out(_parsed_lines(text))


def _parsed_lines(text: bytes) -> Iterator[tuple[int, Any, bytes]]:
    for row, line in enumerate(text.split(b"\n"), start=1):
        if line.strip():
            try:
                yield row, orjson.loads(line), line
            except orjson.JSONDecodeError:
                yield row, None, line


def _sorted_out(
    numbered: Iterable[tuple[int, Any, bytes]],
) -> tuple[list[dict[str, Any]], IntArray, list[Refusal]]:
    records, rows, refused = [], [], []
    for row, value, line in numbered:
        if isinstance(value, dict):
            records.append(value)
            rows.append(row)
        else:
            shown = line.decode(errors="replace") if line else _dumped(value)
            refused.append(Refusal(row, "", "not_json", {}, shown[:LONGEST_CELL]))
    return records, np.array(rows, dtype=np.int64), refused


def _columns_of(
    name: str, records: list[dict[str, Any]]
) -> tuple[pa.Table, dict[int, tuple[str, dict[str, object]]]]:
    """Columns of the records, and where a known column holds a list, an object or true/false."""
    keys = list(dict.fromkeys(key for record in records for key in record))
    names = [plain_name(key) for key in keys]
    for column in names:
        if names.count(column) > 1:
            raise UnreadableError(name, "file_column_twice", column=column)
    columns: dict[str, pa.Array] = {}
    wrong: dict[int, tuple[str, dict[str, object]]] = {}
    for key, column in zip(keys, names, strict=True):
        cells = [record.get(key) for record in records]
        kinds = {type(cell) for cell in cells}
        if column in KNOWN and kinds & {dict, list, bool}:
            for i, cell in enumerate(cells):
                if isinstance(cell, dict | list | bool):
                    wrong.setdefault(i, (column, {"value": _dumped(cell)[:60]}))
        if column:
            columns[column] = _array_of(cells, kinds - {type(None)})
    return pa.table(columns), wrong


def _array_of(cells: list[Any], kinds: set[type]) -> pa.Array:
    """One type for the column where the cells allow it, else all of it as text."""
    if kinds == {int} and all(cell is None or cell in _INT64 for cell in cells):
        return pa.array(cells, pa.int64())
    if kinds == {float}:
        return pa.array(cells, pa.float64())
    if kinds <= {str}:
        return pa.array(cells, pa.string())
    return pa.array([_as_text(cell) for cell in cells], pa.string())


def _as_text(cell: Any) -> str | None:
    if cell is None or isinstance(cell, str):
        return cell
    return _dumped(cell)


def _dumped(value: Any) -> str:
    return orjson.dumps(value).decode()
