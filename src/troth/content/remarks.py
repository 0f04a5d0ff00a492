"""What the draft remarks on: why, how it might be said instead, and which comes first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.sources import sources
from troth.content.yaml_files import LANGUAGES, ContentError, both_languages, load_mapping

FOLDER: Final = Path(__file__).parent
_FIELDS: Final = frozenset({"rank", "source", "label", "why", "rewrite", "swaps"})

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RemarkKind:
    """One thing that is remarked on.

    Attributes:
        name: its key.
        rank: the lowest are shown first.
        source: key of what the reason rests on.
        label: what it is called, by language.
        why: the reason, by language; may have gaps such as ``{who}``.
        rewrite: what takes the span's place, by language; empty where the finder makes it.
        swaps: by language, wordings and their better ones.
    """

    name: str
    rank: int
    source: str
    label: dict[str, str]
    why: dict[str, str]
    rewrite: dict[str, str]
    swaps: dict[str, Pairs]


@cache
def remark_kinds(path: Path = FOLDER / "remarks.yaml") -> dict[str, RemarkKind]:
    """All kinds by name.

    Args:
        path: the file.

    Raises:
        ContentError: a kind has a missing, unknown or impossible field.
    """
    return {name: _kind(path, name, entry) for name, entry in load_mapping(path).items()}


def _kind(path: Path, name: str, entry: Any) -> RemarkKind:
    if not isinstance(entry, dict) or not {"rank", "source", "label", "why"} <= entry.keys():
        raise ContentError(path, name, "must have rank, source, label and why")
    unknown = sorted(entry.keys() - _FIELDS)
    if unknown:
        raise ContentError(path, f"{name}.{unknown[0]}", "is not a known field")
    if isinstance(entry["rank"], bool) or not isinstance(entry["rank"], int):
        raise ContentError(path, f"{name}.rank", "must be a whole number")
    if entry["source"] not in sources():
        raise ContentError(path, f"{name}.source", "is not in sources.yaml")
    rewrite = entry.get("rewrite")
    swaps = entry.get("swaps", {lang: [] for lang in LANGUAGES})
    return RemarkKind(
        name, entry["rank"], entry["source"],
        both_languages(path, f"{name}.label", entry["label"]),
        both_languages(path, f"{name}.why", entry["why"]),
        both_languages(path, f"{name}.rewrite", rewrite) if rewrite else {},
        _pairs(path, f"{name}.swaps", swaps),
    )  # fmt: skip


@cache
def sayings(path: Path = FOLDER / "idioms.yaml") -> dict[str, dict[str, Pairs]]:
    """Idioms and sarcasm by language, each with a plain wording.

    Raises:
        ContentError: a list lacks a language, or holds something other than pairs.
    """
    return {name: _pairs(path, name, entry) for name, entry in load_mapping(path).items()}


def _pairs(path: Path, field: str, entry: Any) -> dict[str, Pairs]:
    if not isinstance(entry, dict) or set(entry) != set(LANGUAGES):
        raise ContentError(path, field, "must have zh and en")
    found: dict[str, Pairs] = {}
    for lang, rows in entry.items():
        good = isinstance(rows, list) and all(
            isinstance(row, list) and len(row) == 2 and all(isinstance(w, str) for w in row)
            for row in rows
        )
        if not good:
            raise ContentError(path, f"{field}.{lang}", "must be a list of pairs of wordings")
        found[lang] = tuple((row[0], row[1]) for row in rows)
    return found
