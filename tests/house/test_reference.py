"""The reference says what the code says; what the tutorial shows is what it prints."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import troth
from troth.content.kinds import Kind, codebook
from troth.content.shares import DIMENSIONS
from troth.content.sources import sources
from troth.trust.parameters import default_parameters

ROOT = Path(__file__).parents[2]
PAGES = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
TUTORIAL = ROOT / "docs/tutorial/first-steps.md"


def text_of(path: Path) -> str:
    """What a page says."""
    return path.read_text(encoding="utf-8")


def blocks(path: Path, language: str) -> list[str]:
    """Fenced blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text_of(path), re.DOTALL | re.MULTILINE)


def anchors(path: Path) -> set[str]:
    """Names that headings can be linked by."""
    headings = re.findall(r"^#+ (.+)$", text_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_headings_linked_to_exist(page):
    """A link to a heading finds it, and no address of a package index stands anywhere."""
    for file, heading in re.findall(r"\]\(([^)#\s]*)#([^)\s]+)\)", text_of(page)):
        if "://" not in file:
            assert heading in anchors((page.parent / file) if file else page), heading
    assert not re.search(r"pypi\.|/simple\b|--index-url|--extra-index", text_of(page))


def share(value: float) -> str:
    """A share as tables write it."""
    return f"{value:.2f}".lstrip("0") if value else "0"


def row_of(kind: Kind) -> str:
    """The row that the reference must have for a kind."""
    does = ", ".join(w for w in ("judged", "opens", "closes", "retracts") if getattr(kind, w))
    cells = [
        f"`{kind.name}`", kind.en, kind.zh,
        "truster" if kind.direction == "toward_trustee" else "trustee",
        "given" if kind.outcome is None else f"{kind.outcome:g}", f"{kind.weight:g}", does,
        " ".join(share(kind.loadings[d]) for d in DIMENSIONS), kind.source,
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


@pytest.mark.parametrize("kind", codebook().values(), ids=lambda kind: kind.name)
def test_the_reference_states_every_kind(kind):
    """The table of kinds, and that of repairs, say what the codebook says, in both languages."""
    page = text_of(ROOT / "docs/reference/events.md")
    assert row_of(kind) in page, f"the row must be: {row_of(kind)}"
    if kind.repairs:
        shares = " | ".join(share(kind.repairs.get(d, 0.0)) for d in DIMENSIONS)
        row = f"| `{kind.name}` | {shares} | {kind.source} |"
        assert row in page, f"the row must be: {row}"


def test_the_reference_cites_every_source():
    """Each source stands there with what it says."""
    page = text_of(ROOT / "docs/reference/events.md")
    for source in sources().values():
        assert f"| {source.key} | {source.citation} | {source.en} |" in page


def test_the_reference_states_the_shipped_parameters():
    """The page on parameters names every field, and the shipped values."""
    page = text_of(ROOT / "docs/reference/parameters.md")
    shipped = default_parameters()
    for field in set(shipped.to_dict()) - {"prior", "beta", "c", "kinds", "covariates"}:
        assert f"`{field}`" in page, field
    totals = shipped.beta[:, 0].sum(axis=1)
    of_origins = ", ".join(
        f"{name} {share(total)}"
        for name, total in zip(shipped.to_dict()["beta"], totals, strict=True)
    )
    of_lives = ", ".join(share(part / totals[0]) for part in shipped.beta[0, 0])
    assert f"| {of_origins} |" in page
    assert f"| {of_lives} |" in page
    assert f"| mean {share(shipped.prior_mean)}, worth {shipped.prior_events:g} outcomes |" in page
    assert f"| {shipped.strength:g}, with c tied" in page


def test_the_formula_names_code_that_exists():
    """Modules and functions named on the pages are there."""
    for page in PAGES:
        for name in set(re.findall(r"`?troth((?:\.[a-z_]+)+)(?:\.([A-Z]\w+))?", text_of(page))):
            path = ROOT / "src/troth" / name[0].strip(".").replace(".", "/")
            if path.is_dir() or path.with_suffix(".py").exists():
                module = path.with_suffix(".py")
                assert not name[1] or name[1] in text_of(module), name
            elif hasattr(troth, path.name):
                continue
            else:
                assert f"def {path.name}(" in text_of(path.parent.with_suffix(".py")), name


def test_the_formula_names_tests_that_exist():
    """A page says which test holds it, and the test is there."""
    for page in PAGES:
        for file, _, test in re.findall(r"`(tests/[a-z_/]+\.py)(::(\w+))?", text_of(page)):
            assert (ROOT / file).exists(), file
            assert f"def {test}" in text_of(ROOT / file), test


def run(line: str, folder: Path) -> str:
    """What a ``troth`` command prints in a terminal 80 columns wide."""
    environment = {**os.environ, "COLUMNS": "80", "PYTHONUTF8": "1", "TERM": "dumb"}
    command = [sys.executable, "-m", "troth.cli", *shlex.split(line)[1:]]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_tutorial_runs_as_told(tmp_path, monkeypatch):
    """Typed in as it stands, the tutorial prints what it shows ("…" stands for lines left out)."""
    events, closing = blocks(TUTORIAL, "csv")
    (tmp_path / "guesthouse.csv").write_text(events, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    *before, last = blocks(TUTORIAL, "console")
    for shown in [*before, None, last]:
        if shown is None:
            example = "".join(blocks(TUTORIAL, "python"))
            test = doctest.DocTestParser().get_doctest(example, {}, "tutorial", None, 0)
            assert doctest.DocTestRunner(verbose=False).run(test).failed == 0
            (tmp_path / "guesthouse.csv").write_text(events + closing, encoding="utf-8")
            continue
        command, *wanted = shown.splitlines()
        printed = {line.rstrip() for line in run(command.removeprefix("$ "), tmp_path).splitlines()}
        missing = [line for line in wanted if line not in ("…", "") and line not in printed]
        assert not missing, command
