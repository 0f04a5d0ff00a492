"""What the machine denies a desk, said so that a person knows what to do."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

from troth.content.text import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator


class DeskFaultError(RuntimeError):
    """The disk is full, the database is locked or damaged; nothing acknowledged was lost."""


def fault_of(error: BaseException) -> str | None:
    """Key of the phrase for what an error means to a person; None where it is no fault of the machine.

    >>> import sqlite3
    >>> fault_of(sqlite3.OperationalError("database or disk is full"))
    'fault.full'
    """
    said = str(error).lower()
    if "disk is full" in said or getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return "fault.full"
    if "database is locked" in said or "database table is locked" in said:
        return "fault.locked"
    if "malformed" in said or "not a database" in said:
        return "fault.damaged"
    if "readonly database" in said or getattr(error, "errno", None) in (errno.EACCES, errno.EROFS):
        return "fault.readonly"
    return None


@contextmanager
def told_faults(lang: str) -> Iterator[None]:
    """Turn the machine's errors into words.

    Raises:
        DeskFaultError: with the words, where the machine denied something.
    """
    from django.db import DatabaseError

    try:
        yield
    except (DatabaseError, OSError) as error:
        key = fault_of(error)
        if key is None:
            raise
        raise DeskFaultError(phrase(key, lang)) from error
