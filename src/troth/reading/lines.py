"""Lines of a file or of standard input, one at a time, whatever their number and length."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, Self, cast

from troth.ledger.errors import UnreadableError

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_INPUT: Final = "-"
#: A longer line is no dialogue, and would be held in memory whole.
LONGEST_LINE: Final = 64 << 20
_GZIP: Final = b"\x1f\x8b"
_BOM: Final = b"\xef\xbb\xbf"
_PEEKED: Final = 4096


class Lines:
    """The lines of one source, read once.

    Args:
        source: a path, or ``-`` for standard input; gzip is recognised by its first bytes.

    Raises:
        UnreadableError: there is no such file, it cannot be opened, or it is empty.

    Attributes:
        name: what to call the source.
        size: its bytes as they lie on the disk; None where that is not known.
    """

    def __init__(self, source: str | os.PathLike[str]) -> None:
        self.name = os.fspath(source)
        self.size: int | None = None
        if self.name == STANDARD_INPUT:
            self.name = "stdin"
            self._raw = _peekable(sys.stdin.buffer)
        else:
            self._raw = _opened(self.name)
            self.size = Path(self.name).stat().st_size
        try:
            self._file = self._unpacked()
            self._start()
        except UnreadableError:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; standard input stays open."""
        if self.name != "stdin":
            self._raw.close()

    @property
    def done(self) -> int:
        """Bytes behind us, as they lie on the disk."""
        return self._raw.tell() if self.size is not None else 0

    def begins_with_object(self) -> bool:
        """Whether the first sign that is no space opens a JSON object."""
        return self._start().removeprefix(_BOM).lstrip()[:1] == b"{"

    def is_binary(self) -> bool:
        """Whether the first bytes hold what no text holds."""
        return b"\0" in self._start()

    def _unpacked(self) -> io.BufferedReader:
        if self._raw.peek(2)[:2] != _GZIP:
            return self._raw
        unpacked = gzip.GzipFile(fileobj=self._raw, mode="rb")
        # The buffer lends the decompressed bytes a look ahead too.
        return io.BufferedReader(cast("io.RawIOBase", unpacked))

    def _start(self) -> bytes:
        try:
            start = self._file.peek(_PEEKED)[:_PEEKED]
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableError(self.name, "file_gzip") from error
        if not start:
            raise UnreadableError(self.name, "file_empty")
        return start

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        """Number from 1 and bytes of each line that is not blank; None for one that is too long.

        Raises:
            UnreadableError: compressed data are damaged or cut short.
        """
        row = 0
        while True:
            line = self._next()
            row += 1
            if not line:
                return
            if len(line) >= LONGEST_LINE and not line.endswith(b"\n"):
                while (rest := self._next()) and not rest.endswith(b"\n"):
                    pass
                yield row, None
                continue
            if row == 1:
                line = line.removeprefix(_BOM)
            if line.strip():
                yield row, line.rstrip(b"\r\n")

    def _next(self) -> bytes:
        try:
            return self._file.readline(LONGEST_LINE)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableError(self.name, "file_gzip") from error


def _opened(name: str) -> io.BufferedReader:
    path = Path(name)
    if path.is_dir():
        raise UnreadableError(name, "file_directory")
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise UnreadableError(name, "file_missing") from error
    except OSError as error:
        raise UnreadableError(name, "file_denied", detail=error.strerror or error) from error


def _peekable(stream: IO[bytes]) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream))
