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
from troth.ledger.intake.signs import format_of
from troth.ledger.intake.wecom import open_wecom
from troth.ledger.intake.zendesk import open_zendesk

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "Choice", "Mapping", "Person", "Sheet", "Wish", "open_sheet", "recognise"]

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
        UnreadableError: it is empty, or its compression is damaged.
    """
    return format_of(name, _plain(name, data))


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


def _plain(name: str, data: bytes) -> bytes:
    """The bytes without their compression."""
    if not data.startswith(_GZIP):
        if not data:
            raise UnreadableError(name, "file_empty")
        return data
    parts: list[bytes] = []
    left = _MOST_MB << 20
    while data.startswith(_GZIP):
        stream = zlib.decompressobj(wbits=31)
        try:
            parts.append(stream.decompress(data, left))
        except zlib.error as error:
            raise UnreadableError(name, "file_gzip") from error
        left -= len(parts[-1])
        if left <= 0:
            raise UnreadableError(name, "intake.file_gzip_large", most=_MOST_MB)
        if not stream.eof:
            raise UnreadableError(name, "file_gzip")
        data = stream.unused_data.lstrip(b"\0")
    if not any(parts):
        raise UnreadableError(name, "file_empty")
    return b"".join(parts)
