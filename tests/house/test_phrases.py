"""Words that nothing shows are words that nobody checks: every phrase is named somewhere in the code."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import troth
from troth.content.yaml_files import load_mapping

ROOM = Path(troth.__file__).parent
TEXTS = sorted((ROOM / "content" / "text").glob("*.yaml"))
KEY = r"\w+(?:\.\w+)*"
#: Their last part is the name that another program's export gives to a kind of message.
FOREIGN = ("intake.shows.",)
#: Written and shown nowhere so far; the list may only grow shorter.
UNSHOWN = {"card.because", "people.own.too_often", "file_unknown"}


@cache
def named() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """What code and templates name: whole keys, beginnings that a name is put after, and names."""
    paths = [path for path in ROOM.rglob("*") if path.suffix in {".py", ".html", ".js"}]
    source = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    things = [path for path in (ROOM / "content").rglob("*.yaml") if path not in TEXTS]
    data = "\n".join(f"{path.stem}\n{path.read_text(encoding='utf-8')}" for path in things)
    whole = set(re.findall(rf"""(?<=["'])({KEY})(?=["'])""", source))
    begun = set(re.findall(rf"""["']({KEY}\.|{KEY}\.\w+_)(?=\{{)""", source))
    begun |= set(re.findall(rf"""["']({KEY}\.)(?=["'])""", source))
    return frozenset(whole), frozenset(begun), frozenset(re.findall(r"\w+", source + data))


def is_named(key: str) -> bool:
    """Whether a key stands in the code, or a beginning of it with a name that the code knows."""
    whole, begun, names = named()
    if {key, re.sub(r"\.(one|more)$", "", key)} & whole:
        return True
    found = [start for start in begun if key.startswith(start) and key != start]
    rest = key.removeprefix(max(found, key=len, default=key))
    return bool(rest) and set(rest.split(".")) <= names


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_no_phrase_lies_unused(path) -> None:
    """Neither at the desk, in the terminal, on the pages nor among reasons for refusals."""
    keys = {key for key in load_mapping(path) if not key.startswith(FOREIGN)}
    assert keys
    assert {key for key in keys if not is_named(key)} - UNSHOWN == set()


def test_a_phrase_that_nobody_wrote_down_is_found() -> None:
    """The rule itself can fail: for a whole key, and for one that is put together."""
    assert is_named("today.title")
    assert not is_named("today.titel")
    assert is_named("stage.building")
    assert not is_named("stage.bulding")
