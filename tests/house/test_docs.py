"""What is written stays true: links resolve, commands exist, both READMEs say the same things."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import pytest

from troth.cli.main import COMMANDS, name_of
from troth.content.cards import rules
from troth.content.kinds import codebook

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
READMES = [ROOT / "README.md", ROOT / "README.zh-CN.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_resolve(page):
    """Every link to a file of the project leads to one."""
    prose = re.sub(
        r"```.*?```|`[^`]*`|^    .*?$",
        "",
        page.read_text(encoding="utf-8"),
        flags=re.DOTALL | re.MULTILINE,
    )
    for target in re.findall(r"\]\(([^)#\s]+)", prose):
        if "://" not in target and not target.startswith("mailto:"):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_nothing_is_left_to_fill_in(page):
    """No placeholder is left."""
    assert "{{" not in page.read_text(encoding="utf-8")


def options_of(name: str) -> set[str]:
    """Every option of a command and of the commands under it, as it is typed."""
    command = getattr(import_module(COMMANDS[name][0]), name_of(name))
    params = [*command.params]
    for part in getattr(command, "commands", {}).values():
        params += part.params
    return {o for p in params for o in [*p.opts, *p.secondary_opts]} | {"--help", "-h"}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_exist_with_their_options(page):
    """A command shown in a block can be typed as it stands."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ")
    for name, rest in re.findall(r"^\$ (?:\.venv/bin/)?troth (\w+)(.*)$", text, re.MULTILINE):
        assert name in COMMANDS
        used = set(re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", rest.split(" #")[0]))
        assert used <= options_of(name), f"troth {name} {rest}"


def test_every_option_is_in_the_reference():
    """docs/reference/cli.md names every command and option."""
    text = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    for name in COMMANDS:
        missing = {o for o in options_of(name) if o.startswith("--") and o not in text}
        assert not missing, f"{name}: {missing}"


def test_every_kind_is_in_the_reference():
    """docs/reference/events.md names every kind, in both languages."""
    text = (ROOT / "docs/reference/events.md").read_text(encoding="utf-8")
    for kind in codebook().values():
        assert f"`{kind.name}`" in text
        assert kind.zh in text


def test_both_readmes_have_the_same_parts():
    """As many headings, table rows and code blocks in Chinese as in English."""
    counts = []
    for readme in READMES:
        text = readme.read_text(encoding="utf-8")
        counts.append(
            [len(re.findall(p, text, re.MULTILINE)) for p in (r"^#+ ", r"^\|", r"^```", r"!\[")]
        )
    assert counts[0] == counts[1]


def test_both_readmes_state_the_same_figures():
    """A figure in one README is in the other."""
    figures = [
        set(re.findall(r"(?<![\d.])\.\d{3}|[+-]0\.\d{4}|\d+ ?MB", r.read_text(encoding="utf-8")))
        for r in READMES
    ]
    assert figures[0] == figures[1]
    assert len(figures[0]) > 10


@pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)
def test_figures_of_the_readmes_are_those_of_the_benchmarks(readme):
    """Ratio and rounds of the sums, both ways of asking for Today, what the intervals cover."""
    text = readme.read_text(encoding="utf-8")
    speed = {
        page: (ROOT / f"benchmarks/speed/{page}.md").read_text("utf-8")
        for page in ("traces", "desk")
    }
    (ratio,) = re.findall(r"Ratio of the best times \*\*([\d.]+)\*\*", speed["traces"])
    (told,) = re.findall(r"round by round\s+([\d., \n]+);", speed["traces"])
    rounds = re.findall(r"\d+\.\d+", told)
    (sums,) = re.findall(r"\|[^|]*DuckDB[^|]*\b1\.6\b[^|]*\|", text)
    for figure in (ratio, min(rounds), max(rounds)):
        assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.])", sums), figure
    asked = re.findall(r"^\| Today.*?\| (\d+) ms \(p50", speed["desk"], re.MULTILINE)
    assert len(asked) == 2
    assert all(re.search(rf"\b{ms} (ms|毫秒)", text) for ms in asked)
    judged = (ROOT / "benchmarks/truth/trust.md").read_text(encoding="utf-8")
    assert f"{re.findall(r'intervals cover ([0-9.]+)% of', judged)[-1]}%" in text


def test_readmes_count_the_card_s_rules_as_they_are():
    """In both languages."""
    count = len(rules())
    assert f"Cards: {count} rules" in (ROOT / "README.md").read_text("utf-8")
    assert f"沟通卡：{count} 条规则" in (ROOT / "README.zh-CN.md").read_text("utf-8")


def test_the_changelog_counts_the_kinds_as_they_are():
    """Whenever one is added."""
    assert f"**{len(codebook())} kinds of event**" in (ROOT / "CHANGELOG.md").read_text("utf-8")
