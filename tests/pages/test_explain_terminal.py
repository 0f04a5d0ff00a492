"""A relationship in the terminal: 80 columns, no colour needed, the same sums."""

from __future__ import annotations

import io
import re

import pyarrow as pa
import pytest
from rich.cells import cell_len
from rich.console import Console

from tests.pages.demo import LIVE, SHANGHAI, explained, newcomer
from tests.pages.reader import hundredths
from troth.lab.demo import DEMO_UNTIL_US, demo_names
from troth.ledger.read import read_events
from troth.pages import render_explanation
from troth.trust.explain import Explanation, explain


def printed(told: Explanation, lang: str, *, names: bool = True, width: int = 80) -> str:
    """What a file receives."""
    out = io.StringIO()
    console = Console(file=out, width=width)
    render_explanation(told, demo_names() if names else {}, lang, SHANGHAI, console)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("who", LIVE, ids=lambda who: who[0])
def test_the_sums_shown_add_up(who: tuple[str, str], lang: str) -> None:
    """The rows above each total sum to it; rows of an origin's two signs sum to that origin."""
    text = printed(explained(*who), lang)
    total = ("合计，即", "证据合计") if lang == "zh" else ("Total, that is", "All evidence")
    figures = [(line, hundredths(m[1])) for line in text.splitlines()
               if (m := re.search(r" ([+−]?\d+\.\d\d) *$", line))]  # fmt: skip
    ends = [i for i, (line, _) in enumerate(figures) if line.strip().startswith(total)]
    assert len(ends) == 2
    origins = [value for _, value in figures[: ends[0]]]
    assert sum(origins) == figures[ends[0]][1]
    events = [value for _, value in figures[ends[0] + 1 : ends[1]]]
    assert sum(events) == figures[ends[1]][1] == sum(origins[1:])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("who", [LIVE[1], LIVE[3]], ids=lambda who: who[0])
def test_it_fits_80_columns_without_colour(who: tuple[str, str], lang: str) -> None:
    """No line is wider, and a file or pipe receives no control codes."""
    text = printed(explained(*who), lang)
    assert max(cell_len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_too_early_shows_no_number(lang: str) -> None:
    """The words stand alone."""
    text = printed(explained(*newcomer()), lang)
    assert ("证据还太少" if lang == "zh" else "Too early to tell") in text
    assert "%" not in text


def test_control_codes_and_markup_are_shown_and_never_obeyed() -> None:
    """A message cannot colour, clear or rewrite the reader's terminal."""
    bad = "[bold red]x[/bold red] \x1b[2J\x9b31m\r\u202eend"
    rows = [
        {"event_id": str(i), "at": f"2026-03-0{i}T09:00:00Z", "truster": f"guest:{bad}",
         "trustee": "staff:b", "kind": "promise_broken", "text": bad}
        for i in (1, 2, 3)
    ]  # fmt: skip
    events = read_events(pa.Table.from_pylist(rows), now_us=DEMO_UNTIL_US).events
    text = printed(explain(events, f"guest:{bad}", "staff:b"), "en", names=False, width=120)
    assert "[bold red]x[/bold red]" in text
    assert not set("\x1b\x9b\r\u202e") & set(text)
