"""Refused rows as a file that a spreadsheet may open."""

from __future__ import annotations

import csv
import io
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: A cell that begins so would be taken for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> safe("=cmd()"), safe("ok"), safe(None)
    ("'=cmd()", 'ok', '')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Lines of CSV with a byte order mark, which spreadsheets need for Chinese.

    Args:
        header: names of columns.
        rows: cells, a row at a time.
    """
    line = io.StringIO()
    writer = csv.writer(line)
    yield "\ufeff"
    for row in chain([header], rows):
        writer.writerow([safe(cell) for cell in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
