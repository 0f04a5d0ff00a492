"""Words by which people say when."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from troth.content.yaml_files import LANGUAGES, ContentError, load_mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

FILE: Final = Path(__file__).parent / "times.yaml"
_CLOCK: Final = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?")
_TABLES: Final = ("days", "weekdays", "units", "parts")
_LISTS: Final = ("vague", "past", "each", "ahead", "before", "after", "numbered")


@cache
def times(file: Path = FILE) -> dict[str, dict[str, Any]]:
    """Words of time by language, and under ``clock`` when each part of a day is over.

    Args:
        file: ``clock``, and lists and tables of words under ``zh`` and ``en``.

    Returns:
        The file's own mapping.

    Raises:
        ContentError: something is missing, or a word is no text.
    """
    entry = load_mapping(file)
    clock = entry.get("clock")
    if not isinstance(clock, dict):
        raise ContentError(file, "clock", "must be a mapping")
    for part, time in clock.items():
        if not isinstance(time, str) or not _CLOCK.fullmatch(time):
            raise ContentError(file, f"clock.{part}", "must be a time such as '09:00'")
    for lang in LANGUAGES:
        words = entry.get(lang)
        if not isinstance(words, dict):
            raise ContentError(file, lang, "must be a mapping")
        for name in (*_TABLES, *_LISTS):
            if name not in words:
                raise ContentError(file, f"{lang}.{name}", "is missing")
        for name, value in words.items():
            _check(file, f"{lang}.{name}", value)
    return entry


def _check(file: Path, field: str, value: Any) -> None:
    """Words are text: YAML reads a bare ``on`` as a truth value."""
    if not isinstance(value, list | dict) or not all(isinstance(word, str) for word in value):
        raise ContentError(file, field, "must hold words; quote on, by, no and numbers")


def either(words: Iterable[str]) -> str:
    """A pattern that matches any of some words, the longest that fits.

    The words are joined letter by letter, and a first look at one character turns most places away:
    a plain list of a hundred words would be tried word by word at every character of a text.

    >>> import re
    >>> re.match(either(["in", "in the", "inn"]), "in the end")[0]
    'in the'
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    if "" in tree:
        return f"(?:{_pattern(tree)})"
    firsts = "".join(re.escape(letter) for letter in sorted(tree))
    return f"(?:(?=[{firsts}]){_pattern(tree)})"


def _pattern(tree: dict[str, Any]) -> str:
    """The pattern of a tree of letters; an empty key marks where a word may end."""
    branches = [
        (" " if letter == " " else re.escape(letter)) + _pattern(rest)
        for letter, rest in sorted(tree.items())
        if letter
    ]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and "" not in tree else f"(?:{'|'.join(branches)})"
    return f"{joined}?" if "" in tree else joined
