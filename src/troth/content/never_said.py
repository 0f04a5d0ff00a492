"""What no reply says to a customer: patterns by kind of remark and language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from troth.content.yaml_files import LANGUAGES, ContentError, load_mapping

PATH: Final = Path(__file__).parent / "never_said.yaml"
_BUT: Final = "but"


@dataclass(frozen=True)
class NeverSaid:
    """What is never said.

    Attributes:
        kinds: by kind of remark and language, patterns on plain lower-case text.
        but: by language, what beside the words makes a warning of them.
    """

    kinds: dict[str, dict[str, re.Pattern[str]]]
    but: dict[str, re.Pattern[str]]


@cache
def never_said(path: Path = PATH) -> NeverSaid:
    """Read the patterns.

    Args:
        path: the file.

    Raises:
        ContentError: a kind lacks a language, or a pattern cannot be read.
    """
    told = {name: _by_language(path, name, entry) for name, entry in load_mapping(path).items()}
    if _BUT not in told:
        raise ContentError(path, _BUT, "is missing")
    return NeverSaid(kinds=told, but=told.pop(_BUT))


def _by_language(path: Path, name: str, entry: object) -> dict[str, re.Pattern[str]]:
    if not isinstance(entry, dict) or set(entry) != set(LANGUAGES):
        raise ContentError(path, name, "must have zh and en")
    return {lang: _joined(path, f"{name}.{lang}", entry[lang]) for lang in LANGUAGES}


def _joined(path: Path, field: str, patterns: object) -> re.Pattern[str]:
    if not isinstance(patterns, list) or not all(isinstance(one, str) for one in patterns):
        raise ContentError(path, field, "must be a list of patterns")
    try:
        return re.compile("|".join(patterns))
    except re.error as error:
        raise ContentError(path, field, f"is no pattern: {error}") from error
