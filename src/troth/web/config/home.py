"""The folder in which a desk lives: database, keys, uploads, back-ups."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HOME_VARIABLE: Final = "TROTH_HOME"
_OWNER_ONLY: Final = 0o600


@dataclass(frozen=True)
class Home:
    """Where one desk keeps its things.

    Attributes:
        path: the folder.
    """

    path: Path

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.path / "desk.sqlite3"

    @property
    def keys(self) -> Path:
        """Secrets; they stay outside back-ups."""
        return self.path / "keys"

    @property
    def uploads(self) -> Path:
        """Files that wait to be imported, and rejected rows."""
        return self.path / "uploads"

    def make(self) -> None:
        """Create the folders, readable by their owner alone."""
        for folder in (self.path, self.keys, self.uploads, self.path / "static"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def secret(self, name: str) -> str:
        """A random secret of this desk, made when it is first asked for.

        Args:
            name: ``session`` signs cookies, ``digest`` keys the digests of words.

        Returns:
            64 hexadecimal digits.
        """
        path = self.keys / name
        if not path.exists():
            self.make()
            try:
                handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
            except FileExistsError:  # another process was first; its secret is the desk's
                return path.read_text(encoding="ascii").strip()
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
        return path.read_text(encoding="ascii").strip()


def default_home() -> Home:
    """The folder named by ``TROTH_HOME``, or ``.troth`` in the person's own."""
    named = os.environ.get(HOME_VARIABLE)
    return Home(Path(named).expanduser().resolve() if named else Path.home() / ".troth")
