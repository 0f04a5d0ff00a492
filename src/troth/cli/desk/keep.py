"""``troth backup``, ``restore``, ``export``, ``rebuild`` and ``doctor``: keeping a desk well."""

from __future__ import annotations

from pathlib import Path

import click

from troth.cli import intake
from troth.cli.desk.home import desk_errors, home_option
from troth.cli.main import BROKEN_INPUT, DONE


@click.command()
@click.argument("file", type=click.Path(dir_okay=False))
@home_option
@intake.language_option
@desk_errors
def backup(file: str, home: str | None, lang: str) -> None:
    """Write the desk into FILE (.tar.gz) while people work on; keys stay outside."""
    from troth.content.text import phrase
    from troth.trust.clock import now_us
    from troth.web.config.opening import open_desk
    from troth.web.ledger.backup import BackupError, back_up

    opened = open_desk(home)
    try:
        size = back_up(opened, Path(file), now_us())
    except BackupError as error:
        raise intake.WrongUse(error.said(lang)) from error
    megabytes = f"{size / 1e6:,.1f}"
    click.echo(phrase("cli.desk.backed_up", lang, path=file, megabytes=megabytes, keys=opened.keys))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@home_option
@intake.language_option
@desk_errors
def restore(file: str, home: str | None, lang: str) -> None:
    """Bring a back-up into a home that holds no desk; put its keys there first."""
    from troth.content.text import phrase
    from troth.web.config.opening import home_at, open_desk
    from troth.web.ledger.backup import BackupError
    from troth.web.ledger.backup import restore as bring_back

    try:
        bring_back(home_at(home), Path(file))
    except BackupError as error:
        raise intake.BrokenInput(error.said(lang)) from error
    opened = open_desk(home)
    click.echo(phrase("cli.desk.restored", lang, path=opened.path))


@click.command()
@click.argument("folder", type=click.Path(file_okay=False))
@home_option
@click.option("--all", "everything", is_flag=True, required=True, help="All there is, all formats.")
@intake.language_option
@desk_errors
def export(folder: str, home: str | None, everything: bool, lang: str) -> None:
    """Write all there is into FOLDER as CSV, JSONL and Parquet, with trust edges beside."""
    del everything  # the only choice there is; said aloud so that nobody exports by accident
    from troth.content.text import phrase
    from troth.web.config.opening import open_desk

    open_desk(home)
    from troth.web.accounts.actor import Actor
    from troth.web.ledger.export import export_all

    Path(folder).mkdir(parents=True, exist_ok=True)
    files = export_all(Actor(None, "command"), Path(folder))
    click.echo(phrase("cli.desk.exported", lang, count=len(files), path=folder))


@click.command()
@home_option
@intake.language_option
@intake.json_option
@desk_errors
def rebuild(home: str | None, lang: str, as_json: bool) -> None:
    """Reckon everything kept anew from the ledger and say how far it differed."""
    from dataclasses import asdict

    import orjson

    from troth.content.text import phrase
    from troth.trust.clock import now_us
    from troth.web.config.opening import open_desk

    open_desk(home)
    from troth.web.ledger.rebuild import rebuild as reckon

    with intake.progress("weigh", lang) as tell:
        report = reckon(now_us(), tell)
    if as_json:
        click.echo(orjson.dumps(asdict(report)).decode())
        return
    told = asdict(report) | {"worst": f"{report.worst:.1e}"}
    click.echo(phrase("cli.desk.rebuilt", lang, **told))


@click.command()
@home_option
@intake.language_option
@intake.json_option
@desk_errors
def doctor(home: str | None, lang: str, as_json: bool) -> int:
    """Prove that nothing was altered, and look after keys, disk and jobs; exit 3 where ill."""
    from dataclasses import asdict

    import orjson

    from troth.content.text import phrase
    from troth.web.config.opening import open_desk

    open_desk(home)
    from troth.web.ledger.doctor import checks

    with intake.progress("chain", lang) as tell:
        found = checks(tell)
    if as_json:
        click.echo(orjson.dumps([asdict(check) for check in found]).decode())
    else:
        for check in found:
            mark = "✓" if check.well else "✗"
            ending = "well" if check.well else "ill"
            click.echo(f"{mark} {phrase(f'doctor.{check.name}.{ending}', lang, **check.values)}")
    return DONE if all(check.well for check in found) else BROKEN_INPUT
