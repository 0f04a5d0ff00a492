"""Lists of words by name and language, for grammars that need them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from troth.content.yaml_files import LANGUAGES, ContentError, load_mapping

FOLDER: Final = Path(__file__).parent


@cache
def word_lists(name: str, folder: Path = FOLDER) -> dict[str, dict[str, tuple[str, ...]]]:
    """Lists of words.

    Args:
        name: of the file, without its ending.
        folder: where it lies.

    Returns:
        Words by name of the list and language.

    Raises:
        ContentError: a list lacks a language, or holds something other than text.
    """
    path = folder / f"{name}.yaml"
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, written in load_mapping(path).items():
        if not isinstance(written, dict) or set(written) != set(LANGUAGES):
            raise ContentError(path, key, "must have zh and en")
        for lang, words in written.items():
            if not isinstance(words, list) or not all(isinstance(w, str) for w in words):
                raise ContentError(path, f"{key}.{lang}", "must be a list of words; quote yes, on")
        found[key] = {lang: tuple(words) for lang, words in written.items()}
    return found
