"""Open a file that somebody exported elsewhere, whatever its format."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Final

from troth.ledger.errors import UnreadableError
from troth.ledger.intake.chat_text import open_chat
from troth.ledger.intake.chatwoot import open_chatwoot
from troth.ledger.intake.choice import Choice
from troth.ledger.intake.grid import read_table
from troth.ledger.intake.mail import open_mail
from troth.ledger.intake.mapped import open_columns
from troth.ledger.intake.mapping import Mapping
from troth.ledger.intake.sheet import Person, Sheet, Wish
from troth.ledger.intake.signs import SAMPLE, format_of, is_binary
from troth.ledger.intake.wecom import open_wecom
from troth.ledger.intake.zendesk import open_zendesk

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "FORMATS",
    "Choice",
    "Mapping",
    "Person",
    "Sheet",
    "Wish",
    "open_sheet",
    "recognise",
    "unpacked_start",
]

_GZIP: Final = b"\x1f\x8b"
#: A file that comes to more would fill the memory; nobody's export is as large.
_MOST_MB: Final = 512


def _open_events(name: str, data: bytes, choice: Choice) -> Sheet:
    """Our own events say everything themselves."""
    _ = choice
    return Sheet(read_table(name, data))


FORMATS: Final[dict[str, Callable[[str, bytes, Choice], Sheet]]] = {
    "events": _open_events,
    "columns": open_columns,
    "wecom": open_wecom,
    "chat_text": open_chat,
    "zendesk": open_zendesk,
    "chatwoot": open_chatwoot,
    "mail": open_mail,
}


def recognise(name: str, data: bytes) -> str:
    """The format that a file shows.

    Args:
        name: its name, whose ending helps where the content could be several formats.
        data: its bytes, perhaps compressed with gzip.

    Returns:
        One of ``FORMATS``; ``columns`` for a table, or anything else, that is no format we know.

    Raises:
        UnreadableError: it is empty, or its compression is damaged where it begins.
    """
    start = unpacked_start(name, data, SAMPLE + 1)
    return format_of(name, _plain(name, data) if is_binary(name, start) else start)


def open_sheet(name: str, data: bytes, choice: Choice) -> Sheet:
    """Read a file into records that ``read_raws`` can check.

    A damaged or unclear record is refused in ``Sheet.raw`` and costs no other.

    Args:
        name: what to call the file.
        data: its bytes, perhaps compressed with gzip.
        choice: what its bringer knows: the house, the zone, who is staff, the format, the columns.

    Returns:
        Its records, people and wishes.

    Raises:
        UnreadableError: nothing in it can be used, or the choice does not fit it.
    """
    data = _plain(name, data)
    wanted = choice.format or format_of(name, data)
    if choice.format is None and wanted == "events" and (choice.mapping or choice.preset):
        wanted = "columns"
    if wanted not in FORMATS:
        known = ", ".join(FORMATS)
        raise UnreadableError(name, "intake.file_format", value=wanted, known=known)
    return FORMATS[wanted](name, data, choice)


def unpacked_start(name: str, data: bytes, most: int) -> bytes:
    """The beginning of a file without its compression; no more than this is unpacked.

    Args:
        name: what to call the file.
        data: its bytes, perhaps compressed with gzip.
        most: bytes wanted; a file without compression is given as it is.

    Raises:
        UnreadableError: it is empty, or its compression is damaged as far as it was unpacked.
    """
    if not data.startswith(_GZIP):
        if not data:
            raise UnreadableError(name, "file_empty")
        return data
    parts: list[bytes] = []
    left = most
    while left > 0 and data.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            parts.append(stream.decompress(data, left))
        except zlib.error as error:
            raise UnreadableError(name, "file_gzip") from error
        left -= len(parts[-1])
        if left > 0 and not stream.eof:
            raise UnreadableError(name, "file_gzip")
        data = stream.unused_data.lstrip(b"\0")
    if not any(parts):
        raise UnreadableError(name, "file_empty")
    return b"".join(parts)


def _plain(name: str, data: bytes) -> bytes:
    """All of the bytes without their compression."""
    packed, most = data.startswith(_GZIP), _MOST_MB << 20
    data = unpacked_start(name, data, most)
    if packed and len(data) >= most:
        raise UnreadableError(name, "intake.file_gzip_large", most=_MOST_MB)
    return data
