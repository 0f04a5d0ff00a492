"""``troth init``: make a desk and its first admin."""

from __future__ import annotations

from typing import Any

import click

from troth.cli import intake
from troth.cli.desk.home import desk_errors, home_option


@click.command("init")
@home_option
@click.option("--user", default="admin", show_default=True, help="Name of the first admin.")
@click.option("--house", help="Name of the house served for, such as “Linjiang Hotel”.")
@click.option("--zone", default="Asia/Shanghai", show_default=True, help="Its time zone.")
@intake.language_option
@intake.json_option
@desk_errors
def init(
    home: str | None, user: str, house: str | None, zone: str, lang: str, as_json: bool
) -> None:
    """Make a desk: its folder, database, keys, and an admin whose password is shown once."""
    import orjson

    from troth.content.text import phrase
    from troth.web.config.opening import home_at, open_desk

    if home_at(home).database.exists():
        raise intake.WrongUse(phrase("cli.desk.exists", lang, path=home_at(home).path))
    opened = open_desk(home, make=True)
    told = _first(user, house, zone, lang)
    if as_json:
        click.echo(orjson.dumps({"home": str(opened.path), **told}).decode())
        return
    click.echo(phrase("cli.desk.made", lang, path=opened.path))
    click.echo(phrase("cli.desk.password", lang, **told))
    click.echo(phrase("cli.desk.serve", lang, path=opened.path))


def _first(user: str, house: str | None, zone: str, lang: str) -> dict[str, Any]:
    from troth.web.accounts.actor import Actor
    from troth.web.ledger.beginnings import begin_desk

    password = begin_desk(Actor(None, "command"), user=user, house=house, zone=zone, lang=lang)
    return {"user": user, "password": password}
