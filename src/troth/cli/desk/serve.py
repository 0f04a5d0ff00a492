"""``troth serve``: the desk on this machine, with its worker beside it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from troth.cli import intake
from troth.cli.desk.home import desk_errors, home_option

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A page or a job that takes longer to end is cut off; what it had not committed is not there.
KILLED_AFTER_SECONDS = 10


@click.command()
@home_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Loopback unless you say so.")
@click.option("--port", default=8420, show_default=True, type=int)
@click.option("--workers", default=2, show_default=True, type=int, help="Server processes.")
@intake.language_option
@desk_errors
def serve(home: str | None, host: str, port: int, workers: int, lang: str) -> None:
    """Serve the desk until you press Ctrl+C. Imports and reminders run beside it."""
    from troth.content.text import phrase
    from troth.web.config.opening import open_desk

    open_desk(home)
    click.echo(phrase("cli.desk.at", lang, address=f"http://{_shown(host)}:{port}/"))
    run_server(host, port, workers)


def _shown(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 - compared, not bound


def run_server(host: str, port: int, workers: int) -> None:
    """Run server and worker until told to stop.

    Args:
        host: address to listen at.
        port: likewise.
        workers: server processes.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from troth.web.config.opening import load_pages

    if host not in ("127.0.0.1", "localhost", "::1"):
        hosts = os.environ.get("TROTH_HOSTS", "127.0.0.1,localhost,[::1]")
        os.environ["TROTH_HOSTS"] = hosts if host in hosts else f"{hosts},{host}"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "troth.web.config.settings")
    os.environ["TROTH_WARM"] = "1"
    with _worker():
        load_pages()
        Granian(
            "troth.web.config.wsgi:application", address=host, port=port, workers=workers,
            interface=Interfaces.WSGI, blocking_threads=2, log_level=LogLevels.warning,
            websockets=False, workers_kill_timeout=KILLED_AFTER_SECONDS,
        ).serve()  # fmt: skip


@contextmanager
def _worker() -> Iterator[None]:
    """The process that runs jobs; it ends with the server."""
    own_group = 0 if os.name == "posix" else None
    # A group of its own: Ctrl+C is for the server, which then ends the worker.
    process = subprocess.Popen(
        [sys.executable, "-m", "troth.web.config.worker"], process_group=own_group
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=KILLED_AFTER_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
