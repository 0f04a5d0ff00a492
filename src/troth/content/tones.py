"""How pleasant, polite and empathic wordings are, and what acts tell of feelings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.acts import acts
from troth.content.yaml_files import LANGUAGES, ContentError, load_mapping

FOLDER: Final = Path(__file__).parent
_VALENCE: Final = ("zh", "en", "intensifiers", "emoji")


@dataclass(frozen=True, slots=True)
class Marker:
    """One wording and what it is worth.

    Attributes:
        lang: ``zh`` or ``en``.
        say: the wording in the small language of `troth.reading.wording`.
        worth: its weight or level.
    """

    lang: str
    say: str
    worth: float


@cache
def valence(folder: Path = FOLDER) -> dict[str, dict[str, float]]:
    """How pleasant words are.

    Args:
        folder: where ``valence.yaml`` lies.

    Returns:
        −1..1 by word under ``zh``, ``en`` and ``emoji``; under ``intensifiers`` factors.

    Raises:
        ContentError: a part is missing or unknown, or a word has no number.
    """
    path = folder / "valence.yaml"
    entry = load_mapping(path)
    if set(entry) != set(_VALENCE):
        raise ContentError(path, min(set(entry) ^ set(_VALENCE)), "is missing or not known")
    for part, words in entry.items():
        most = 3.0 if part == "intensifiers" else 1.0
        for word, worth in words.items():
            if not isinstance(word, str) or not _is_number(worth) or not -most <= worth <= most:
                raise ContentError(path, f"{part}.{word}", f"must be from -{most} to {most}")
    return entry


@cache
def politeness(folder: Path = FOLDER) -> tuple[Marker, ...]:
    """Wordings that make a message politer or ruder; their worth is added around 2.

    Args:
        folder: where ``politeness.yaml`` lies.

    Returns:
        Wordings in order.

    Raises:
        ContentError: a language is missing, or a wording has no weight.
    """
    path = folder / "politeness.yaml"
    return _markers(path, "", load_mapping(path), "weight")


@cache
def empathy(folder: Path = FOLDER) -> dict[str, tuple[Marker, ...]]:
    """Wordings that show empathy, by axis; their worth is the level 1 or 2.

    Args:
        folder: where ``empathy.yaml`` lies.

    Returns:
        Wordings in order, by axis.

    Raises:
        ContentError: a language is missing, or a wording has no level.
    """
    path = folder / "empathy.yaml"
    return {
        axis: _markers(path, f"{axis}.", entry, "level")
        for axis, entry in load_mapping(path).items()
    }


@cache
def feelings(folder: Path = FOLDER) -> dict[str, dict[str, float]]:
    """What acts tell of the writer's feelings.

    Args:
        folder: where ``emotions.yaml`` lies.

    Returns:
        0–1 by emotion, by act.

    Raises:
        ContentError: an act is not known, or a share is not from 0 to 1.
    """
    path = folder / "emotions.yaml"
    entry = load_mapping(path)
    for act, shares in entry.items():
        if act not in acts():
            raise ContentError(path, act, "is not an act")
        for emotion, share in shares.items():
            if not _is_number(share) or not 0 <= share <= 1:
                raise ContentError(path, f"{act}.{emotion}", "must be from 0 to 1")
    return entry


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _markers(path: Path, field: str, entry: Any, worth: str) -> tuple[Marker, ...]:
    if not isinstance(entry, dict) or set(entry) != set(LANGUAGES):
        raise ContentError(path, field or "file", "must have zh and en")
    found = []
    for lang in LANGUAGES:
        for place, marker in enumerate(entry[lang]):
            where = f"{field}{lang}[{place}]"
            if set(marker) != {"say", worth}:
                raise ContentError(path, where, f"must have say and {worth}")
            if not isinstance(marker["say"], str) or not _is_number(marker[worth]):
                raise ContentError(path, where, f"must have words and a number as {worth}")
            found.append(Marker(lang, marker["say"], float(marker[worth])))
    return tuple(found)
