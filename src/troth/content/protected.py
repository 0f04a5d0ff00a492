"""Words for traits that nobody is chosen by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.yaml_files import LANGUAGES, ContentError, both_languages, load_mapping

FILE: Final = Path(__file__).parent / "protected.yaml"


@dataclass(frozen=True)
class Trait:
    """A trait that nobody is chosen by.

    Attributes:
        key: its name in programs.
        name: what people call it, by language.
        words: what gives it away, by language; a final ``~`` takes any ending.
    """

    key: str
    name: dict[str, str]
    words: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Protected:
    """The traits, and what only looks like one of them.

    Attributes:
        traits: in the order of the file.
        fine: expressions that name none, by language.
        beside: ``before`` are words of origin that are fine where one of ``things`` follows, or one of
            ``after`` comes first: they then name a language or a dish.
    """

    traits: tuple[Trait, ...]
    fine: dict[str, tuple[str, ...]]
    beside: dict[str, tuple[str, ...]]


@cache
def protected(file: Path = FILE) -> Protected:
    """All that nobody is chosen by.

    Args:
        file: the YAML file.

    Raises:
        ContentError: a list is missing, empty or holds something other than text.

    Source: our choice, decision 0031.

    >>> [trait.key for trait in protected().traits][:3]
    ['sex', 'age', 'ethnicity']
    """
    told = load_mapping(file)
    if set(told) != {"fine", "beside", "traits"} or not isinstance(told["traits"], dict):
        raise ContentError(file, "traits", "must stand with fine and beside, and be a mapping")
    beside = {
        name: _words(file, f"beside.{name}", told["beside"].get(name))
        for name in ("before", "things", "after")
    }
    fine = {lang: _words(file, f"fine.{lang}", told["fine"].get(lang)) for lang in LANGUAGES}
    traits = tuple(_trait(file, key, entry) for key, entry in told["traits"].items())
    return Protected(traits, fine, beside)


def _trait(file: Path, key: str, entry: Any) -> Trait:
    if not isinstance(entry, dict) or set(entry) != {"name", *LANGUAGES}:
        raise ContentError(file, key, "must have name, zh and en")
    name = both_languages(file, f"{key}.name", entry["name"])
    return Trait(
        key, name, {lang: _words(file, f"{key}.{lang}", entry[lang]) for lang in LANGUAGES}
    )


def _words(file: Path, field: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(one, str) for one in value):
        raise ContentError(file, field, "must be a list of words")
    return tuple(one.lower() for one in value)
