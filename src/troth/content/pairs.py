"""Advice for two colleagues: when it holds, what it says, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from troth.content.sources import sources
from troth.content.yaml_files import LANGUAGES, ContentError, both_languages

FILE: Final = Path(__file__).parent / "pairs.yaml"
#: Condition → what may hold.
CONDITIONS: Final = {
    "pace": ("same_quick", "same_steady", "different", "unknown"),
    "focus": ("same_task", "same_person", "different", "unknown"),
    "lately": ("dropped", "kept", "few_thanks", "thanked", "new", "strained"),
}
#: Gap in the words → the condition under which it is known who that is.
SIDES: Final = {"quick": "pace", "steady": "pace", "task": "focus", "person": "focus"}
_FIELDS: Final = {"key", "when", "say", "why", "source"}


@dataclass(frozen=True)
class PairRule:
    """One piece of advice for a pair.

    Attributes:
        key: its name.
        when: condition → what must hold.
        say: the advice by language; may name ``{quick}``, ``{steady}``, ``{task}``, ``{person}``.
        why: its reason by language.
        source: key in sources.yaml.
    """

    key: str
    when: dict[str, str]
    say: dict[str, str]
    why: dict[str, str]
    source: str


@cache
def pair_rules(file: Path = FILE) -> tuple[PairRule, ...]:
    """All advice for pairs, in the order of the file.

    Args:
        file: the YAML file, a list.

    Raises:
        ContentError: a field is missing, unknown or impossible; it is named.
    """
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(told, list) or not told:
        raise ContentError(file, "file", "must be a list")
    rules = tuple(_rule(file, entry) for entry in told)
    keys = [rule.key for rule in rules]
    for key in keys:
        if keys.count(key) > 1:
            raise ContentError(file, key, "is there twice")
    return rules


def _rule(file: Path, entry: Any) -> PairRule:
    if not isinstance(entry, dict) or set(entry) != _FIELDS:
        raise ContentError(file, str(entry)[:40], f"must have {', '.join(sorted(_FIELDS))}")
    key, when = entry["key"], entry["when"]
    if not when:
        raise ContentError(file, key, "must say when")
    for name, value in when.items():
        if value not in CONDITIONS.get(name, ()):
            raise ContentError(file, f"{key}.when.{name}", f"{value!r} is not known")
    say, why = (both_languages(file, f"{key}.{name}", entry[name]) for name in ("say", "why"))
    gaps = [set(re.findall(r"{(\w+)}", say[lang])) for lang in LANGUAGES]
    if gaps[0] != gaps[1] or any(when.get(SIDES.get(gap, "")) != "different" for gap in gaps[0]):
        raise ContentError(file, f"{key}.say", "names a side that is not known there")
    if entry["source"] not in sources():
        raise ContentError(file, f"{key}.source", "is not in sources.yaml")
    return PairRule(key, when, say, why, entry["source"])
