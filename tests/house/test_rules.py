"""The rules of the house, so that nobody has to remember them."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

import pytest

from troth.cli.main import COMMANDS, name_of
from troth.content.text import phrases

ROOT = Path(__file__).parents[2]
SOURCES = sorted(p for p in (ROOT / "src").rglob("*.py") if p.parent.name != "migrations")
TESTS = sorted((ROOT / "tests").rglob("*.py"))
VAGUE = {"utils", "misc", "common", "helpers", "core", "manager"}


def ids(path: Path) -> str:
    """The path as pytest shows it."""
    return str(path.relative_to(ROOT))


def test_files_are_short():
    """Median at most 120 lines, nine in ten at most 300, none over 400."""
    lines = sorted(len(p.read_text(encoding="utf-8").splitlines()) for p in SOURCES)
    assert statistics.median(lines) <= 120
    assert lines[int(len(lines) * 0.9)] <= 300
    assert lines[-1] <= 400


@pytest.mark.parametrize("path", SOURCES, ids=ids)
def test_functions_are_short(path):
    """No function is over 50 lines, its docstring left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            doc = node.body[0] if ast.get_docstring(node) else None
            words = doc.end_lineno - doc.lineno + 1 if doc else 0
            assert node.end_lineno - node.lineno + 1 - words <= 50, node.name


def test_names_are_plain():
    """Modules are named for what they hold."""
    assert not [p for p in SOURCES if p.stem in VAGUE]


def test_every_phrase_used_exists():
    """Keys given to ``phrase`` as plain text are in the catalogue, in both languages."""
    known = phrases()
    used = set()
    for path in SOURCES:
        used |= set(re.findall(r'phrase\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8")))
    assert used
    assert used <= known.keys()
    assert all(text["zh"].strip() and text["en"].strip() for text in known.values())


def test_both_languages_fill_the_same_gaps():
    """A gap such as {count} stands in both languages or in neither."""
    for key, text in phrases().items():
        gaps = [set(re.findall(r"\{(\w+)", text[lang])) for lang in ("zh", "en")]
        assert gaps[0] == gaps[1], key


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_versions_alone(name):
    """A lock names packages and versions: no index, no address, no hash."""
    lines = (ROOT / name).read_text(encoding="utf-8").split()
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9_.\-]+==[\w.!+\-]+", line) for line in lines)


def test_nothing_is_left_unfinished():
    """No marks of unfinished work are committed."""
    mark = re.compile("TO" + "DO|FIX" + "ME|(?<!Arrow)NotImplemented" + "Error")
    assert not [p for p in SOURCES if mark.search(p.read_text(encoding="utf-8"))]


def test_reasons_stand_beside_exceptions():
    """Every silenced rule says why on the same line, in tests too; what is skipped says why aloud."""
    for path in [*SOURCES, *TESTS]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.search(r"# (noqa|type: ignore)", line):
                assert re.search(r"# (noqa|type: ignore)[^#]*(#| - | – ).+", line), (
                    f"{path}: {line}"
                )
            assert not re.search(r"importorskip\(\"\w+\"\)|\.skip\(\)", line), f"{path}: {line}"


def test_commands_are_all_there():
    """Every command loads and carries a help text."""
    from importlib import import_module

    for name, (module, line) in COMMANDS.items():
        command = getattr(import_module(module), name_of(name))
        assert command.help
        assert line.endswith(".")
