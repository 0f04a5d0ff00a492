"""The demo's desk: made or found again, with passwords of its own, and today's list in the terminal."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

import click

from troth.cli import intake

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console


ZONE: Final = "Asia/Shanghai"


def show_desk(
    home: Path, year: tuple[int, int | None], lang: str, address: str, *, fresh: bool
) -> None:
    """Make the demo's desk, or open the one that is there, and print what a newcomer needs.

    Args:
        home: the desk's folder.
        year: seed, and where the year ends (now where None).
        lang: ``zh`` or ``en``.
        address: where it will be served.
        fresh: whether a desk that is there is thrown away first.
    """
    from rich.console import Console

    from troth.content.text import phrase
    from troth.web.config.opening import open_desk

    if fresh and (home / "desk.sqlite3").exists():
        shutil.rmtree(home)
    open_desk(home.resolve(), make=True)
    passwords = _seeded(year, lang)
    console = Console()
    _print_today(lang, console)
    from troth.web.ledger.models import Event

    click.echo(phrase("cli.demo.served", lang, events=f"{Event.objects.count():,}"))
    click.echo(phrase("cli.demo.users", lang))
    for (role, name), password in passwords.items():
        click.echo(f"  {name:<10} {password:<34} {phrase(f'cli.demo.role.{role}', lang)}")
    click.echo(phrase("cli.desk.at", lang, address=address))
    click.echo(phrase("cli.demo.later", lang, path=home))


def _seeded(year: tuple[int, int | None], lang: str) -> dict[tuple[str, str], str]:
    """Passwords by (role, name), of a new demo or of the one that is there."""
    from troth.trust.clock import now_us
    from troth.web.accounts.actor import Actor
    from troth.web.config.demo import seed_whole_demo
    from troth.web.ledger.demo import is_demo, renew_passwords

    seed, until = year
    actor = Actor(None, "command", now_us() if until is None else until)
    if not is_demo():
        with intake.progress("demo", lang) as tell:
            seed_whole_demo(actor, seed, tell)
    return renew_passwords(actor)


def _print_today(lang: str, console: Console) -> None:
    from troth.pages import render_today
    from troth.trust.clock import now_us
    from troth.web.accounts.access import Scope
    from troth.web.accounts.models import User
    from troth.web.ledger.day import names_in, names_of, todays

    zone = ZoneInfo(ZONE)
    admin = User.objects.filter(role=User.Role.ADMIN, is_active=True).first()
    if admin is None:
        return
    today = todays(Scope(admin), now_us(), zone)
    render_today(today, names_of(names_in(today)), lang, zone, console)
