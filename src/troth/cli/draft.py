"""``troth draft``: a reply looked over before it is sent."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from troth.cli import intake
from troth.cli.main import DONE
from troth.cli.read import STANDARD, is_file, moment_from, zone_of


@click.command()
@click.argument("what", metavar="TEXT|FILE|-")
@click.option(
    "--to", "asked", default="", metavar="TEXT|FILE",
    help="What it answers: the customer's words, or a whole thread as pasted.",
)  # fmt: skip
@click.option("--at", metavar="TIME", help="When it is written; by default now.")
@click.option("--zone", metavar="NAME", help="Time zone of the writer, e.g. Asia/Shanghai.")
@click.option("--plain", is_flag=True, help="The reader has another first language.")
@intake.language_option
@intake.json_option
def draft(what: str, asked: str, lang: str, as_json: bool, **given: Any) -> int:
    """Look a reply over before it is sent: at most three remarks, with reason and better wording.

    Says as well what it promises, and where trust is likely to go. The reply is TEXT, the text of FILE,
    or - for standard input. Nothing is kept, and nothing leaves this machine.
    """
    from troth.guidance.draft.review import review
    from troth.guidance.draft.talk import Talk
    from troth.guidance.draft.thread import turns_of

    zone = zone_of(given["zone"])
    now = moment_from(given["at"], zone) or datetime.now(UTC).astimezone(zone)
    text = _whole(what, lang)
    said = tuple(turns_of(_whole(asked, lang)))
    seen = review(text, Talk(said=said, now=now, plain=given["plain"]))
    if as_json:
        from troth import __version__
        from troth.pages.draft import told_of
        from troth.reading.schema import line_of

        told = {"text": text, **told_of(seen, text, lang)}
        stamp = {"version": __version__, "at": now.isoformat()}
        click.echo(line_of(told | {"troth": stamp}).decode(), nl=False)
    else:
        from rich.console import Console

        from troth.pages.draft_terminal import render_draft

        render_draft(text, seen, now, lang, Console())
    return DONE


def _whole(what: str, lang: str) -> str:
    """Text as given, or all of a file.

    Raises:
        BrokenInput: the file holds no text, or more than a reply holds.
    """
    from troth.content.text import phrase
    from troth.guidance.draft.review import LONGEST

    text = _of_file(what, lang) if what == STANDARD or is_file(what, lang, "draft") else what
    if len(text) > LONGEST:
        name = f"{what[:20]}…" if text is what else what
        raise intake.BrokenInput(phrase("draft.file_long", lang, name=name, most=LONGEST))
    return text


def _of_file(name: str, lang: str) -> str:
    from troth.content.text import phrase
    from troth.ledger.decode import to_utf8

    try:
        data = sys.stdin.buffer.read() if name == STANDARD else Path(name).read_bytes()
    except OSError as error:
        told = f"{name}: {error.strerror}"
        raise intake.BrokenInput(told) from error
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise intake.BrokenInput(phrase("draft.file_binary", lang, name=name))
    return to_utf8(data)[0].decode().strip()
