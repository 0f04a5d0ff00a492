"""``troth reader``: train a reader on a team's own rated dialogues; say how good the installed one is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from troth.cli import intake
from troth.cli.main import DONE, SOME_REJECTED

if TYPE_CHECKING:
    from rich.table import Table

    from troth.reading.schema import Dialogue

_ENDING: Final = ".npz"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def reader() -> None:
    """Train a reader on your own rated dialogues, or read the installed one's model card."""


@reader.command()
@click.argument("labelled", metavar="LABELLED.jsonl|-")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False), metavar="READER.npz",
    help="The reader to write, for `troth read --reader`.",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="Of what is held out.")
@click.option("--zone", metavar="NAME", help="Time zone of times without one.")
@click.option(
    "--rejected", default=intake.REJECTED, show_default=True, type=click.Path(dir_okay=False),
    help="Where rejected lines go, with line, field and reason.",
)  # fmt: skip
@intake.language_option
@intake.json_option
def train(labelled: str, lang: str, as_json: bool, **given: Any) -> int:
    """Learn from dialogues that people have rated, and print how well the reader does on those held
    out."""
    from troth.cli.read import zone_of
    from troth.content.text import phrase
    from troth.ledger.errors import UnreadableError
    from troth.ledger.write import write_whole
    from troth.reading.train import train as learn

    if not given["output"].lower().endswith(_ENDING):
        raise intake.WrongUse(phrase("reading.reader_ending", lang, name=given["output"]))
    zone = zone_of(given["zone"])
    try:
        dialogues, refused = _labelled(labelled, zone, given["rejected"], lang)
    except UnreadableError as error:
        raise intake.BrokenInput(error.line(lang)) from error
    if not any(dialogue.labels for dialogue in dialogues):
        raise intake.WrongUse(phrase("reading.no_labels", lang))
    with intake.progress("train", lang) as tell:
        try:
            trained, report = learn(dialogues, given["seed"], tell)
        except ValueError as error:
            raise intake.WrongUse(str(error)) from error
    write_whole(Path(given["output"]), trained.save)
    if as_json:
        import orjson

        told = {"output": given["output"], "rejected": refused} | report
        click.echo(orjson.dumps(told, option=orjson.OPT_SERIALIZE_NUMPY).decode())
    else:
        from rich.console import Console

        console = Console()
        for table in figures(report, lang):
            console.print(table)
        click.echo(phrase("reading.trained", lang, count=len(dialogues), path=given["output"]))
    return SOME_REJECTED if refused else DONE


def _labelled(source: str, zone: Any, rejected: str, lang: str) -> tuple[list[Dialogue], int]:
    """The dialogues, and how many lines were refused; what was left out is said."""
    from troth.content.text import phrase
    from troth.reading.dialogues import Terms
    from troth.reading.files import Intake
    from troth.reading.lines import Lines
    from troth.reading.rejected_file import RejectedFile

    with Lines(source) as lines, RejectedFile(rejected) as refused:
        taken = Intake(lines, Terms(zone, labelled=True, lang=lang), refused.add)
        dialogues = [dialogue for batch in taken.batches() for dialogue in batch]
    if taken.repeated:
        click.echo(phrase("reading.repeated", lang, count=taken.repeated), err=True)
    if taken.rejected:
        text = phrase("reading.rejected", lang, count=taken.rejected, path=rejected)
        click.echo(text, err=True)
    return dialogues, taken.rejected


def figures(report: dict[str, Any], lang: str) -> list[Table]:
    """Held-out accuracy, and calibration, as tables.

    Args:
        report: ``targets``: by what is forecast, ``model`` and ``baseline``, each with figures by
            measure; ``calibration``: by what is forecast, rows of ``from``, ``to``, ``forecast``,
            ``observed``, ``count``.
        lang: ``zh`` or ``en``.

    Returns:
        One table, and one more for each calibration.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from troth.content.text import phrase

    targets = report.get("targets", {})
    who = ("model", "baseline")
    measures = list(
        dict.fromkeys(m for told in targets.values() for w in who for m in told.get(w, {}))
    )
    held_out = {name: report.get(name, 0) for name in ("dialogues", "held_out")}
    table = Table(box=SIMPLE_HEAD, title=phrase("reading.held_out", lang, **held_out))
    table.add_column("", no_wrap=True)
    for measure in measures:
        table.add_column(_named("reading.measure", measure, lang), justify="right")
    for target, told in targets.items():
        for name in who:
            if name in told:
                label = (
                    f"{_named('reading.target', target, lang)} · {_named('reading', name, lang)}"
                )
                cells = [_figure(told[name].get(measure)) for measure in measures]
                table.add_row(label, *cells)
    curves = report.get("calibration", {}).items()
    return [table, *(_calibration(target, rows, lang) for target, rows in curves)]


def _calibration(target: str, rows: list[dict[str, float]], lang: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    from troth.content.text import phrase

    name = _named("reading.target", target, lang)
    table = Table(box=SIMPLE_HEAD, title=phrase("reading.calibration", lang, target=name))
    for column in ("range", "forecast", "observed", "count"):
        table.add_column(_named("reading.calibration", column, lang), justify="right")
    for row in rows:
        span = f"{row['from']:.2f}–{row['to']:.2f}"
        table.add_row(
            span, _figure(row["forecast"]), _figure(row["observed"]), f"{row['count']:,.0f}"
        )
    return table


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:d}" if isinstance(value, int) else f"{value:.4f}"


def _named(group: str, name: str, lang: str) -> str:
    """The phrase for a name, or the name where nobody has worded it yet."""
    from troth.content.text import phrase, phrases

    key = f"{group}.{name}"
    return phrase(key, lang) if key in phrases() else name


@reader.command()
@intake.language_option
@intake.json_option
def card(lang: str, as_json: bool) -> int:
    """Print the installed reader's model card: what it is for, from what data, how good, where it
    fails."""
    from troth.reading.card import card as model_card

    told = model_card()
    if as_json:
        import orjson

        click.echo(orjson.dumps(told.to_json()).decode())
        return DONE
    from rich.console import Console

    from troth.pages.card_terminal import render_card

    render_card(told, lang, Console())
    return DONE
