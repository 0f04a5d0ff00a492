"""Take dialogues in from JSON lines, a batch at a time; a bad line never stops the rest."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from troth.reading.dialogues import dialogue_of
from troth.reading.lines import Lines
from troth.reading.wrong import LONGEST_RECORD, Rejection, WrongLineError

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    from troth.reading.dialogues import Terms
    from troth.reading.schema import Dialogue

#: A batch ends after so many dialogues or so many bytes, whichever comes first.
BATCH: Final = 256
BATCH_BYTES: Final = 1 << 20


class Intake:
    """One source on its way in.

    Args:
        lines: the source, opened.
        terms: how lines are read.
        refuse: given every line that is refused.

    Attributes:
        taken: dialogues so far.
        repeated: lines left out so far because an earlier dialogue has the same id.
        rejected: lines refused so far.
    """

    def __init__(self, lines: Lines, terms: Terms, refuse: Callable[[Rejection], None]) -> None:
        self.lines, self.terms, self.refuse = lines, terms, refuse
        self.taken = self.repeated = self.rejected = 0
        self._seen: set[bytes] = set()

    def batches(self) -> Iterator[list[Dialogue]]:
        """The dialogues in order, some at a time, each id once.

        Raises:
            UnreadableError: compressed data are damaged or cut short.
        """
        batch: list[Dialogue] = []
        weight = 0
        for row, line in self.lines:
            dialogue = self._taken(row, line)
            if dialogue is None:
                continue
            batch.append(dialogue)
            weight += len(line or b"")
            if len(batch) >= BATCH or weight >= BATCH_BYTES:
                yield batch
                batch, weight = [], 0
        if batch:
            yield batch

    def messages(self) -> Iterator[tuple[int, str]]:
        """Lines of plain text, each a message, with their numbers.

        Raises:
            UnreadableError: compressed data are damaged or cut short.
        """
        for row, line in self.lines:
            try:
                text = _text(_whole(line))
            except WrongLineError as wrong:
                self._set_aside(row, line, wrong)
            else:
                self.taken += 1
                yield row, text

    def _taken(self, row: int, line: bytes | None) -> Dialogue | None:
        try:
            dialogue = dialogue_of(_whole(line), self.terms)
        except WrongLineError as wrong:
            self._set_aside(row, line, wrong)
            return None
        # A digest for each id keeps millions of them in little memory.
        mark = hashlib.blake2b(dialogue.id.encode(errors="surrogatepass"), digest_size=12).digest()
        if mark in self._seen:
            self.repeated += 1
            return None
        self._seen.add(mark)
        self.taken += 1
        return dialogue

    def _set_aside(self, row: int, line: bytes | None, wrong: WrongLineError) -> None:
        self.rejected += 1
        record = (line or b"")[: 4 * LONGEST_RECORD].decode(errors="replace")[:LONGEST_RECORD]
        reason = wrong.reason(self.terms.lang)
        self.refuse(Rejection(self.lines.name, row, wrong.column, reason, record))


def _whole(line: bytes | None) -> bytes:
    if line is None:
        raise WrongLineError("", "reading.wrong.long")
    return line


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise WrongLineError("", "reading.wrong.encoding") from error


def read_dialogues(
    source: str | os.PathLike[str], terms: Terms
) -> tuple[list[Dialogue], list[Rejection]]:
    """Read a whole source into memory.

    Args:
        source: a path, or ``-`` for standard input.
        terms: how lines are read.

    Returns:
        The dialogues, each id once, and the lines refused.

    Raises:
        UnreadableError: nothing in the source can be used.
    """
    refused: list[Rejection] = []
    with Lines(source) as lines:
        intake = Intake(lines, terms, refused.append)
        return [dialogue for batch in intake.batches() for dialogue in batch], refused
