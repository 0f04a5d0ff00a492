"""What people say of themselves never reaches a figure of trust."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import troth

ROOT = Path(troth.__file__).parent
#: Rooms that reckon trust, and the desk's ledger, which keeps it.
RECKONING = [
    path
    for room in ("ledger", "reading", "traces", "trust", "web/ledger")
    for path in sorted((ROOT / room).rglob("*.py"))
]


@pytest.mark.parametrize("path", RECKONING, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_reckons_trust_knows_no_people(path):
    """No import, at the top or inside a function, and no table of theirs by name."""
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [one.name for one in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{one.name}" for one in node.names)]
        assert not [n for n in names if n.startswith(("troth.people", "troth.web.people"))]
    assert not any(f"people_{table}" in source for table in ("sitting", "statement", "guess"))
