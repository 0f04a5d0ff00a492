"""Soft evidence on behalf of ``troth read --events``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from troth.cli.read_file import readings, run
from troth.content.text import phrase
from troth.reading.evidence import is_timed, soft_events
from troth.reading.schema import line_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from troth.cli.read_file import Asked
    from troth.reading.files import Intake
    from troth.reading.lines import Lines
    from troth.reading.reader import Reader
    from troth.reading.second_opinion import SecondOpinion


class EvidenceWriter:
    """Writes soft evidence beside, or in place of, readings.

    Args:
        how: ``reader``, ``opinion`` and ``asked``, as for `troth.cli.read_file.readings`.

    Attributes:
        rows: events written so far.
        untimed: dialogues so far of which no turn has a time.
    """

    def __init__(self, **how: Any) -> None:
        self.how = how
        self.rows = self.untimed = 0

    def write(
        self,
        taken: Intake,
        out: IO[bytes],
        tell: Callable[[], None],
        *,
        told: IO[bytes] | None = None,
    ) -> None:
        """Write a line for every event to ``out``, and for every reading to ``told`` where given."""
        asked: Asked = self.how["asked"]
        for dialogue, reading in readings(taken, tell, **self.how):
            if told is not None:
                told.write(line_of(reading.to_json()))
            rows = soft_events(reading, dialogue, with_words=asked.with_words)
            self.rows += len(rows)
            self.untimed += bool(rows) and not is_timed(dialogue)
            for row in rows:
                out.write(line_of(row))


def run_evidence(lines: Lines, asked: Asked, reader: Reader, opinion: SecondOpinion | None) -> int:
    """Read dialogues into soft evidence, and into readings where those are wanted too.

    Args:
        lines: the source.
        asked: what was asked for; ``events`` names a file or ``-``, ``output`` another file or nothing.
        reader: reads.
        opinion: who is asked for a second opinion.

    Returns:
        The exit code.

    Raises:
        UnreadableError: the source is damaged; nothing is written then.
    """
    from troth.ledger.write import write_whole

    assert asked.events is not None
    writer = EvidenceWriter(reader=reader, opinion=opinion, asked=asked)
    about = ("reading.done", opinion)
    if asked.output is None:
        code = run(lines, replace(asked, output=asked.events), writer.write, about)
    else:
        codes: list[int] = []

        def both(file: IO[bytes]) -> None:
            def work(taken: Intake, out: IO[bytes], tell: Callable[[], None]) -> None:
                writer.write(taken, file, tell, told=out)

            codes.append(run(lines, asked, work, about))

        write_whole(Path(asked.events), both)
        code = codes[0]
    click.echo(phrase("reading.evidence", asked.lang, count=writer.rows), err=True)
    if writer.untimed:
        click.echo(phrase("reading.untimed", asked.lang, count=writer.untimed), err=True)
    return code
