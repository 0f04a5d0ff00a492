"""The reader: messages and dialogues in, what they say out."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Self

import numpy as np

from troth.reading.forecast import forecast, turning_point
from troth.reading.message import read_messages
from troth.reading.schema import GRADES, ActSpan, DialogueReading

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from troth.reading.schema import Dialogue, TurnReading
    from troth.reading.trained import Trained
    from troth.types import FloatArray

INSTALLED: Final = "installed"


class Reader:
    """Reads as installed, or with what a team's own labels taught.

    Args:
        trained: learned heads; None reads by cues and structure alone.
        name: what the readings are stamped with.
    """

    def __init__(self, trained: Trained | None = None, name: str = INSTALLED) -> None:
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

    def read_message(
        self, text: str, speaker: str | None = None, at: datetime | None = None
    ) -> TurnReading:
        """Read one message by itself.

        Args:
            text: any text.
            speaker: ``customer`` or ``staff``; None reads the acts of both.
            at: when it was said, with a zone, for due times.

        Returns:
            The reading; its satisfaction is .5, since a dialogue is needed to forecast it.
        """
        return read_messages([text], [speaker], [at])[0]

    def read(self, dialogues: Sequence[Dialogue]) -> list[DialogueReading]:
        """Read dialogues.

        Args:
            dialogues: n dialogues.

        Returns:
            n readings. What was not learned is forecast as installed.
        """
        turns = [turn for dialogue in dialogues for turn in dialogue.turns]
        said = read_messages(
            [t.text for t in turns], [t.speaker for t in turns], [t.at for t in turns]
        )
        found, low = [], 0
        for dialogue in dialogues:
            own = said[low : low + len(dialogue.turns)]
            low += len(dialogue.turns)
            found.append(self._as_installed(dialogue, own))
        return found if self.trained is None else _as_trained(self.trained, dialogues, found)

    def _as_installed(self, dialogue: Dialogue, said: Sequence[TurnReading]) -> DialogueReading:
        outlook = forecast(dialogue.turns, said)
        turns = [
            replace(reading, satisfaction=after)
            for reading, after in zip(said, outlook.turns, strict=True)
        ]
        shares = outlook.distributions
        return DialogueReading(
            dialogue.id, tuple(turns), shares["satisfaction"], shares["solved"],
            shares["effectiveness"], outlook.turning_point, self._stamp(),
        )  # fmt: skip

    def _stamp(self) -> dict[str, Any]:
        stamp: dict[str, Any] = {"version": _version(), "weights": self.name}
        return stamp | ({"seed": self.trained.stamp.get("seed")} if self.trained else {})


@cache
def _version() -> str:
    """Of troth; asked once, since it is read from a file."""
    from importlib.metadata import version

    return version("troth")


def _as_trained(
    trained: Trained, dialogues: Sequence[Dialogue], found: list[DialogueReading]
) -> list[DialogueReading]:
    """Put what was learned in the place of what is installed."""
    shares = trained.shares(dialogues)
    found = _with_acts(trained, dialogues, found, shares)
    for target, said in trained.outlook(dialogues, shares).items():
        for place, row in enumerate(said.tolist()):
            learned: Any = {target: dict(zip(GRADES, row, strict=True))}
            found[place] = replace(found[place], **learned)
    after = trained.after_turns(dialogues)
    if after is None:
        return found
    return [_with_course(own, course) for own, course in zip(found, after, strict=True)]


def _with_acts(
    trained: Trained, dialogues: Sequence[Dialogue], found: list[DialogueReading], shares: Any
) -> list[DialogueReading]:
    """Add the learned acts that no cue showed; all of the message shows them."""
    turns = [list(own.turns) for own in found]
    for side, (rows, share) in shares.items():
        head = trained.acts[side]
        for row, (d, t) in enumerate(zip(rows.dialogue.tolist(), rows.turn.tolist(), strict=True)):
            text = dialogues[d].turns[t].text
            shown = {act.act for act in turns[d][t].acts}
            more = [
                ActSpan(name, 0, len(text), round(float(share[row, place]), 4), text)
                for place, name in enumerate(head.names)
                if share[row, place] >= head.least[place] and name not in shown and text.strip()
            ]
            if more:
                acts = sorted((*turns[d][t].acts, *more), key=lambda act: (act.start, act.end))
                turns[d][t] = replace(turns[d][t], acts=tuple(acts))
    return [replace(own, turns=tuple(t)) for own, t in zip(found, turns, strict=True)]


def _with_course(own: DialogueReading, course: FloatArray) -> DialogueReading:
    """The forecast after each turn, and where it fell most."""
    turns = [
        replace(turn, satisfaction=after)
        for turn, after in zip(own.turns, course.tolist(), strict=True)
    ]
    return replace(own, turns=tuple(turns), turning_point=turning_point(course.tolist()))
