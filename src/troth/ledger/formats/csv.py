"""CSV: comma, semicolon or tab; a damaged record never costs its neighbours."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from troth.ledger.decode import to_utf8
from troth.ledger.errors import UnreadableError
from troth.ledger.formats.quotes import close_open_quotes
from troth.ledger.raw import Raw, Refusal
from troth.ledger.schema import CODED, CODED_COLUMNS, plain_name

if TYPE_CHECKING:
    from troth.types import BoolArray, IntArray

_DELIMITERS: Final = (",", ";", "\t")
_BLOCK: Final = 1 << 22
_LARGEST_BLOCK: Final = (1 << 31) - 1
#: Columns without a heading get this name while reading and are dropped.
_NAMELESS: Final = "\x00"


def read_csv(name: str, data: bytes) -> Raw:
    """Read CSV text.

    Args:
        name: what to call the file.
        data: its bytes, in UTF-8, GB18030 or a mixture by line.

    Returns:
        The records; row 1 is the header, and blank lines count, as in a spreadsheet.

    Raises:
        UnreadableError: there is no header, a column appears twice, or the text is no CSV.
    """
    text, undecodable = to_utf8(data)
    if not text[:4096].strip() and not text.strip():
        raise UnreadableError(name, "file_empty")
    if b"\n" not in text:
        text = text.replace(b"\r", b"\n")
    delimiter, names = _header(name, text)
    text, refused = close_open_quotes(text, delimiter)
    table, skipped = _parse(name, text, delimiter, names)
    refused += skipped
    rows = _numbers_of(len(table), [refusal.row for refusal in skipped])
    filled = _filled(table)
    if not filled.all():
        table, rows = table.filter(pa.array(filled)), rows[filled]
    return Raw(name, table, rows, refused, undecodable)


def _header(name: str, text: bytes) -> tuple[str, list[str]]:
    """The delimiter that makes the most of the first record, and the column names it cuts."""
    start = text[: 1 << 16].decode(errors="ignore")
    first = next((line for line in start.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        header = next(csv.reader(io.StringIO(start), delimiter=delimiter), [])
    except csv.Error as error:
        raise UnreadableError(name, "file_csv", detail=str(error)) from error
    names = [plain_name(cell) or f"{_NAMELESS}{i}" for i, cell in enumerate(header)]
    for column in names:
        if names.count(column) > 1:
            raise UnreadableError(name, "file_column_twice", column=column)
    return delimiter, names


def _parse(
    name: str, text: bytes, delimiter: str, names: list[str]
) -> tuple[pa.Table, list[Refusal]]:
    """Parse in small blocks, which is fastest; a record longer than a block needs a larger one."""
    wanted = [column for column in names if not column.startswith(_NAMELESS)]
    convert = arrow_csv.ConvertOptions(
        column_types={c: CODED if c in CODED_COLUMNS else pa.string() for c in wanted},
        include_columns=wanted,
        strings_can_be_null=True,
        null_values=[""],
    )
    problem = ""
    for block in (_BLOCK, min(max(len(text), 1) + 1, _LARGEST_BLOCK)):
        skipped: list[Refusal] = []
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(text),
                arrow_csv.ReadOptions(
                    use_threads=False, block_size=block, column_names=names, skip_rows_after_names=1
                ),
                _parse_options(text, delimiter, skipped),
                convert,
            )
        except pa.ArrowInvalid as error:
            problem = str(error).splitlines()[0]
        else:
            return table.unify_dictionaries(), skipped
    raise UnreadableError(name, "file_csv", detail=problem)


def _parse_options(text: bytes, delimiter: str, skipped: list[Refusal]) -> arrow_csv.ParseOptions:
    def skip(row: arrow_csv.InvalidRow) -> str:
        counts = {"expected": row.expected_columns, "found": row.actual_columns}
        skipped.append(Refusal(row.number, "", "cell_count", counts, row.text))
        return "skip"

    return arrow_csv.ParseOptions(
        delimiter=delimiter,
        newlines_in_values=b'"' in text,
        ignore_empty_lines=False,
        invalid_row_handler=skip,
    )


def _numbers_of(count: int, skipped: list[int]) -> IntArray:
    """Record numbers of the ``count`` records that are left once the skipped ones are out."""
    numbers = np.arange(2, count + len(skipped) + 2, dtype=np.int64)
    return np.delete(numbers, np.array(skipped, dtype=np.int64) - 2)


def _filled(table: pa.Table) -> BoolArray:
    """Records that are more than a blank line."""
    filled = np.zeros(len(table), dtype=np.bool_)
    for column in table.columns:
        if column.null_count == 0:
            return np.ones(len(table), dtype=np.bool_)
        filled |= pc.is_valid(column).to_numpy()
    return filled
