"""Words by which people say when."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.yaml_files import LANGUAGES, ContentError, load_mapping

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


def either(words: Any) -> str:
    """A pattern that matches any of some words, the longest first.

    >>> either(["in", "in the"])
    '(?:in the|in)'
    """
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", " ") for word in ordered) + ")"
