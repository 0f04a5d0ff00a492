"""The beginning of a file: enough to recognise it and to show its first rows at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from django.conf import settings

from troth.ledger.intake.open import unpacked_start

if TYPE_CHECKING:
    from troth.web.ledger.models import Batch

#: Files up to here are read whole and checked while the page is made.
SMALL: Final = 1024 * 1024
_GZIP: Final = b"\x1f\x8b"
#: Files that are packed: a few bytes of them may unpack to very many.
_PACKED: Final = (b"PAR1", b"ARROW1", _GZIP)
#: Files that mean nothing when they are cut: their end says what the rest is.
_WHOLE: Final = (*_PACKED, b"[", b"{")


def path_of(batch: Batch) -> Path:
    """Where a batch's file lies; the name was made by the desk, never by who sent it."""
    return Path(settings.HOME.uploads) / batch.file


def beginning_of(batch: Batch) -> bytes:
    """A file, or where it is long and can be cut at the end of a line, its beginning.

    A file packed with gzip is unpacked no further than its beginning.

    Raises:
        UnreadableError: its compression is damaged where it begins.
        OSError: it is gone.
    """
    with path_of(batch).open("rb") as file:
        data = file.read(SMALL + 1)
        if data.startswith(_GZIP):
            data += file.read()
            start = unpacked_start(batch.name, data, SMALL + 1)
        else:
            start = data
        if len(start) <= SMALL:
            return start
        if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_WHOLE):
            return data + file.read()
    return start[: start.rfind(b"\n") + 1] or start


def is_small(batch: Batch) -> bool:
    """Whether a file can be checked while somebody waits; a packed one may be large inside."""
    path = path_of(batch)
    try:
        with path.open("rb") as file:
            packed = file.read(max(map(len, _PACKED))).startswith(_PACKED)
        return not packed and path.stat().st_size <= SMALL
    except OSError:
        return True
