"""The studies that defaults rest on, and how sure we are of the figures we quote."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from troth.content.yaml_files import ContentError, both_languages, load_mapping

FILE = Path(__file__).parent / "sources.yaml"
STATUSES = ("verified", "unverified")
_FIELDS = {"citation", "status", "figure"}


@dataclass(frozen=True)
class Source:
    """One source.

    Attributes:
        key: how other content names it.
        citation: authors, year and title.
        verified: whether the figure was read in the paper or its abstract.
        zh: the figure, in Chinese.
        en: the figure, in English.
    """

    key: str
    citation: str
    verified: bool
    zh: str
    en: str


@cache
def sources(path: Path = FILE) -> dict[str, Source]:
    """All sources by key.

    Args:
        path: the YAML file.

    Returns:
        Sources in the order of the file.

    Raises:
        ContentError: a field is missing, unknown or of the wrong kind.
    """
    return {key: _source(path, key, entry) for key, entry in load_mapping(path).items()}


def _source(path: Path, key: str, entry: object) -> Source:
    if not isinstance(entry, dict):
        raise ContentError(path, key, "must be a mapping")
    for field in sorted(_FIELDS ^ set(entry)):
        problem = "is missing" if field in _FIELDS else "is not a known field"
        raise ContentError(path, f"{key}.{field}", problem)
    if not isinstance(entry["citation"], str) or not entry["citation"].strip():
        raise ContentError(path, f"{key}.citation", "must be text")
    if entry["status"] not in STATUSES:
        raise ContentError(path, f"{key}.status", f"must be one of {', '.join(STATUSES)}")
    figure = both_languages(path, f"{key}.figure", entry["figure"])
    return Source(key, entry["citation"].strip(), entry["status"] == "verified", **figure)
