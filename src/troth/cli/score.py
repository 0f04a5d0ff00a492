"""``troth score``: one row a relationship."""

from __future__ import annotations

from typing import Any

import click

from troth.cli import intake


@click.command()
@intake.events_argument
@click.option(
    "-o", "--output", default="-", help="BELIEFS.parquet, .csv or .jsonl; - prints JSON lines."
)
@intake.time_option("--at", "Stand at this time; by default just after the last event.")
@intake.params_option
@click.option(
    "--engine", type=click.Choice(["batch", "stream"]), default="batch", show_default=True
)
@click.option(
    "--by", type=click.Choice(["house", "pair", "trustee", "organisation"]),
    help="Whose trust in whom; by default truster × organisation where there is one, else pair.",
)  # fmt: skip
@intake.json_option
@intake.plain_errors(ValueError)
def score(
    events: tuple[str, ...],
    assume_utc: bool,
    rejected: str,
    lang: str,
    output: str,
    as_json: bool,
    **asked: Any,
) -> int:
    """Say where trust stands in every relationship found in EVENTS (CSV, JSONL, Parquet; - for
    standard input)."""
    from troth.content.text import phrase
    from troth.ledger.write import write_table
    from troth.trust.score import score_events

    parameters = intake.parameters_from(asked["params"])
    reading = intake.take_in(events, assume_utc, rejected, lang)
    with intake.progress("score", lang):
        table = score_events(
            reading.events, parameters, at_us=asked["at"], engine=asked["engine"], by=asked["by"]
        )
    write_table(table, output)
    if output != "-":
        if as_json:
            click.echo(_summary(table, output, reading))
        else:
            click.echo(
                phrase(
                    "cli.scored",
                    lang,
                    count=table.num_rows,
                    events=len(reading.events),
                    path=output,
                )
            )
    return intake.exit_code(reading)


def _summary(table: Any, output: str, reading: Any) -> str:
    import orjson

    return orjson.dumps(
        {
            "output": output,
            "relationships": table.num_rows,
            "events": len(reading.events),
            "rejected": reading.rejected.num_rows,
            "repeated": reading.duplicates,
        }
    ).decode()
