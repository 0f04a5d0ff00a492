"""What the machine denies a desk, said so that a person knows what to do."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from troth.content.text import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator


#: What SQLite says → what it means to a person.
_SAID: Final = {
    "fault.full": ("disk is full",),
    "fault.locked": ("database is locked", "database table is locked"),
    "fault.damaged": ("malformed", "not a database"),
    "fault.disk": ("disk i/o error",),
    "fault.readonly": ("readonly database", "unable to open database"),
}
#: Likewise what the operating system says.
_NUMBERED: Final = {
    errno.ENOSPC: "fault.full",
    errno.EDQUOT: "fault.full",
    errno.EACCES: "fault.readonly",
    errno.EPERM: "fault.readonly",
    errno.EROFS: "fault.readonly",
}


class DeskFaultError(RuntimeError):
    """The disk is full, the database is locked or damaged; nothing acknowledged was lost."""


def fault_of(error: BaseException) -> str | None:
    """Key of the phrase for what an error means to a person; None where it is no fault of the machine.

    >>> import sqlite3
    >>> fault_of(sqlite3.OperationalError("database or disk is full"))
    'fault.full'
    """
    said = str(error).lower()
    for key, signs in _SAID.items():
        if any(sign in said for sign in signs):
            return key
    return _NUMBERED.get(getattr(error, "errno", None) or 0)


@contextmanager
def told_faults(lang: str) -> Iterator[None]:
    """Turn the machine's errors into words.

    Raises:
        DeskFaultError: with the words, where the machine denied something.
    """
    from django.db import DatabaseError

    try:
        yield
    except (DatabaseError, sqlite3.Error, OSError) as error:
        key = fault_of(error)
        if key is None:
            raise
        raise DeskFaultError(phrase(key, lang)) from error
