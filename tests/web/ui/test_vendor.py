"""The scripts of others are the ones we fetched: unchanged, licensed, pinned, and from a named version."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from tests.web.ui.templates import WEB

VENDOR = WEB / "ui" / "static" / "ui" / "vendor"
SCRIPT = Path(__file__).parents[3] / "scripts" / "vendor.sh"


def recorded() -> dict[str, str]:
    """Hash by file, as written down when it was fetched."""
    lines = (VENDOR / "SHA256SUMS").read_text(encoding="ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def test_files_are_as_they_were_fetched() -> None:
    """Nobody edits them by hand, and none comes without a record."""
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "SHA256SUMS"
    }
    assert found == recorded()


def test_each_has_its_licence() -> None:
    """Beside it."""
    names = {name.split(".")[0] for name in recorded() if not name.endswith(".LICENSE")}
    assert all((VENDOR / f"{name}.LICENSE").read_text(encoding="utf-8") for name in names)


def test_versions_are_pinned_and_no_index_is_named() -> None:
    """The script asks npm's own configuration where to fetch from."""
    script = SCRIPT.read_text(encoding="utf-8")
    assert "://" not in script
    assert "--registry" not in script
    pinned = dict(re.findall(r"^([A-Z]+)=(\d+\.\d+\.\d+)$", script, re.MULTILINE))
    assert pinned.keys() == {"HTMX", "UPLOT"}
    htmx = (VENDOR / "htmx.min.js").read_text(encoding="utf-8")
    assert f'version:"{pinned["HTMX"]}"' in htmx
    plot = (VENDOR / "uPlot.iife.min.js").read_text(encoding="utf-8")
    assert f"(v{pinned['UPLOT']})" in plot


def test_our_own_scripts_evaluate_nothing() -> None:
    """What the content policy forbids would fail only in the browser."""
    refused = re.compile(r"\beval\(|new Function|innerHTML|document\.write\b|setAttribute\(.style")
    for path in VENDOR.parent.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        assert not refused.search(source), path.name
        assert "://" not in source, path.name
        assert len(source.splitlines()) <= 400
