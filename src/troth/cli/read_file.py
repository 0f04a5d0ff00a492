"""Reading on behalf of the command: sentence by sentence, or a file in batches."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from troth.cli import intake
from troth.cli.main import DONE, SOME_REJECTED
from troth.content.text import phrase
from troth.reading.dialogues import Terms
from troth.reading.files import Intake
from troth.reading.rejected_file import RejectedFile
from troth.reading.schema import GRADES, Dialogue, DialogueReading, Turn, line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from troth.reading.lines import Lines
    from troth.reading.reader import Reader
    from troth.reading.schema import TurnReading
    from troth.reading.second_opinion import SecondOpinion

    #: Reads what comes in, writes lines, and tells how far it is.
    Work = Callable[[Intake, IO[bytes], Callable[[], None]], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command was asked to do.

    Attributes:
        speaker: who says a sentence; None where that is not said.
        at: when messages without a time were said.
        zone: of times without one.
        lang: of what is said.
        as_json: whether a machine reads.
        output: where lines go; None where a person reads.
        rejected: where refused lines go.
        events: where soft evidence goes; None where it is not wanted.
        with_words: whether it holds the words that show it.
    """

    speaker: str | None
    at: datetime | None
    zone: tzinfo | None
    lang: str
    as_json: bool
    output: str | None
    rejected: str
    events: str | None = None
    with_words: bool = False

    @property
    def moment(self) -> datetime:
        """When a sentence was said: as told, else now."""
        return self.at or datetime.now(UTC).astimezone(self.zone)


def read_message(
    text: str, asked: Asked, reader: Reader, opinion: SecondOpinion | None
) -> tuple[TurnReading, dict[str, Any]]:
    """Read one message.

    Returns:
        The reading, and what a second opinion adds to its line.
    """
    at = asked.moment
    own = reader.read_message(text, speaker=asked.speaker, at=at)
    if opinion is None:
        return own, {}
    even = dict.fromkeys(GRADES, 1 / len(GRADES))
    dialogue = Dialogue("", (Turn(asked.speaker or "", text, at),))
    found = opinion.on(dialogue, DialogueReading("", (own,), even, even, even, None, {}))
    return found.turns[0], found.reader


def message_line(text: str, reading: TurnReading, more: dict[str, Any]) -> bytes:
    """One message as a line of JSON: the message, what was read in it, and ``more``."""
    return line_of({"text": text, **reading.to_json(), **more})


def show(text: str, reading: TurnReading, asked: Asked) -> None:
    """Print one message for a person."""
    from rich.console import Console

    from troth.pages.message_terminal import render_message

    render_message(text, reading, asked.moment, asked.lang, Console())


def readings(
    taken: Intake, tell: Callable[[], None], *,
    reader: Reader, opinion: SecondOpinion | None, asked: Asked,
) -> Iterator[tuple[Dialogue, DialogueReading]]:  # fmt: skip
    """Read dialogues batch by batch."""
    for batch in taken.batches():
        dialogues = [_timed(d, asked.at) for d in batch] if asked.at else batch
        for dialogue, own in zip(dialogues, reader.read(dialogues), strict=True):
            yield dialogue, own if opinion is None else opinion.on(dialogue, own)
        tell()


def write_dialogues(taken: Intake, out: IO[bytes], tell: Callable[[], None], **how: Any) -> None:
    """Read dialogues, and write a line for each; ``how`` as for `readings`."""
    for _, reading in readings(taken, tell, **how):
        out.write(line_of(reading.to_json()))


def _timed(dialogue: Dialogue, at: datetime | None) -> Dialogue:
    """The dialogue with a time for the turns that have none."""
    turns = tuple(turn if turn.at else replace(turn, at=at) for turn in dialogue.turns)
    return replace(dialogue, turns=turns)


def write_messages(
    taken: Intake, out: IO[bytes], tell: Callable[[], None], *,
    reader: Reader, opinion: SecondOpinion | None, asked: Asked,
) -> None:  # fmt: skip
    """Read lines of text one by one, and write a line for each."""
    for row, text in taken.messages():
        reading, more = read_message(text, asked, reader, opinion)
        out.write(line_of({"line": row, "text": text, **reading.to_json(), **more}))
        tell()


def run(lines: Lines, asked: Asked, work: Work, about: tuple[str, SecondOpinion | None]) -> int:
    """Do the work from a source to the output, and tell how it went.

    Args:
        lines: the source.
        asked: what was asked for.
        work: reads and writes.
        about: the phrase that says what was done, and who was asked for a second opinion.

    Returns:
        The exit code.

    Raises:
        UnreadableError: the source is damaged; nothing is written then.
    """
    from troth.ledger.write import write_whole

    done, opinion = about
    with (
        RejectedFile(asked.rejected) as rejected,
        intake.progress("dialogues", asked.lang) as tell,
    ):
        taken = Intake(lines, Terms(asked.zone, lang=asked.lang), rejected.add)

        def told() -> None:
            if lines.size:
                tell("dialogues", lines.done, lines.size)

        if asked.output in (None, "-"):
            work(taken, sys.stdout.buffer, told)
            sys.stdout.buffer.flush()
        else:
            write_whole(Path(asked.output), lambda out: work(taken, out, told))
    if asked.output not in (None, "-"):
        summary = {
            "output": asked.output, "read": taken.taken, "rejected": taken.rejected,
            "repeated": taken.repeated,
        }  # fmt: skip
        text = phrase(done, asked.lang, count=taken.taken, path=asked.output)
        click.echo(line_of(summary).decode() if asked.as_json else text, nl=not asked.as_json)
    return _told(taken, asked, opinion)


def print_messages(
    lines: Lines, asked: Asked, reader: Reader, opinion: SecondOpinion | None
) -> int:
    """Print lines of text one after another for a person.

    Returns:
        The exit code.

    Raises:
        UnreadableError: the source is damaged.
    """
    with RejectedFile(asked.rejected) as rejected:
        taken = Intake(lines, Terms(asked.zone, lang=asked.lang), rejected.add)
        for row, text in taken.messages():
            if row > 1:
                click.echo("\n" + phrase("reading.line", asked.lang, row=row))
            show(text, read_message(text, asked, reader, opinion)[0], asked)
    return _told(taken, asked, opinion)


def _told(taken: Intake, asked: Asked, opinion: SecondOpinion | None) -> int:
    """Say on standard error what was left out; the exit code."""
    if taken.repeated:
        click.echo(phrase("reading.repeated", asked.lang, count=taken.repeated), err=True)
    tell_opinion(opinion, asked.lang)
    if not taken.rejected:
        return DONE
    text = phrase("reading.rejected", asked.lang, count=taken.rejected, path=asked.rejected)
    click.echo(text, err=True)
    return SOME_REJECTED


def tell_opinion(opinion: SecondOpinion | None, lang: str) -> None:
    """Say on standard error how often a second opinion was used, and why else not."""
    if opinion is None:
        return
    click.echo(phrase("reading.opinion_used", lang, used=opinion.used), err=True)
    for why, count in opinion.kept.most_common():
        click.echo(phrase("reading.opinion_kept", lang, count=count, why=why), err=True)
