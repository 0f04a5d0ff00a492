"""What an address asks for by name is read by that name; a link with another leads astray in silence."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from troth.web.directory.listing import Asked

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src" / "troth" / "web"
#: A query in a link of a page, or in the address of a picture for the documentation.
ASKED = re.compile(r"(?:\?|&amp;|&)([a-z_]+)=")
#: Where a view or a page looks at the query.
READ = re.compile(
    r"""(?:GET(?:\.get\(|\[)|\b(?:sent|told)\.get\(|_asked\(\w+, )"([a-z_]+)"|GET\.(\w+)"""
)


def texts(folder: Path, pattern: str) -> str:
    """All files of a kind, one after another."""
    return "\n".join(path.read_text("utf-8") for path in sorted(folder.rglob(pattern)))


def test_queries_of_links_are_read() -> None:
    """In every page, and in the addresses that the documentation's pictures are taken of."""
    pages = texts(WEB, "*.html")
    links = re.findall(r"(?:href|hx-get)=\"[^\"]*\"", pages)
    pictures = re.findall(r'"(/[^"]*)"', (ROOT / "scripts" / "screenshots.py").read_text("utf-8"))
    asked = {name for link in [*links, *pictures] for name in ASKED.findall(link)}
    assert {"to", "who"} <= asked
    read = {name for pair in READ.findall(pages + texts(WEB, "*.py")) for name in pair}
    read |= {field.name for field in fields(Asked)}  # filters of the list of people
    assert asked - read == set()
