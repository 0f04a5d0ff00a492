"""What commands about a desk share: its home, and errors on one line."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from troth.cli.intake import BrokenInput, WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable

home_option = click.option(
    "--home",
    type=click.Path(file_okay=False),
    envvar="TROTH_HOME",
    help="Where the desk lives; $TROTH_HOME, else ~/.troth.",
)


def desk_errors(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn what a desk cannot do into one clear line: no desk, a full disk, a locked database."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        from troth.web.config.opening import NoDeskError
        from troth.web.ledger.faults import DeskFaultError, told_faults

        lang = kwargs.get("lang", "en")
        try:
            with told_faults(lang):
                return command(*args, **kwargs)
        except NoDeskError as error:
            raise WrongUse(error.said(lang)) from error
        except DeskFaultError as error:
            raise BrokenInput(str(error)) from error

    return run
