"""The rules of a card: when they apply, what they advise in both languages, and on what they rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.card_facts import LEVERS, PARTS, STYLE, UNSPOKEN, Asked, facts_known, harmful
from troth.content.sources import sources
from troth.content.yaml_files import ContentError, both_languages, load_mapping

FOLDER: Final = Path(__file__).parent / "cards"
_FIELDS: Final = {"part", "when", "source"}
_SAYING: Final = {"avoid": {"avoid", "instead"}}
_OPTIONAL: Final = {"sets", "overrules"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        name: what it is called, in no other file a second time.
        part: of ``PARTS``.
        when: facts that must all hold: True for a flag, the least number for a count, else a value.
        advise: what to do or say, by language.
        avoid: what not to say, by language; None outside the part ``avoid``.
        sets: value by lever of ``LEVERS``.
        overrules: whether it goes before how the person likes things, because of harm.
        source: key in sources.yaml.
        place: where it stands among all rules.
    """

    name: str
    part: str
    when: dict[str, Any]
    advise: dict[str, str]
    avoid: dict[str, str] | None
    sets: dict[str, str]
    overrules: bool
    source: str
    place: int

    @property
    def harms(self) -> tuple[str, ...]:
        """The facts of harm it asks for."""
        return tuple(fact for fact, wanted in self.when.items() if harmful(fact, wanted))

    @property
    def statements(self) -> tuple[str, ...]:
        """The facts it asks for that somebody must have stated."""
        return tuple(fact for fact in self.when if facts_known()[fact].origins)


@cache
def rules(folder: Path = FOLDER) -> tuple[Rule, ...]:
    """Every rule, file by file in order of name.

    Args:
        folder: of YAML files, each a mapping of rules by name.

    Returns:
        The rules.

    Raises:
        ContentError: a field is missing, unknown or impossible, or a name stands twice; it is named.
    """
    found: dict[str, Rule] = {}
    for path in sorted(folder.glob("*.yaml")):
        for name, entry in load_mapping(path).items():
            if name in found:
                raise ContentError(path, name, "is a rule already")
            found[name] = _rule(path, name, entry, len(found))
    return tuple(found.values())


def _rule(path: Path, name: str, entry: Any, place: int) -> Rule:
    if not isinstance(entry, dict):
        raise ContentError(path, name, "must be a mapping")
    part = entry.get("part")
    if part not in PARTS:
        raise ContentError(path, f"{name}.part", f"must be one of {', '.join(PARTS)}")
    needed = _FIELDS | _SAYING.get(part, {"advise"})
    for field in sorted((needed - set(entry)) | (set(entry) - needed - _OPTIONAL)):
        problem = "is missing" if field in needed else "is not a known field"
        raise ContentError(path, f"{name}.{field}", problem)
    when = _when(path, name, part, entry["when"])
    says = "instead" if part == "avoid" else "advise"
    if entry["source"] not in sources():
        raise ContentError(path, f"{name}.source", f"{entry['source']!r} is not in sources.yaml")
    rule = Rule(
        name, part, when, both_languages(path, f"{name}.{says}", entry[says]),
        both_languages(path, f"{name}.avoid", entry["avoid"]) if part == "avoid" else None,
        _sets(path, name, entry.get("sets", {})), entry.get("overrules", False), entry["source"],
        place,
    )  # fmt: skip
    _check_overruling(path, rule)
    return rule


def _when(path: Path, name: str, part: str, when: Any) -> dict[str, Any]:
    if not isinstance(when, dict) or not when:
        raise ContentError(path, f"{name}.when", "must name at least one fact")
    for fact, wanted in when.items():
        asked = facts_known().get(fact)
        problem = "is not a known fact" if asked is None else _problem(asked, wanted)
        if problem:
            raise ContentError(path, f"{name}.when.{fact}", problem)
    channels = UNSPOKEN.get(part)
    if channels and when.get("channel") not in channels:
        raise ContentError(path, f"{name}.when.channel", f"must be {' or '.join(channels)}")
    return when


def _problem(asked: Asked, wanted: Any) -> str:
    """What is wrong with one condition; empty where nothing is."""
    if asked.flag:
        return "" if wanted is True else "must be true"
    if asked.counted:
        whole = isinstance(wanted, int) and not isinstance(wanted, bool)
        return "" if whole and wanted > 0 else "must be a whole number above 0"
    return "" if wanted in asked.values else f"must be one of {', '.join(asked.values)}"


def _sets(path: Path, name: str, sets: Any) -> dict[str, str]:
    if not isinstance(sets, dict):
        raise ContentError(path, f"{name}.sets", "must be a mapping")
    for lever, value in sets.items():
        values = LEVERS.get(lever)
        if values is None:
            raise ContentError(path, f"{name}.sets.{lever}", "is not a known lever")
        if value not in values:
            raise ContentError(path, f"{name}.sets.{lever}", f"must be one of {', '.join(values)}")
    return sets


def _check_overruling(path: Path, rule: Rule) -> None:
    """Only harm goes before how somebody likes things, and never before language or form of address."""
    if rule.overrules not in (True, False):
        raise ContentError(path, f"{rule.name}.overrules", "must be true or false")
    if rule.overrules and not (rule.harms and set(rule.sets) <= set(STYLE) and rule.sets):
        raise ContentError(
            path, f"{rule.name}.overrules", "needs a fact of harm, and sets of style alone"
        )
