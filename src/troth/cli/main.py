"""``troth``: the group of commands and how errors leave the program."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

DONE, SOME_REJECTED, WRONG_USE, BROKEN_INPUT, INTERNAL = 0, 1, 2, 3, 4

#: name → (module, one line for the list of commands)
COMMANDS = {
    "score": ("troth.cli.score", "Where trust stands in every relationship."),
    "explain": (
        "troth.cli.explain",
        "Why: one relationship, its evidence and what would change it.",
    ),
    "fit": ("troth.cli.fit", "Learn the weights from your own outcomes, judged on later ones."),
    "read": ("troth.cli.read", "What a message or a dialogue says: acts, feeling, promises."),
    "draft": ("troth.cli.draft", "A reply before it is sent: remarks, promises, better wording."),
    "reader": ("troth.cli.reader", "Train a reader on your own dialogues; its model card."),
    "check": ("troth.cli.check", "Validate events and list what would be rejected."),
    "convert": ("troth.cli.convert", "Turn events from one format into another."),
    "demo": ("troth.cli.demo", "A year of a hotel, a shop and a bank, in a desk to try."),
    "init": ("troth.cli.desk.init", "Make a desk for your team, and its first admin."),
    "serve": ("troth.cli.desk.serve", "Open the desk on this machine."),
    "import": ("troth.cli.desk.take_in", "Bring a file into the desk."),
    "export": ("troth.cli.desk.keep", "Write all that is in the desk into a folder."),
    "backup": ("troth.cli.desk.keep", "Back the desk up while people work."),
    "restore": ("troth.cli.desk.keep", "Bring a back-up back."),
    "rebuild": ("troth.cli.desk.keep", "Reckon everything kept anew from the ledger."),
    "doctor": ("troth.cli.desk.keep", "Prove that nothing was altered; look after the desk."),
}


def name_of(command: str) -> str:
    """What a command's function is called: as the command, where Python has not taken the word."""
    return {"import": "take_in"}.get(command, command)


class Lazy(click.Group):
    """Lists its commands without loading them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of a newcomer's day."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(COMMANDS[cmd_name][0]), name_of(cmd_name))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from their one-liners alone."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="troth", message="troth %(version)s")
def troth() -> None:
    """Troth keeps the trust between a service team and the people it serves.

    Every message, promise, complaint and review is evidence. troth weighs it and says where trust
    stands in every relationship, why, and what would change it. Start with: troth demo
    """


def main(args: list[str] | None = None) -> None:
    """Run a command and leave with an exit code that means something.

    0 done, 1 finished with rejected rows, 2 wrong use, 3 broken input, 4 internal.
    """
    try:
        code: Any = troth.main(args=args, prog_name="troth", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever read our output has had enough; without this Python complains at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except Exception as error:  # the last door: say what broke, keep the trace for who asks
        if os.environ.get("TROTH_TRACE"):
            raise
        click.echo(f"troth: internal error: {type(error).__name__}: {error}", err=True)
        click.echo("Run again with TROTH_TRACE=1 for the trace.", err=True)
        sys.exit(INTERNAL)
    sys.exit(code if isinstance(code, int) else DONE)


if __name__ == "__main__":
    main()
