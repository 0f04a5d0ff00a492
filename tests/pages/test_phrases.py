"""Every phrase that the pages name exists in both languages, and none lies unused."""

from __future__ import annotations

import re
from pathlib import Path

import troth
from troth.content.text import phrases
from troth.content.yaml_files import load_mapping

ROOM = Path(troth.__file__).parent
FILES = ("explain", "today", "terms", "checklist")
#: Keys that are put together from a fixed beginning and the name of a thing.
BUILT = ("stage.", "dimension.", "origin.", "month.", "change.", "fact.", "language.")


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


def test_no_phrase_lies_unused() -> None:
    """Words that nothing shows are words that nobody checks."""
    text = source()
    unused = []
    for name in FILES:
        for key in load_mapping(ROOM / "content" / "text" / f"{name}.yaml"):
            stem = re.sub(r"\.(one|more|note|means)$", "", key)
            last = stem.removeprefix("explain.numbers.")
            built = key.startswith(BUILT) or re.match(r"explain\.(change|events)\.", key)
            if not built and not any(f'"{k}' in text or f"'{k}" in text for k in (stem, last)):
                unused.append(key)
    sections = {"promises", "repairs", "falling", "quiet", "praise"}
    assert [key for key in unused if key.removeprefix("today.").split(".")[0] not in sections] == []
