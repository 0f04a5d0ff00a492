"""What all commands that read events share: options, errors, rejected rows, progress."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from troth.cli.main import BROKEN_INPUT, DONE, SOME_REJECTED, WRONG_USE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from troth.ledger.events import Reading
    from troth.trust.parameters import Parameters

REJECTED = "REJECTED.csv"


class BrokenInput(click.ClickException):
    """The input cannot be used at all: one clear line, exit 3."""

    exit_code = BROKEN_INPUT


class WrongUse(click.ClickException):
    """The command cannot be run as asked: one clear line, exit 2."""

    exit_code = WRONG_USE


def default_language() -> str:
    """zh where the terminal speaks Chinese, else en."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "zh" if locale.lower().startswith("zh") else "en"


language_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default=default_language,
    help="Language of what is said.",
)
params_option = click.option(
    "--params",
    type=click.Path(dir_okay=False),
    help="Parameters from `troth fit`; shipped ones otherwise.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="JSON alone on standard output.")


def events_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """EVENTS… and the options of reading them."""
    options = [
        click.argument("events", nargs=-1, required=True, type=click.Path()),
        click.option("--assume-utc", is_flag=True, help="Take times without a zone as UTC."),
        click.option(
            "--rejected", default=REJECTED, show_default=True, type=click.Path(dir_okay=False),
            help="Where rejected rows go, with row, column and reason.",
        ),
        language_option,
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def take_in(events: tuple[str, ...], assume_utc: bool, rejected: str, lang: str) -> Reading:
    """Read events; tell what was set aside on standard error and write it to a file.

    Raises:
        BrokenInput: a source cannot be used at all.
    """
    from troth.ledger.errors import UnreadableError
    from troth.ledger.read import read_events
    from troth.ledger.write import write_rejected
    from troth.trust.clock import now_us

    with progress("read", lang) as tell:
        try:
            reading = read_events(
                list(events), now_us=now_us(), assume_utc=assume_utc, lang=lang,
                progress=lambda _, share: tell("read", int(share * 100), 100),
            )  # fmt: skip
        except UnreadableError as error:
            raise BrokenInput(str(error)) from error
    from troth.content.text import phrase

    for warning in reading.warnings:
        click.echo(warning, err=True)
    if reading.duplicates:
        click.echo(phrase("cli.repeated", lang, count=reading.duplicates), err=True)
    if reading.rejected.num_rows:
        write_rejected(reading.rejected, Path(rejected))
        click.echo(
            phrase("cli.rejected", lang, count=reading.rejected.num_rows, path=rejected), err=True
        )
    return reading


def exit_code(reading: Reading) -> int:
    """0, or 1 where rows were rejected."""
    return SOME_REJECTED if reading.rejected.num_rows else DONE


def parameters_from(path: str | None) -> Parameters:
    """The parameters in a file, or those that ship.

    Raises:
        BrokenInput: the file is not one of parameters.
    """
    from troth.trust.parameters import ParameterError, default_parameters, read_parameters

    if path is None:
        return default_parameters()
    try:
        return read_parameters(Path(path))
    except ParameterError as error:
        raise BrokenInput(str(error)) from error


def time_option(name: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option that takes a time and hands on microseconds UTC."""

    def parse(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
        from troth.trust.clock import time_us

        if value is None:
            return None
        try:
            return time_us(value)
        except ValueError as error:
            raise click.BadParameter(str(error), ctx, param) from error

    return click.option(name, callback=parse, metavar="TIME", help=text)


@contextmanager
def progress(what: str, lang: str) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on standard error; silent where that is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda *_: None
        return
    from rich.console import Console
    from rich.progress import Progress

    from troth.content.text import phrase

    with Progress(console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {what: bar.add_task(phrase(f"cli.doing.{what}", lang), total=None)}

        def tell(name: str, done: int, total: int) -> None:
            if name not in tasks:
                tasks[name] = bar.add_task(phrase(f"cli.doing.{name}", lang), total=total)
            bar.update(tasks[name], completed=done, total=total)

        yield tell


def plain_errors(*errors: type[Exception]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Turn a room's own errors into one line and exit 2."""

    def around(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run(*args: Any, **kwargs: Any) -> Any:
            try:
                return command(*args, **kwargs)
            except errors as error:
                raise WrongUse(str(error)) from error

        return run

    return around
