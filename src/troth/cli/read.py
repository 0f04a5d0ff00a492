"""``troth read``: what a sentence, a text or a file of dialogues says."""

from __future__ import annotations

import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from troth.cli import intake
from troth.cli.main import DONE

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from troth.cli.read_file import Asked
    from troth.reading.lines import Lines
    from troth.reading.reader import Reader
    from troth.reading.second_opinion import SecondOpinion

STANDARD: Final = "-"
#: What is taken for the name of a file, whether or not there is one.
_FILE_NAME: Final = re.compile(
    r"(?:\S+\.(?:jsonl?|ndjson|txt|text|csv|tsv|gz|md|log|parquet)|.+\.(?:jsonl|ndjson)|\.\.?/\S+)",
    re.IGNORECASE,
)
_OTHER_FILES: Final = (".csv", ".tsv", ".parquet", ".pq", ".arrow", ".feather", ".xlsx")


@click.command()
@click.argument("what", metavar="TEXT|FILE|-")
@click.option("-o", "--output", help="OUT.jsonl; - prints JSON lines.")
@click.option(
    "--reader", "weights", type=click.Path(dir_okay=False), metavar="FILE",
    help="A reader from `troth reader train`; the installed one otherwise.",
)  # fmt: skip
@click.option(
    "--as", "speaker", type=click.Choice(["staff", "customer"]),
    help="Who says it; by default either.",
)  # fmt: skip
@click.option(
    "--at", metavar="TIME", help="When it was said, where that is not known; else now for text."
)
@click.option("--zone", metavar="NAME", help="Time zone of the messages, e.g. Asia/Shanghai.")
@click.option(
    "--rejected", default=intake.REJECTED, show_default=True, type=click.Path(dir_okay=False),
    help="Where rejected lines go, with line, field and reason.",
)  # fmt: skip
@click.option(
    "--events", metavar="FILE",
    help="Dialogues as soft evidence for `troth score`; - prints it.",
)  # fmt: skip
@click.option("--with-words", is_flag=True, help="Copy the words that show it into the events.")
@click.option(
    "--second-opinion", is_flag=True,
    help="Ask the language model that TROTH_LLM_URL names; names and numbers are hidden first.",
)  # fmt: skip
@intake.language_option
@intake.json_option
def read(what: str, lang: str, as_json: bool, **given: Any) -> int:
    """Read TEXT: its acts with the words that show them, feeling, politeness, promises.

    FILE.jsonl holds dialogues, one a line, and gives one line each; FILE.txt holds messages, one a
    line; - is either, from standard input. With --events, dialogues become evidence for `troth score`.
    """
    from troth.cli.read_file import Asked

    zone = zone_of(given["zone"])
    asked = Asked(
        given["speaker"], moment_from(given["at"], zone), zone, lang, as_json,
        given["output"], given["rejected"], given["events"], given["with_words"],
    )  # fmt: skip
    _check_output(asked.output, lang)
    _check_events(asked)
    opinion = _opinion(lang) if given["second_opinion"] else None
    if what != STANDARD and not is_file(what, lang):
        return _sentence(what, asked, _reader(given["weights"], lang), opinion)
    from troth.ledger.errors import UnreadableError
    from troth.reading.lines import Lines

    try:
        with Lines(what) as lines:
            _check_kind(lines, lang)
            return _file(lines, asked, _reader(given["weights"], lang), opinion)
    except UnreadableError as error:
        raise intake.BrokenInput(error.line(lang)) from error


def _sentence(text: str, asked: Asked, reader: Reader, opinion: SecondOpinion | None) -> int:
    """One sentence from the command line."""
    _no_events(asked)
    from troth.cli.read_file import message_line, read_message, show, tell_opinion
    from troth.ledger.write import write_whole

    reading, stamp = read_message(text, asked, reader, opinion)
    if asked.as_json or asked.output:
        line = message_line(text, reading, stamp)
        if asked.output in (None, STANDARD):
            click.echo(line.decode(), nl=False)
        else:
            write_whole(Path(asked.output), lambda file: _put(file, line))
    else:
        show(text, reading, asked)
    tell_opinion(opinion, asked.lang)
    return DONE


def _put(file: Any, line: bytes) -> None:
    file.write(line)


def _file(lines: Lines, asked: Asked, reader: Reader, opinion: SecondOpinion | None) -> int:
    """Dialogues, or lines of text, from a file or standard input."""
    from troth.cli.read_file import (
        print_messages,
        run,
        write_dialogues,
        write_messages,
    )

    if lines.begins_with_object():
        if asked.speaker:
            raise intake.WrongUse(_say("reading.as_needless", asked.lang))
        if asked.events:
            from troth.cli.read_evidence import run_evidence

            return run_evidence(lines, asked, reader, opinion)
        work = partial(write_dialogues, reader=reader, opinion=opinion, asked=asked)
        return run(lines, asked, work, ("reading.done", opinion))
    _no_events(asked)
    if asked.as_json or asked.output:
        work = partial(write_messages, reader=reader, opinion=opinion, asked=asked)
        return run(lines, asked, work, ("reading.done_messages", opinion))
    return print_messages(lines, asked, reader, opinion)


def is_file(what: str, lang: str, command: str = "read") -> bool:
    """Whether the argument of a command names a file.

    Raises:
        BrokenInput: it looks like the name of a file, and there is none; or it is a folder.
    """
    from troth.content.text import phrase

    path = Path(what)
    try:
        if path.is_file() or path.is_fifo() or path.is_char_device():
            return True
        is_folder = os.sep in what and path.is_dir()
    except (OSError, ValueError):  # too long for a name, or with signs that no name has
        return False
    if is_folder:
        raise intake.BrokenInput(f"{what}: {phrase('file_directory', lang)}")
    if _FILE_NAME.fullmatch(what):
        raise intake.BrokenInput(phrase("reading.file_missing", lang, name=what, command=command))
    return False


def _check_kind(lines: Lines, lang: str) -> None:
    """Refuse what holds neither dialogues nor text.

    Raises:
        BrokenInput: the file is of another kind.
    """
    if lines.is_binary() or lines.name.lower().endswith(_OTHER_FILES):
        raise intake.BrokenInput(_say("reading.file_binary", lang, name=lines.name))


def _check_output(output: str | None, lang: str) -> None:
    if output not in (None, STANDARD) and not output.lower().endswith((".jsonl", ".ndjson")):
        raise intake.WrongUse(_say("reading.output_ending", lang, name=output))


def _check_events(asked: Asked) -> None:
    """Refuse a place for events that cannot serve.

    Raises:
        WrongUse: it has another ending, or two outputs would run into each other.
    """
    if asked.events is None:
        if asked.with_words:
            raise intake.WrongUse(_say("reading.words_needless", asked.lang))
        return
    _check_output(asked.events, asked.lang)
    if asked.output is not None and (asked.events in (STANDARD, asked.output)):
        raise intake.WrongUse(_say("reading.events_place", asked.lang))


def _no_events(asked: Asked) -> None:
    if asked.events:
        raise intake.WrongUse(_say("reading.events_needless", asked.lang))


def zone_of(name: str | None) -> tzinfo | None:
    """The time zone that a person names.

    Raises:
        WrongUse: there is none of that name.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        msg = f"no time zone is called {name!r}"
        raise intake.WrongUse(msg) from error


def moment_from(written: str | None, zone: tzinfo | None) -> datetime | None:
    """The time that a person names; None where they name none.

    Raises:
        WrongUse: it is no time, or has no zone.
    """
    from troth.reading.dialogues import moment_of

    if written is None:
        return None
    try:
        return moment_of(written, zone)
    except ValueError as error:
        msg = f"--at is not an ISO 8601 time: {written}"
        raise intake.WrongUse(msg) from error
    except LookupError as error:
        msg = f"--at has no time zone: {written}; add one, or name it with --zone"
        raise intake.WrongUse(msg) from error


def _opinion(lang: str) -> SecondOpinion:
    from troth.reading.chat_server import Server
    from troth.reading.second_opinion import SecondOpinion

    try:
        server = Server.from_environment(os.environ)
    except ValueError as error:
        raise intake.WrongUse(str(error)) from error
    if server is None:
        raise intake.WrongUse(_say("reading.opinion_unset", lang))
    return SecondOpinion(server, lang)


def _reader(path: str | None, lang: str) -> Reader:
    from troth.reading.reader import Reader

    if path is None:
        return Reader.installed()
    try:
        return Reader.load(path)
    except (OSError, ValueError, KeyError) as error:
        detail = getattr(error, "strerror", None) or str(error)
        text = _say("reading.file_reader", lang, name=path, detail=detail)
        raise intake.BrokenInput(text) from error


def _say(key: str, lang: str, **values: object) -> str:
    from troth.content.text import phrase

    return phrase(key, lang, **values)
