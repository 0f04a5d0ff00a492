"""Back-ups of a desk that is running, and their return; keys stay outside."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import tarfile
import tempfile
import zlib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from troth import __version__
from troth.content.told import ToldError

if TYPE_CHECKING:
    from troth.web.config.home import Home

_DATABASE: Final = "desk.sqlite3"
_UPLOADS: Final = "uploads"
_ABOUT: Final = "troth.json"


class BackupError(ToldError):
    """A back-up cannot be made or brought back."""


def back_up(home: Home, path: Path, now_us: int) -> int:
    """Write database and uploads into one file; whoever works at the desk works on.

    Args:
        home: of the desk.
        path: a ``.tar.gz`` that does not exist yet.
        now_us: when, for the record inside.

    Returns:
        Bytes written.

    Raises:
        BackupError: there is no desk, or the file exists.
        OSError: the place cannot be written to.
    """
    if not home.database.exists():
        raise BackupError("cli.desk.none", path=home.path)
    if path.exists():
        raise BackupError("cli.desk.backup.exists", path=path)
    if not path.parent.is_dir():
        raise BackupError("cli.desk.backup.folder", path=path.parent)
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        copy = Path(folder) / _DATABASE
        with closing(sqlite3.connect(home.database)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
        whole = Path(folder) / path.name
        with tarfile.open(whole, "w:gz", compresslevel=5) as tar:
            about = json.dumps({"version": __version__, "made_us": now_us}).encode()
            entry = tarfile.TarInfo(_ABOUT)
            entry.size = len(about)
            tar.addfile(entry, io.BytesIO(about))
            tar.add(copy, _DATABASE)
            if home.uploads.is_dir():
                tar.add(home.uploads, _UPLOADS)
        with whole.open("rb") as file:
            os.fsync(file.fileno())
        whole.chmod(0o600)
        whole.replace(path)
    return path.stat().st_size


def restore(home: Home, path: Path) -> None:
    """Bring a back-up into a home that holds no desk; keys must be there, or new ones are made.

    Args:
        home: where to.
        path: a file that ``back_up`` wrote.

    Raises:
        BackupError: a desk is there already, or the file is no back-up.
    """
    if home.database.exists():
        raise BackupError("cli.desk.restore.exists", path=home.path)
    for ending in ("-wal", "-journal"):
        left = home.database.with_name(home.database.name + ending)
        if left.exists():  # SQLite would play it into the database that is brought back
            raise BackupError("cli.desk.restore.left", path=left)
    home.make()
    with tempfile.TemporaryDirectory(dir=home.path) as folder:
        try:
            with tarfile.open(path, "r:gz") as tar:
                names = tar.getnames()
                if _DATABASE not in names or _ABOUT not in names:
                    raise BackupError("cli.desk.restore.other", path=path)
                tar.extractall(folder, filter="data")
        except (tarfile.TarError, EOFError, OSError, zlib.error) as error:
            raise BackupError("cli.desk.restore.unreadable", path=path, error=error) from error
        database = Path(folder) / _DATABASE
        _check(database, path)
        for file in (Path(folder) / _UPLOADS).glob("*"):
            if file.is_file() and not file.is_symlink():
                file.replace(home.uploads / file.name)
        database.chmod(0o600)
        database.replace(home.database)


def _check(database: Path, path: Path) -> None:
    if not database.is_file() or database.is_symlink():
        raise BackupError("cli.desk.restore.no_file", path=path)
    try:
        with closing(sqlite3.connect(database)) as opened:
            state = opened.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        state = str(error)
    if state != "ok":
        raise BackupError("cli.desk.restore.damaged", path=path, state=state)
