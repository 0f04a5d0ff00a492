"""``troth convert``: between formats."""

from __future__ import annotations

import click

from troth.cli import intake


@click.command()
@intake.events_argument
@click.option(
    "-o", "--output", required=True, help="EVENTS.parquet, .csv or .jsonl; - prints JSON lines."
)
@intake.json_option
@intake.plain_errors(ValueError)
def convert(
    events: tuple[str, ...], assume_utc: bool, rejected: str, lang: str, output: str, as_json: bool
) -> int:
    """Write EVENTS, checked and in order, in the format that the output's name asks for."""
    from troth.content.text import phrase
    from troth.ledger.write import write_events

    reading = intake.take_in(events, assume_utc, rejected, lang)
    write_events(reading.events, output)
    if output != "-":
        if as_json:
            import orjson

            click.echo(orjson.dumps({"output": output, "events": len(reading.events)}).decode())
        else:
            click.echo(phrase("cli.converted", lang, count=len(reading.events), path=output))
    return intake.exit_code(reading)
