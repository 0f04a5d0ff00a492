"""Phrases that people read, by key and language."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from troth.content.yaml_files import (
    LANGUAGES,
    ContentError,
    both_languages,
    load_mapping,
)

FOLDER = Path(__file__).parent / "text"


@cache
def phrases(folder: Path = FOLDER) -> dict[str, dict[str, str]]:
    """Every phrase of every file in ``folder``.

    Args:
        folder: where the YAML files lie; a file maps keys to ``{zh, en}``.

    Returns:
        Text by language, by key.

    Raises:
        ContentError: a key lacks a language, or two files hold the same key.
    """
    found: dict[str, dict[str, str]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for key, value in load_mapping(path).items():
            if key in found:
                raise ContentError(path, key, "is also in another file")
            found[key] = both_languages(path, key, value)
    return found


def phrase(key: str, lang: str, **values: object) -> str:
    """One phrase, with its gaps filled.

    Args:
        key: the phrase.
        lang: ``zh`` or ``en``.
        values: what goes into ``{name}`` gaps.

    Returns:
        The text.

    Raises:
        KeyError: there is no such phrase.
        ValueError: ``lang`` is not a language we speak.

    >>> phrase("missing_value", "en")
    'is missing'
    """
    if lang not in LANGUAGES:
        msg = f"unknown language {lang!r}; one of {', '.join(LANGUAGES)}"
        raise ValueError(msg)
    return phrases()[key][lang].format(**values)
