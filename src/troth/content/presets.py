"""Presets of the column mapper: how common exports name their columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from troth.content.yaml_files import ContentError, both_languages, load_mapping

FOLDER: Final = Path(__file__).parent / "presets"
_FIELDS: Final = {"name", "telling", "columns", "constants", "values", "scale"}


@dataclass(frozen=True)
class Preset:
    """How one kind of export names its columns, by our own reading of common exports.

    Attributes:
        key: the file's name.
        zh: what people call it.
        en: the same in English.
        columns: names their column may have, by our field, the surest first.
        constants: the same value for every record, by our field.
        values: our value by theirs, by field.
        scale: the worst and the best rating.
        telling: column names that show which export it is.
    """

    key: str
    zh: str
    en: str
    columns: dict[str, tuple[str, ...]]
    constants: dict[str, str]
    values: dict[str, dict[str, str]]
    scale: tuple[float, float] | None
    telling: tuple[str, ...]


@cache
def presets(folder: Path = FOLDER) -> dict[str, Preset]:
    """All presets.

    Args:
        folder: where the YAML files lie; a file's name is the preset's key.

    Returns:
        Presets by key.

    Raises:
        ContentError: a field is missing, unknown or of the wrong kind.
    """
    return {path.stem: _preset(path) for path in sorted(folder.glob("*.yaml"))}


def _preset(path: Path) -> Preset:
    entry = load_mapping(path)
    unknown = sorted(set(entry) - _FIELDS)
    if unknown:
        raise ContentError(path, unknown[0], "is not a known field")
    columns = {
        name: _words(path, f"columns.{name}", aliases)
        for name, aliases in _table(path, "columns", entry).items()
    }
    values = {
        name: _texts(path, f"values.{name}", of_field)
        for name, of_field in _table(path, "values", entry).items()
    }
    return Preset(
        path.stem,
        **both_languages(path, "name", entry.get("name")),
        columns=columns,
        constants=_texts(path, "constants", entry.get("constants", {})),
        values=values,
        scale=_scale(path, entry.get("scale")),
        telling=_words(path, "telling", entry.get("telling", [])),
    )


def _table(path: Path, name: str, entry: dict[str, Any]) -> dict[str, Any]:
    table = entry.get(name, {})
    if not isinstance(table, dict):
        raise ContentError(path, name, "must be a mapping")
    return table


def _words(path: Path, name: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ContentError(path, name, "must be a list of words; quote yes, on and numbers")
    return tuple(value)


def _texts(path: Path, name: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(
        isinstance(part, str) for pair in value.items() for part in pair
    ):
        raise ContentError(path, name, "must map text to text; quote yes, on and numbers")
    return value


def _scale(path: Path, value: Any) -> tuple[float, float] | None:
    if value is None:
        return None
    numbers = isinstance(value, list) and all(isinstance(end, int | float) for end in value)
    if not numbers or len(value) != 2 or value[0] == value[1]:
        raise ContentError(path, "scale", "must be the worst and the best rating")
    return float(value[0]), float(value[1])
