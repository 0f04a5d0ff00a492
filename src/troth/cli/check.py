"""``troth check``: validate only."""

from __future__ import annotations

import click

from troth.cli import intake


@click.command()
@intake.events_argument
@intake.json_option
def check(
    events: tuple[str, ...], assume_utc: bool, rejected: str, lang: str, as_json: bool
) -> int:
    """Validate EVENTS and say what would be rejected; nothing else is written."""
    from troth.content.text import phrase

    reading = intake.take_in(events, assume_utc, rejected, lang)
    if as_json:
        import orjson

        rows = reading.rejected.select(["file", "row", "column", "reason"]).to_pylist()
        summary = {
            "events": len(reading.events),
            "rejected": rows,
            "repeated": reading.duplicates,
            "warnings": list(reading.warnings),
        }
        click.echo(orjson.dumps(summary).decode())
        return intake.exit_code(reading)
    for row in reading.rejected.slice(0, 20).to_pylist():
        click.echo(
            phrase(
                "cli.rejected_row", lang, **{k: row[k] for k in ("file", "row", "column", "reason")}
            )
        )
    click.echo(phrase("cli.checked", lang, count=len(reading.events)))
    return intake.exit_code(reading)
