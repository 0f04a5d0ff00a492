"""Open a desk for commands and servers: its home named, Django ready, the database up to date."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from troth.content.told import ToldError
from troth.web.config.home import HOME_VARIABLE, Home, default_home

if TYPE_CHECKING:
    from pathlib import Path


class NoDeskError(ToldError):
    """There is no desk at the home asked for; it says how to make one."""


def home_at(path: Path | str | None) -> Home:
    """The home named, or the default one."""
    if path is not None:
        os.environ[HOME_VARIABLE] = str(path)
    return default_home()


def open_desk(path: Path | str | None = None, *, make: bool = False) -> Home:
    """Make Django ready for a desk.

    Args:
        path: its home; ``TROTH_HOME`` or ``~/.troth`` where None.
        make: whether a desk may be made where there is none.

    Returns:
        The home.

    Raises:
        NoDeskError: there is none, and none may be made.
    """
    home = home_at(path)
    if not make and not home.database.exists():
        raise NoDeskError("cli.desk.none", path=home.path)
    home.make()
    os.environ["DJANGO_SETTINGS_MODULE"] = "troth.web.config.settings"
    import django

    django.setup()
    _up_to_date()
    return home


def load_pages() -> None:
    """Load every page once, before a server forks: its processes then begin with all of it."""
    import multiprocessing

    if multiprocessing.get_start_method() != "fork":
        return  # each process must load for itself; here it would be for nothing
    from django.db import connections
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    connections.close_all()  # a connection must not be shared with a child


def _up_to_date() -> None:
    """Bring the database to this version; nothing is done where it is."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
