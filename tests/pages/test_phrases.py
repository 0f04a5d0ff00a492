"""Every phrase that the pages name exists in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import troth
from troth.content.text import phrases

ROOM = Path(troth.__file__).parent


def source() -> str:
    """Everything that may name a phrase of the pages."""
    paths = [*(ROOM / "pages").rglob("*"), *(ROOM / "guidance").glob("*.py")]
    return "\n".join(
        path.read_text(encoding="utf-8") for path in paths if path.suffix in {".py", ".html"}
    )


def test_every_phrase_named_exists() -> None:
    """A slip in a key would otherwise show only on the page that needs it."""
    named = re.findall(r"""say\(\s*["']([a-z_]+(?:\.[a-z_0-9]+)*)["']""", source())
    named += re.findall(r"""["'](today\.[a-z_]+)["']""", source())
    assert len(named) > 60
    known = set(phrases()) | {key.removesuffix(".more") for key in phrases()} | {"today.html"}
    missing = [key for key in named if not {key, f"explain.numbers.{key}"} & known]
    assert missing == []
    counted = re.findall(r"""count\(\s*f?["']([a-z_.]+)["'],""", source())
    assert counted
    assert [key for key in counted if not {f"{key}.one", f"{key}.more"} <= set(phrases())] == []
