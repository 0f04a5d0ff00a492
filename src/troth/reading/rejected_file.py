"""Refused lines on their way into a file, however many there are."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from troth.reading.wrong import Rejection

if TYPE_CHECKING:
    import os

#: So much is held in memory before it goes to the disk.
_HELD: Final = 1 << 20


class RejectedFile:
    """Collects refused lines, and writes them when closed, if there are any.

    Args:
        path: of the CSV file.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.count = 0
        self._spool = tempfile.SpooledTemporaryFile(_HELD)  # noqa: SIM115 - closed by __exit__
        # Half a pair, which UTF-8 cannot hold, is spelled out.
        self._text = io.TextIOWrapper(
            self._spool, "utf-8", errors="backslashreplace", newline="", write_through=True
        )
        self._rows = csv.writer(self._text)
        self._rows.writerow(field.name for field in fields(Rejection))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        """Write the file, unless nothing was refused or the command itself has failed."""
        try:
            if self.count and failed is None:
                from troth.ledger.write import write_whole

                self._spool.seek(0)
                write_whole(self.path, lambda file: shutil.copyfileobj(self._spool, file))
        finally:
            self._text.close()

    def add(self, rejection: Rejection) -> None:
        """Take one more."""
        self._rows.writerow(astuple(rejection))
        self.count += 1
