"""What docs/reference/desk.md says of roles, settings, limits and formats is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from troth.content.presets import presets
from troth.ledger.intake.open import FORMATS
from troth.web.accounts.access import DEEDS, Role, Scope
from troth.web.accounts.models import User
from troth.web.accounts.tokens import _MOST
from troth.web.api import bulk
from troth.web.directory.about import FIRST_HOURS
from troth.web.ledger.export import TABLES
from troth.web.ledger.imports import MOST_BYTES, MOST_ROWS, PART
from troth.web.today.paste import LONGEST

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/desk.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of a table by the first cell of its heading."""
    lines = PAGE.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    found = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split("|")])
    return [found[0], *found[2:]]


def test_the_table_of_deeds_is_the_one_that_decides():
    """Every deed and role, with yes where the role may do it."""
    head, *told = rows("deed")
    roles = head[2:]
    assert set(roles) == set(Role.values)
    assert [row[0].strip("`") for row in told] == list(DEEDS)
    for row in told:
        may = {role for role, cell in zip(roles, row[2:], strict=True) if cell == "yes"}
        assert may == set(DEEDS[row[0].strip("`")]), row[0]
        assert set(row[2:]) <= {"yes", "no"}


@pytest.mark.parametrize("role", Role.values)
def test_the_table_of_roles_says_whose_customers_are_seen(role):
    """Of every house, of the own one, or those of the own team."""
    scope = Scope(User(role=role))
    said = {row[0].strip("`"): row[2] for row in rows("role")[1:]}[role]
    assert ("every house" in said) is scope.everything
    assert ("own team" in said) is scope.by_team


def test_every_setting_by_environment_is_told():
    """Each variable that the desk reads has its row, and no other has one."""
    read = set()
    for path in [*(ROOT / "src/troth/web").rglob("*.py"), ROOT / "src/troth/cli/main.py"]:
        read |= set(re.findall(r'"(TROTH_[A-Z_]+)"', path.read_text(encoding="utf-8")))
    assert {row[0].strip("`") for row in rows("variable")[1:]} == read


def test_the_limits_are_those_of_the_code():
    """Sizes, rows and times."""
    told = {row[0]: row[1] for row in rows("what")[1:]}
    megabytes = f"{MOST_BYTES // 2**20} MB, {MOST_ROWS:,} records"
    assert told["a file to import"].startswith(megabytes)
    posted = f"{bulk.MOST_BYTES // 2**20} MB, {bulk.MOST_ROWS:,} events"
    assert told["a bulk post"].startswith(posted)
    assert told["a message pasted on Today"] == f"{LONGEST:,} characters"
    assert told["API tokens in use, a person"] == str(_MOST)
    assert f"parts of {PART:,} events" in PAGE
    assert f"after {FIRST_HOURS} hours" in PAGE


def test_every_format_preset_and_table_is_named():
    """What can be brought in, and what is taken out."""
    assert [row[0].strip("`") for row in rows("`--format`")[1:]] == list(FORMATS)
    assert all(f"`{name}`" in PAGE for name in presets() if name != "any")
    assert all(f"`{name}`" in PAGE for name in TABLES)
