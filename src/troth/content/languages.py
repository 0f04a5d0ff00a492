"""Words that give a language away."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from troth.content.yaml_files import ContentError, load_mapping

FILE: Final = Path(__file__).parent / "languages.yaml"


@cache
def language_words(file: Path = FILE) -> dict[str, frozenset[str]]:
    """Words by language.

    Args:
        file: languages that are spelled with Latin letters, each with a list of words.

    Returns:
        Words in lower case; English is among the languages.

    Raises:
        ContentError: English is missing, or a list holds something other than text.

    >>> "thanks" in language_words()["en"]
    True
    """
    found: dict[str, frozenset[str]] = {}
    for name, words in load_mapping(file).items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ContentError(file, name, "must be a list of words; quote no, on and yes")
        found[name] = frozenset(word.lower() for word in words)
    if "en" not in found:
        raise ContentError(file, "en", "is missing")
    return found
