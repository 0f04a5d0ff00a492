"""``troth import``: a file into the desk, by the same checks and deeds as the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from troth.cli import intake
from troth.cli.desk.home import desk_errors, home_option
from troth.cli.main import BROKEN_INPUT, DONE, SOME_REJECTED

if TYPE_CHECKING:
    from troth.ledger.events import Reading


@click.command("import")
@click.argument("file", type=click.Path(allow_dash=True))
@home_option
@click.option("--house", help="Key of the house it is about; needed where there are several.")
@click.option(
    "--format", "form", help="events, columns, wecom, chat_text, zendesk, chatwoot, mail."
)
@click.option("--preset", help="A mapping that ships, such as ctrip_reviews.")
@click.option(
    "--zone", help="Of times without a zone; the desk's by default. Our own events name theirs."
)
@click.option("--staff", multiple=True, help="A name, id or address of one of our own people.")
@click.option("--dry-run", is_flag=True, help="Check and tell, keep nothing.")
@click.option(
    "--rejected", default=intake.REJECTED, show_default=True, type=click.Path(dir_okay=False),
    help="Where refused rows go, with row, column and reason.",
)  # fmt: skip
@intake.language_option
@intake.json_option
@desk_errors
def take_in(
    file: str,
    home: str | None,
    house: str | None,
    form: str | None,
    preset: str | None,
    zone: str | None,
    staff: tuple[str, ...],
    dry_run: bool,
    rejected: str,
    lang: str,
    as_json: bool,
) -> int:
    """Import FILE (or - for standard input) into the desk; exit 1 where rows were refused."""
    from troth.web.config.opening import open_desk

    open_desk(home)
    name, data = _read(file)
    told = {
        "house": _house(house, lang), "format": form, "preset": preset, "zone": zone or _zone(),
        "staff": list(staff) or None,
    }  # fmt: skip
    if dry_run:
        return _try(name, data, told, (rejected, lang, as_json))
    return _import(name, data, told, (rejected, lang, as_json))


def _read(file: str) -> tuple[str, bytes]:
    import sys

    if file == "-":
        return "stdin", sys.stdin.buffer.read()
    try:
        return Path(file).name, Path(file).read_bytes()
    except OSError as error:
        raise intake.BrokenInput(f"{file}: {error.strerror or error}") from error


def _house(house: str | None, lang: str) -> str:
    """The house named, or the only one there is; a desk without houses takes the first by name."""
    from troth.content.text import phrase
    from troth.web.parties.models import Party

    found = Party.objects.filter(kind=Party.Kind.ORGANISATION)
    keys = list(found.values_list("key", flat=True)[:20])
    named = keys if house is None else list(found.filter(key=house).values_list("key", flat=True))
    if len(named) == 1:
        return named[0]
    if house and not keys:
        return house
    key = "cli.desk.which_house" if house is None else "cli.desk.no_house"
    raise intake.WrongUse(phrase(key, lang, house=house, houses=", ".join(keys) or "–"))


def _zone() -> str:
    from troth.web.accounts.models import User

    first = User.objects.filter(role=User.Role.ADMIN).order_by("pk").first()
    return first.zone if first else "UTC"


def _try(name: str, data: bytes, told: dict[str, Any], how: tuple[str, str, bool]) -> int:
    from troth.ledger.errors import UnreadableError
    from troth.trust.clock import now_us
    from troth.web.ledger.imports import dry_run

    rejected, lang, as_json = how
    try:
        reading, _ = dry_run(name, data, told, now_us(), lang)
    except UnreadableError as error:
        raise intake.BrokenInput(error.line(lang)) from error
    except ValueError as error:
        raise intake.BrokenInput(str(error)) from error
    _write_rejected(reading, rejected)
    counts = {
        "taken": len(reading.events), "repeated": reading.duplicates,
        "rejected": reading.rejected.num_rows,
    }  # fmt: skip
    return _tell("cli.desk.would", counts, rejected, lang, as_json=as_json)


def _write_rejected(reading: Reading, path: str) -> None:
    from troth.ledger.write import write_rejected

    if reading.rejected.num_rows:
        write_rejected(reading.rejected, Path(path))


def _import(name: str, data: bytes, told: dict[str, Any], how: tuple[str, str, bool]) -> int:
    from troth.web.accounts.actor import Actor
    from troth.web.ledger.imports import new_batch, rejected_path, run_import
    from troth.web.ledger.models import Batch

    rejected, lang, as_json = how
    actor = Actor(None, "command")
    batch = run_import(new_batch(actor, name, data, told), actor, lang)
    if batch.state == Batch.State.FAILED:
        click.echo(batch.problem, err=True)
        return BROKEN_INPUT
    kept = rejected_path(batch)
    if kept is not None:
        Path(rejected).write_bytes(kept.read_bytes())
    counts = {"taken": batch.taken, "repeated": batch.repeated, "rejected": batch.rejected}
    return _tell("cli.desk.imported", counts, rejected, lang, as_json=as_json)


def _tell(key: str, counts: dict[str, int], rejected: str, lang: str, *, as_json: bool) -> int:
    import orjson

    from troth.content.text import phrase

    if as_json:
        click.echo(orjson.dumps(counts).decode())
    else:
        click.echo(phrase(key, lang, **{name: f"{n:,}" for name, n in counts.items()}))
        if counts["rejected"]:
            told = phrase("cli.rejected", lang, count=counts["rejected"], path=rejected)
            click.echo(told, err=True)
    return SOME_REJECTED if counts["rejected"] else DONE
