"""The reader: messages and dialogues in, what they say out."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from troth.reading.schema import Dialogue, DialogueReading, TurnReading
    from troth.reading.trained import Trained


class Reader:
    """Reads as installed, or with what a team's own labels taught.

    Args:
        trained: learned heads; None reads by cues and structure alone.
        name: what the readings are stamped with.
    """

    def __init__(self, trained: Trained | None = None, name: str = "installed") -> None:
        self.trained = trained
        self.name = name

    @classmethod
    def installed(cls) -> Self:
        """The reader that ships."""
        return cls()

    @classmethod
    def load(cls, path: Path | str) -> Self:
        """A reader that `save` wrote.

        Args:
            path: an ``.npz`` file.

        Returns:
            The reader.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is no such file, or of another format.
            KeyError: something is missing in it.
        """
        from troth.reading.trained import Trained

        with np.load(path, allow_pickle=False) as kept:
            if not hasattr(kept, "files"):
                raise ValueError("not a reader")
            return cls(Trained.of_arrays(dict(kept)), Path(path).stem)

    def save(self, file: IO[bytes]) -> None:
        """Write the learned heads.

        Args:
            file: open for writing bytes.

        Raises:
            ValueError: this reader learned nothing.
        """
        if self.trained is None:
            raise ValueError("the installed reader has nothing of its own to write")
        arrays: dict[str, Any] = self.trained.arrays()
        np.savez_compressed(file, **arrays)
