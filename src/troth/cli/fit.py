"""``troth fit``: learn the weights and judge them on later outcomes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from troth.cli import intake

if TYPE_CHECKING:
    from troth.trust.judge import Protocol
    from troth.trust.learn import Fitted


def _listed(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, ...]:
    del ctx, param
    return tuple(part.strip() for part in value.split(",") if part.strip()) if value else ()


def _days(
    ctx: click.Context, param: click.Parameter, value: str | None
) -> tuple[float, ...] | None:
    from troth.traces.decay import rates_of

    if value is None:
        return None
    try:
        days = tuple(float(part) for part in value.split(","))
        rates_of(days)
    except ValueError as error:
        raise click.BadParameter(str(error), ctx, param) from error
    return days


@click.command()
@intake.events_argument
@click.option("-o", "--output", type=click.Path(dir_okay=False), help="PARAMS.toml to write.")
@click.option(
    "--test-from", default="0.6", show_default=True,
    help="Judge on what comes after this share of the outcomes, or after this time.",
)  # fmt: skip
@click.option("--refits", type=click.IntRange(0, 1000), default=8, show_default=True)
@click.option("--group", help="A column whose values are worlds of their own.")
@click.option("--test-groups", callback=_listed, metavar="A,B,…", help="Groups to judge on.")
@click.option(
    "--covariates", callback=_listed, metavar="A,B,…", help="Numeric columns that may help."
)
@click.option("--half-lives", callback=_days, metavar="DAYS,…", help="Default 0.25,2,14,90,inf.")
@click.option(
    "--predictions", type=click.Path(dir_okay=False), help="FILE for event_id, probability."
)
@click.option("--no-baselines", is_flag=True, help="Skip the baselines.")
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Of baselines that draw at random."
)
@intake.json_option
@intake.plain_errors(ValueError)
def fit(
    events: tuple[str, ...], assume_utc: bool, rejected: str, lang: str, as_json: bool, **asked: Any
) -> int:
    """Learn the weights of the belief from EVENTS and print how well they forecast later outcomes,
    beside baselines."""
    from troth.ledger.write import write_table
    from troth.trust.learn import fit as learn
    from troth.trust.parameters import write_parameters

    protocol = _protocol(asked)
    reading = intake.take_in(events, assume_utc, rejected, lang)
    options = {} if asked["half_lives"] is None else {"half_lives_days": asked["half_lives"]}
    with intake.progress("fit", lang) as tell:
        fitted = learn(
            reading.events, protocol=protocol, covariates=asked["covariates"], seed=asked["seed"],
            baselines=not asked["no_baselines"], progress=tell, **options,
        )  # fmt: skip
    if asked["output"]:
        write_parameters(fitted.parameters, Path(asked["output"]))
    if asked["predictions"]:
        write_table(fitted.predictions, asked["predictions"])
    if as_json:
        import orjson

        click.echo(orjson.dumps(fitted.figures).decode())
    else:
        _show(fitted, lang, asked["output"])
    return intake.exit_code(reading)


def _protocol(asked: dict[str, Any]) -> Protocol:
    """What is held out, as asked.

    Raises:
        WrongUse: the options contradict each other.
    """
    from troth.trust.clock import time_us
    from troth.trust.judge import TEST_FROM, Protocol

    if bool(asked["group"]) != bool(asked["test_groups"]):
        msg = "--group and --test-groups go together"
        raise intake.WrongUse(msg)
    share, at_us = TEST_FROM, None
    try:
        share = float(asked["test_from"])
    except ValueError:
        at_us = time_us(asked["test_from"])
    if not 0 < share < 1:
        msg = f"--test-from must be a share between 0 and 1 or a time, got {asked['test_from']}"
        raise intake.WrongUse(msg)
    return Protocol(share, at_us, asked["refits"], asked["group"], asked["test_groups"])


def _show(fitted: Fitted, lang: str, output: str | None) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from troth.content.text import phrase

    figures = fitted.figures
    table = Table(
        box=SIMPLE_HEAD,
        title=phrase("cli.fit.title", lang, rows=figures["rows"], since=figures["test_from"]),
    )
    table.add_column("", no_wrap=True)
    for name in ("log_loss", "auc", "brier", "ece", "coverage"):
        table.add_column(phrase(f"cli.fit.{name}", lang), justify="right")
    rows = [
        (phrase("cli.fit.model", lang, refits=figures["refits"]), figures["model"]),
        (phrase("cli.fit.frozen", lang), figures["frozen"]),
        *figures["baselines"].items(),
    ]
    for name, row in rows:
        cells = [row.get(k) for k in ("log_loss", "auc", "brier", "ece", "coverage")]
        table.add_row(name, *("" if v is None else f"{v:.4f}" for v in cells))
    console = Console()
    console.print(table)
    if output:
        console.print(phrase("cli.fit.written", lang, path=output))
