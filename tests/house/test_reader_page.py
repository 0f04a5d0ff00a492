"""What is said of the reader: the page repeats committed figures, its examples of
error are still read as told, and the READMEs show what is printed.
"""

from __future__ import annotations

import json
import re
import shlex
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.truth import card
from troth.cli.read import read
from troth.content.acts import SCOPES, acts
from troth.reading.reader import Reader

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/explanation/what-the-reader-reads.md"
EXAMPLES = re.findall(
    r'^\* (customer|staff): [“"](.+)[”"] → (.+)$', PAGE.read_text("utf-8"), re.MULTILINE
)
SAID = datetime(2026, 11, 24, 10, tzinfo=timezone(timedelta(hours=8)))
#: A feeling this strong is pleasant or unpleasant; the middle of politeness is 2.
FELT, POLITE = 0.15, 2.5


def test_the_page_repeats_the_committed_figures():
    """`python -m benchmarks.truth.card` has nothing left to write on the page."""
    written = PAGE.read_text("utf-8")
    assert card.with_table(written, json.loads(card.STORE.read_text("utf-8"))) == written


def test_the_reference_names_every_act():
    """docs/reference/reading.md names each act in both languages, and who does it."""
    page = (ROOT / "docs/reference/reading.md").read_text("utf-8")
    for act in acts().values():
        harm = "; hurts trust" if act.harm else ""
        row = f"| `{act.name}` | {act.en} | {act.zh} | {', '.join(act.sides)}{harm} |"
        assert row in page, f"the row must be: {row}"


@pytest.mark.parametrize(
    ("readme", "heading"), [("README.md", "What words say"), ("README.zh-CN.md", "话里读得出什么")]
)
def test_figures_of_the_reader_in_a_readme_are_committed_ones(readme, heading):
    """Each figure but the bar stands in benchmarks/truth/reading.md."""
    table = (ROOT / "benchmarks/truth/reading.md").read_text("utf-8")
    section = (ROOT / readme).read_text("utf-8").split(f"## {heading}\n")[1].split("\n## ")[0]
    figures = re.findall(r"(?<![\d.])\.\d{3,4}", section)
    assert len(figures) >= 10
    assert all(re.search(rf"\b0{re.escape(figure)}\b", table) for figure in figures), figures


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_a_readme_shows_what_is_printed(readme, monkeypatch):
    """The lines that a README shows of `troth read` are printed, whatever the hour."""
    page = (ROOT / readme).read_text("utf-8")
    command, *wanted = re.search(r"^\$ (troth read .*?)^```", page, re.MULTILINE | re.DOTALL)[
        1
    ].splitlines()
    lang = "zh" if "zh" in readme else "en"
    monkeypatch.setenv("COLUMNS", "80")
    given = [*shlex.split(command)[2:], "--lang", lang, "--zone", "UTC"]
    shown = CliRunner().invoke(read, [*given, "--at", "2026-11-24T10:00:00+00:00"])
    assert shown.exit_code == 0, shown.output
    printed = {_plain(line) for line in shown.output.splitlines()}
    assert not [line for line in wanted if line not in ("…", "") and _plain(line) not in printed]


def _plain(line: str) -> str:
    """Without the time that is left, which depends on the hour."""
    return re.sub(r"(, in \d+ \w+|，还有 .*)$", "", line.rstrip())


def test_the_recipe_names_every_surrounding():
    """docs/how-to/add-a-cue.md names all that may silence a cue."""
    page = (ROOT / "docs/how-to/add-a-cue.md").read_text("utf-8")
    assert all(f"| `{around}` |" in page for around in SCOPES)


def test_there_are_twenty_kinds_of_error_in_both_languages():
    """Twenty kinds, each with an example, among them both languages."""
    kinds = re.split(r"^\*\*\d+\. ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]
    assert len(kinds) == 20
    assert all(re.search(r"^\* (customer|staff): ", kind, re.MULTILINE) for kind in kinds)
    chinese = sum(bool(re.search("[一-鿿]", text)) for _, text, _ in EXAMPLES)
    assert 15 <= chinese <= len(EXAMPLES) - 15


@pytest.mark.parametrize(("speaker", "text", "told"), EXAMPLES, ids=[e[1] for e in EXAMPLES])
def test_examples_are_read_as_told(speaker, text, told):
    """An error that is mended leaves the page."""
    read = Reader.installed().read_message(text, speaker, SAID)
    acts = {act.act for act in read.acts} | ({"promise"} if read.promises else set())
    dues = {p["due"] for p in read.promises}
    for says in told.split(", "):
        denied, act = re.fullmatch(r"(no )?(?:`(\w+)`|.+)", says).groups()
        if act:
            assert (act in acts) is not bool(denied), says
        elif says.startswith("due "):
            due = datetime.strptime(f"2026 {says[4:]}", "%Y %d %b %H:%M").replace(
                tzinfo=SAID.tzinfo
            )
            assert dues == {due.isoformat()}
        else:
            holds = {
                "pleasant": (read.sentiment or 0) >= FELT,
                "unpleasant": (read.sentiment or 0) <= -FELT,
                "no feeling": read.sentiment is None,
                "polite": (read.politeness or 0) >= POLITE,
                "no promise": not read.promises,
                "no due time": dues == {None},
            }
            assert holds[says], says
