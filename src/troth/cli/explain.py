"""``troth explain``: one relationship, in the terminal or as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click

from troth.cli import intake


@click.command()
@intake.events_argument
@click.option("--truster", required=True, help="Who trusts.")
@click.option("--trustee", required=True, help="Who is trusted: a party or an organisation.")
@intake.time_option("--at", "Stand at this time; by default just after the last event.")
@intake.params_option
@click.option(
    "--zone",
    default="UTC",
    show_default=True,
    help="Time zone to show times in, e.g. Asia/Shanghai.",
)
@click.option(
    "--html", type=click.Path(dir_okay=False), help="Write a self-contained page to this file."
)
@intake.json_option
def explain(
    events: tuple[str, ...], assume_utc: bool, rejected: str, lang: str, as_json: bool, **asked: Any
) -> int:
    """Show why: belief, interval, stage, what each origin and event adds, and what would change it."""
    from troth.trust.explain import UnknownPartyError
    from troth.trust.explain import explain as explain_relationship

    parameters = intake.parameters_from(asked["params"])
    try:
        zone = ZoneInfo(asked["zone"])
    except (ZoneInfoNotFoundError, ValueError) as error:
        msg = f"no time zone is called {asked['zone']!r}"
        raise intake.WrongUse(msg) from error
    reading = intake.take_in(events, assume_utc, rejected, lang)
    try:
        found = explain_relationship(
            reading.events,
            asked["truster"],
            asked["trustee"],
            parameters=parameters,
            at_us=asked["at"],
        )
    except UnknownPartyError as error:
        raise intake.WrongUse(str(error)) from error
    if asked["html"]:
        from troth.ledger.write import write_whole
        from troth.pages import explanation_html

        page = explanation_html(found, reading.events.table, {}, lang, zone)
        write_whole(Path(asked["html"]), lambda file: _write(file, page))
    if as_json:
        import orjson

        click.echo(orjson.dumps(found.to_dict()).decode())
    elif not asked["html"]:
        from rich.console import Console

        from troth.pages import render_explanation

        render_explanation(found, {}, lang, zone, Console())
    else:
        from troth.content.text import phrase

        click.echo(phrase("cli.page_written", lang, path=asked["html"]))
    return intake.exit_code(reading)


def _write(file: Any, page: str) -> None:
    file.write(page.encode())
