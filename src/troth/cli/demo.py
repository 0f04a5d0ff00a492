"""``troth demo``: a seeded year of a hotel, a shop and a bank, today's list, and the desk it lives in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

import click

from troth.cli import intake
from troth.cli.desk.home import desk_errors

if TYPE_CHECKING:
    from troth.guidance.today import Today
    from troth.ledger.events import Events
    from troth.trust.explain import Explainer

ZONE: Final = "Asia/Shanghai"
EVENTS_FILE, TODAY_FILE, DESK_FOLDER = "events.jsonl", "today.html", "desk"


@click.command()
@click.option("-o", "--output", default="demo", show_default=True, type=click.Path(file_okay=False))
@click.option("--seed", type=int, default=7, show_default=True)
@intake.time_option("--until", "Where the year ends; now, or with --pages the demo's own spring.")
@click.option("--pages", is_flag=True, help="Pages to read without a desk, instead of the desk.")
@click.option("--serve/--no-serve", default=True, help="Open the desk after printing.")
@click.option("--fresh", is_flag=True, help="Begin anew where a demo is there already.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8420, show_default=True, type=int)
@intake.language_option
@intake.json_option
@desk_errors
def demo(
    output: str,
    seed: int,
    until: int | None,
    pages: bool,
    serve: bool,
    fresh: bool,
    host: str,
    port: int,
    lang: str,
    as_json: bool,
) -> None:
    """Play a year of a hotel, a shop and a bank (made up, labelled as demo), print today's list and
    open the desk.
    """
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    if pages:
        _show_pages(folder, (seed, until), lang, as_json=as_json)
        return
    from troth.cli.desk.demo import show_desk
    from troth.cli.desk.serve import run_server

    show_desk(folder / DESK_FOLDER, (seed, until), lang, f"http://{host}:{port}/", fresh=fresh)
    if serve:
        run_server(host, port, workers=2)


def _show_pages(folder: Path, year: tuple[int, int | None], lang: str, *, as_json: bool) -> None:
    """Today's list and the pages behind it, as files."""
    from rich.console import Console

    from troth.content.text import phrase
    from troth.lab.demo import DEMO_UNTIL_US, demo_names
    from troth.pages import render_today

    zone = ZoneInfo(ZONE)
    seed, until = year
    at_us = DEMO_UNTIL_US if until is None else until
    with intake.progress("demo", lang) as tell:
        events = _events(seed, at_us, folder)
        today, explainer = _today(events, at_us, zone)
        pages = _write_pages(today, explainer, folder, (lang, zone), tell)
    if as_json:
        click.echo(_json(today, pages, folder))
        return
    render_today(today, demo_names(), lang, zone, Console())
    click.echo(
        phrase(
            "cli.demo.done", lang, events=len(events), count=len(pages), path=folder / TODAY_FILE
        )
    )
    first = today.relationships()[0]
    command = f"troth explain {folder / EVENTS_FILE} --truster {first[0]} --trustee {first[1]}"
    click.echo(phrase("cli.demo.next", lang, command=command))


def _events(seed: int, until_us: int, folder: Path) -> Events:
    """The year's events, written where a newcomer can look at them."""
    import pyarrow as pa

    from troth.lab.demo import demo_events
    from troth.ledger.read import read_events
    from troth.ledger.write import write_events

    table = pa.Table.from_pylist(demo_events(seed, until_us))
    events = read_events(table, now_us=until_us).events
    write_events(events, folder / EVENTS_FILE)
    return events


def _today(events: Events, at_us: int, zone: ZoneInfo) -> tuple[Today, Explainer]:
    from troth.guidance.today import todays_list
    from troth.trust.explain import Explainer
    from troth.trust.parameters import default_parameters
    from troth.trust.score import score_events

    explainer = Explainer(events, at_us=at_us)
    now = score_events(events, default_parameters(), at_us=at_us, by="house").to_pylist()
    return todays_list(events.table, now, at_us, zone, explainer.explain), explainer


def _write_pages(
    today: Today, explainer: Explainer, folder: Path, reader: tuple[str, ZoneInfo], tell: Any
) -> list[Path]:
    """Today's page and one for each relationship on it."""
    from troth.lab.demo import demo_names
    from troth.ledger.write import write_whole
    from troth.pages import explanation_html, page_name, today_html

    names, (lang, zone) = demo_names(), reader
    who = today.relationships()
    written = [folder / TODAY_FILE]
    html = [today_html(today, names, lang, zone)]
    for done, (truster, trustee) in enumerate(who, start=1):
        told = explainer.explain(truster, trustee)
        html.append(explanation_html(told, explainer.events.table, names, lang, zone))
        written.append(folder / page_name(truster, trustee))
        tell("demo", done, len(who))
    for path, page in zip(written, html, strict=True):
        write_whole(path, partial(_put, page))
    return written


def _put(page: str, file: IO[bytes]) -> None:
    file.write(page.encode())


def _json(today: Today, pages: list[Path], folder: Path) -> str:
    from dataclasses import asdict

    import orjson

    told = {"today": asdict(today), "pages": [str(p) for p in pages]}
    return orjson.dumps(told | {"events": str(folder / EVENTS_FILE)}, default=str).decode()
